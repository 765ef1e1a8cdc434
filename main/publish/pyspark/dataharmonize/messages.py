"""How a message becomes a row: the same as shared/messages/message.ts, which tells the rules."""

import struct

from .avro_schema import parse_avro_schema
from .avro_values import AvroRows
from .flatten import flatten
from .unreadable_message import Unreadable, text_of

_HEAD_BYTES = 5
_NOTHING = ([], [])


def schema_id(data):
    """The id of the schema before some bytes, or None where there is none."""
    if len(data) < _HEAD_BYTES or data[0] != 0:
        return None
    return struct.unpack(">i", data[1:_HEAD_BYTES])[0]


def _json_row(data, name, is_key):
    text = text_of(data)
    keys, values, fault = flatten(text)
    if fault is None:
        return ["%s.%s" % (name, key) for key in keys] if is_key else keys, values
    if fault != "object" or not is_key:
        raise Unreadable(fault)
    # As a member of an object it is read by the rules for members.
    _, values, fault = flatten('{"key":%s}' % text)
    if fault is not None:
        raise Unreadable(fault)
    return [name], values


class _Registered:
    """Reads by schemas, each of which is prepared once."""

    def __init__(self, schemas, name, is_key):
        self._schemas = schemas
        self._name = name
        self._is_key = is_key
        self._prepared = {}

    def _prepare(self, found):
        if found["type"] != "AVRO":
            return "schema-kind"
        try:
            of = parse_avro_schema(found["schema"], found["references"])
            return AvroRows(of, self._name if self._is_key else "")
        except Unreadable as error:
            return error.fault

    def __call__(self, data):
        number = schema_id(data)
        if number is None:
            raise Unreadable("magic")
        rows = self._prepared.get(number)
        if rows is None:
            found = self._schemas.get(str(number))
            if found is None:
                raise Unreadable("unknown-schema")
            if found["type"] == "JSON":
                return _json_row(data[_HEAD_BYTES:], self._name, self._is_key)
            rows = self._prepared[number] = self._prepare(found)
        if isinstance(rows, str):
            raise Unreadable(rows)
        cells, end = rows.read(data, _HEAD_BYTES)
        if end != len(data):
            raise Unreadable("rest")
        return rows.columns, cells


def _part_reader(encoding, name, is_key, schemas):
    if encoding == "text":
        return lambda data: ([name], [text_of(data)])
    if encoding == "json":
        return lambda data: _json_row(data, name, is_key)
    return _Registered(schemas, name, is_key)


def message_reader(source, schemas):
    """
    A function of a message's key and value (bytes; no value that is None) that answers its columns and cells; it
    raises Unreadable, with `part` key or value. `schemas`: those of the registry by their id, as text.
    """
    key_column = source["keyColumn"]
    read_key = None if source["key"] == "none" else _part_reader(source["key"], key_column, True, schemas)
    read_value = _part_reader(source["value"], "value", False, schemas)

    def read(key, value):
        part = "key"
        try:
            keys, before = _NOTHING if read_key is None else ([key_column], [None]) if key is None else read_key(key)
            part = "value"
            columns, cells = read_value(value)
            if keys:
                columns, cells = keys + columns, before + cells
                if len(set(columns)) != len(columns):
                    raise Unreadable("duplicate")
            return columns, cells
        except Unreadable as error:
            error.part = part
            raise

    return read


def row_reader(source, columns, schemas):
    """
    A function of a message's key and value that answers (cells in the order of the columns, None, whether fields that
    are no columns were filled), or (None, the fault, False), the fault of a key beginning with key/.
    """
    read = message_reader(source, schemas)
    places = {name: i for i, name in enumerate(columns)}

    def placed(key, value):
        try:
            names, found = read(key, value)
        except Unreadable as error:
            return None, "key/%s" % error.fault if error.part == "key" else error.fault, False
        cells, more = [None] * len(columns), False
        for name, cell in zip(names, found):
            at = places.get(name)
            if at is not None:
                cells[at] = cell
            elif cell is not None:
                more = True
        return cells, None, more

    return placed
