"""Values in Avro's binary form as rows: the same as shared/messages/avro."""

import base64
import json
import struct

from .flatten import DEEPEST
from .unreadable_message import Unreadable, text_of
from .value_text import (
    UNITS,
    date_text,
    decimal_text,
    duration_text,
    float_text,
    instant_text,
    number_text,
    time_text,
)

MOST_ELEMENTS = 1_000_000
MOST_COLUMNS = 10_000
_SAFE = 2**53 - 1
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")


class Cursor:
    """A place in the bytes of a message."""

    def __init__(self, data, at):
        self.data = data
        self.at = at
        self._elements = 0

    def take(self, length):
        end = self.at + length
        if end > len(self.data):
            raise Unreadable("cut")
        taken = self.data[self.at : end]
        self.at = end
        return taken

    def byte(self):
        if self.at >= len(self.data):
            raise Unreadable("cut")
        self.at += 1
        return self.data[self.at - 1]

    def long(self):
        whole, place = 0, 0
        while True:
            byte = self.byte()
            # The tenth byte holds the 64th bit and nothing else.
            if place == 63 and byte > 1:
                raise Unreadable("value")
            whole |= (byte & 0x7F) << place
            if byte < 0x80:
                return (whole >> 1) ^ -(whole & 1)
            place += 7

    def int(self):
        value = self.long()
        if not -(2**31) <= value < 2**31:
            raise Unreadable("value")
        return value

    def size(self):
        value = self.long()
        if not 0 <= value <= _SAFE:
            raise Unreadable("value")
        return value

    def block(self):
        """The number of elements in the next block of an array or a map; 0 ends it."""
        count = self.long()
        if abs(count) > _SAFE:
            raise Unreadable("value")
        if count < 0:
            self.size()
        self._elements += abs(count)
        if self._elements > MOST_ELEMENTS:
            raise Unreadable("size")
        return abs(count)


def _boolean(cursor):
    byte = cursor.byte()
    if byte > 1:
        raise Unreadable("value")
    return "true" if byte else "false"


def _base64(data):
    return base64.b64encode(data).decode("ascii")


def _uuid(data):
    digits = bytes(data).hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _logical(of):
    """(bare, reader) of a logical type that is read otherwise than the type below it, or None."""
    kind, name, scale, size = of.kind, of.logical, of.scale, of.size
    if name is None:
        return None
    if kind == "int" and name == "date":
        return False, lambda cursor: date_text(cursor.int())
    if kind == "int" and name == "time-millis":
        return False, lambda cursor: time_text(cursor.int(), "millis")
    if kind == "long":
        for unit in UNITS:
            if name == "timestamp-%s" % unit:
                return False, lambda cursor: instant_text(cursor.long(), unit) + "Z"
            if name == "local-timestamp-%s" % unit:
                return False, lambda cursor: instant_text(cursor.long(), unit)
        if name == "time-micros":
            return False, lambda cursor: time_text(cursor.long(), "micros")
    if kind == "bytes" and name == "decimal":
        return True, lambda cursor: decimal_text(cursor.take(cursor.size()), scale)
    if kind == "fixed":
        if name == "decimal":
            return True, lambda cursor: decimal_text(cursor.take(size), scale)
        if name == "uuid" and size == 16:
            return False, lambda cursor: _uuid(cursor.take(16))
        if name == "duration" and size == 12:
            return False, lambda cursor: duration_text(cursor.take(12))
    return None


def _symbol(symbols):
    def read(cursor):
        at = cursor.int()
        if not 0 <= at < len(symbols):
            raise Unreadable("value")
        return symbols[at]

    return read


# Whether a text is a JSON number or literal as it is, and how it is read.
_PLAIN = {
    "null": (True, lambda cursor: None),
    "boolean": (True, _boolean),
    "int": (True, lambda cursor: str(cursor.int())),
    "long": (True, lambda cursor: str(cursor.long())),
    "float": (True, lambda cursor: float_text(struct.unpack("<f", cursor.take(4))[0])),
    "double": (True, lambda cursor: number_text(struct.unpack("<d", cursor.take(8))[0])),
    "string": (False, lambda cursor: text_of(cursor.take(cursor.size()))),
    "bytes": (False, lambda cursor: _base64(cursor.take(cursor.size()))),
}


def _scalar(of):
    found = _logical(of)
    if found is not None:
        return found
    if of.kind == "fixed":
        return False, lambda cursor: _base64(cursor.take(of.size))
    if of.kind == "enum":
        return False, _symbol(of.symbols)
    return _PLAIN[of.kind]


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)


def _deeper(depth):
    if depth >= DEEPEST:
        raise Unreadable("depth")
    return depth + 1


def _elements(cursor, read):
    found = []
    while True:
        left = cursor.block()
        if left == 0:
            return ",".join(found)
        for _ in range(left):
            found.append(read())


def _branch(cursor, branches):
    at = cursor.size()
    if at >= len(branches):
        raise Unreadable("value")
    return branches[at]


def _json(of, known):
    """A reader of values as JSON text without white space."""
    if of.kind == "array":
        item = _json(of.parts[0], known)

        def read_array(cursor, depth):
            below = _deeper(depth)
            return "[%s]" % _elements(cursor, lambda: item(cursor, below))

        return read_array
    if of.kind == "map":
        value = _json(of.parts[0], known)

        def read_map(cursor, depth):
            below, names = _deeper(depth), set()

            def member():
                name = text_of(cursor.take(cursor.size()))
                if name in names:
                    raise Unreadable("duplicate")
                names.add(name)
                return "%s:%s" % (_quoted(name), value(cursor, below))

            return "{%s}" % _elements(cursor, member)

        return read_map
    if of.kind == "union":
        branches = [_json(branch, known) for branch in of.parts]
        return lambda cursor, depth: _branch(cursor, branches)(cursor, depth)
    if of.kind == "record":
        if id(of) in known:
            return known[id(of)]
        fields = []

        def read_record(cursor, depth):
            below = _deeper(depth)
            return "{%s}" % ",".join(["%s:%s" % (name, read(cursor, below)) for name, read in fields])

        known[id(of)] = read_record
        for name, part in of.parts:
            fields.append((_quoted(name), _json(part, known)))
        return read_record
    bare, read = _scalar(of)

    def read_scalar(cursor, depth):
        text = read(cursor)
        if text is None:
            return "null"
        return text if bare and text not in _NO_NUMBERS else _quoted(text)

    return read_scalar


class AvroRows:
    """
    A reader of one schema's values as rows, all with the same columns. `path`: what the columns of a record begin
    with, and the column of any other value.
    """

    def __init__(self, of, path=""):
        self.columns = []
        self._places = {}
        self._fill = self._reader(of, path, ())

    def read(self, data, at):
        """The cells of the value that begins at an offset, and the offset after it."""
        cursor, cells = Cursor(data, at), [None] * len(self.columns)
        try:
            self._fill(cursor, cells)
        except RecursionError:
            raise Unreadable("depth") from None
        return cells, cursor.at

    def _place(self, path):
        if path not in self._places:
            if len(self.columns) == MOST_COLUMNS:
                raise Unreadable("schema")
            self._places[path] = len(self.columns)
            self.columns.append(path)
        return self._places[path]

    def _reader(self, of, path, within):
        if of.kind == "record" and not any(one is of for one in within):
            prefix = "" if path == "" else path + "."
            fields = [self._reader(part, prefix + name, (*within, of)) for name, part in of.parts]

            def read_record(cursor, cells):
                for field in fields:
                    field(cursor, cells)

            return read_record
        if of.kind == "union":
            branches = [
                (lambda cursor, cells: None) if branch.kind == "null" else self._reader(branch, path, within)
                for branch in of.parts
            ]
            if all(branch.kind == "null" for branch in of.parts):
                self._place(path or "value")
            return lambda cursor, cells: _branch(cursor, branches)(cursor, cells)
        at = self._place(path or "value")
        if of.kind in ("array", "map", "record"):
            read = _json(of, {})

            def read_json(cursor, cells):
                cells[at] = read(cursor, 1)

            return read_json
        read_text = _scalar(of)[1]

        def read_scalar(cursor, cells):
            cells[at] = read_text(cursor)

        return read_scalar
