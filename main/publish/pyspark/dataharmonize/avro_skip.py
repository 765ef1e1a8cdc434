"""Passes over values in Avro's binary form: the same as shared/messages/avro/skip.ts."""

from .unreadable_message import Unreadable


class _Pending:
    """Values of one type that are still to be passed over. Those of arrays and maps come in blocks."""

    def __init__(self, of, left=1, keyed=False, blocks=False):
        self.of = of
        self.left = left
        self.keyed = keyed
        self.blocks = blocks


def skip_avro(cursor, of):
    """Passes over a value, whatever it says; raises Unreadable where its end cannot be told."""
    pending = [_Pending(of)]
    while pending:
        one = pending[-1]
        if one.left == 0 and one.blocks:
            one.left = cursor.block()
        if one.left == 0:
            pending.pop()
            continue
        one.left -= 1
        if one.keyed:
            cursor.take(cursor.size())
        _pass(cursor, one.of, pending)


def _pass(cursor, of, pending):
    kind = of.kind
    if kind == "null":
        return
    if kind == "boolean":
        cursor.byte()
    elif kind in ("int", "long", "enum"):
        cursor.long()
    elif kind == "float":
        cursor.take(4)
    elif kind == "double":
        cursor.take(8)
    elif kind in ("bytes", "string"):
        cursor.take(cursor.size())
    elif kind == "fixed":
        cursor.take(of.size)
    elif kind in ("array", "map"):
        pending.append(_Pending(of.parts[0], left=0, keyed=kind == "map", blocks=True))
    elif kind == "union":
        at = cursor.size()
        if at >= len(of.parts):
            raise Unreadable("value")
        pending.append(_Pending(of.parts[at]))
    else:
        # The last one added is passed first.
        pending.extend(_Pending(part) for _, part in reversed(of.parts))
