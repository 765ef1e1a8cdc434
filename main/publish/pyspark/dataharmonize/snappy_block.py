"""Unpacks blocks of snappy, without their framing."""


class _Broken(Exception):
    pass


def _length(packed):
    """(bytes that a block states for its content, where what follows begins)."""
    length = 0
    for i in range(5):
        if i == len(packed):
            break
        length |= (packed[i] & 0x7F) << 7 * i
        if packed[i] < 0x80:
            return length, i + 1
    raise _Broken


def _literal(packed, at, tag):
    """(where a literal begins, where it ends) by the tag before it."""
    length = tag >> 2
    if length >= 60:
        more = length - 59
        length = int.from_bytes(packed[at : at + more], "little")
        at += more
    if at + length + 1 > len(packed):
        raise _Broken
    return at, at + length + 1


def _copy(content, offset, length):
    if offset == 0 or offset > len(content):
        raise _Broken
    start = len(content) - offset
    if offset >= length:
        content += content[start : start + length]
    else:
        # What is copied goes on into itself.
        content += (content[start:] * (length // offset + 1))[:length]


def unsnappy(packed, most):
    """The content of a block; None where it is none, or has more bytes than `most`."""
    try:
        length, at = _length(packed)
        if length > most:
            return None
        content, end = bytearray(), len(packed)
        while at < end:
            tag = packed[at]
            at += 1
            kind = tag & 3
            if kind == 0:
                start, at = _literal(packed, at, tag)
                content += packed[start:at]
            elif kind == 1:
                _copy(content, (tag >> 5) << 8 | packed[at], (tag >> 2 & 7) + 4)
                at += 1
            else:
                width = 2 if kind == 2 else 4
                _copy(content, int.from_bytes(packed[at : at + width], "little"), (tag >> 2) + 1)
                at += width
            if len(content) > length:
                return None
    except (_Broken, IndexError):
        return None
    return bytes(content) if len(content) == length and at == end else None
