"""Avro schemas, parsed as shared/messages/avro/schema.ts parses them."""

import json

from .unreadable_message import Unreadable

PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")


class Type:
    """A type of a schema. `parts`: a union's branches, a record's (name, type), an array's items, a map's values."""

    def __init__(self, kind, logical=None, scale=0, size=0, symbols=(), parts=()):
        self.kind = kind
        self.logical = logical
        self.scale = scale
        self.size = size
        self.symbols = symbols
        self.parts = parts


def _fail():
    raise Unreadable("schema")


def _whole(value):
    """A whole number that is not negative, or None; 2.0 is one too."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0 or value != value // 1:
        return None
    return int(value)


def _logical(schema):
    name = schema.get("logicalType")
    if not isinstance(name, str):
        return {}
    return {"logical": name, "scale": _whole(schema.get("scale")) or 0}


def _at(schema, key, kind):
    value = schema.get(key)
    return value if isinstance(value, kind) else _fail()


class _Parser:
    def __init__(self):
        self.named = {}

    def parse(self, schema, space):
        if isinstance(schema, str):
            return self.by_name(schema, space)
        if isinstance(schema, list):
            return Type("union", parts=[self.parse(branch, space) for branch in schema])
        if not isinstance(schema, dict) or "type" not in schema:
            _fail()
        kind = schema["type"]
        if not isinstance(kind, str):
            return self.parse(kind, space)
        if kind in PRIMITIVES:
            return Type(kind, **_logical(schema))
        if kind == "array":
            return Type("array", parts=[self.parse(schema.get("items"), space)])
        if kind == "map":
            return Type("map", parts=[self.parse(schema.get("values"), space)])
        if kind == "fixed":
            size = _whole(0 if schema.get("size") is None else schema["size"])
            fixed = Type("fixed", size=_fail() if size is None else size, **_logical(schema))
            self.define(schema, space, fixed)
            return fixed
        if kind == "enum":
            symbols = [one if isinstance(one, str) else _fail() for one in _at(schema, "symbols", list)]
            enum = Type("enum", symbols=symbols)
            self.define(schema, space, enum)
            return enum
        if kind in ("record", "error"):
            return self.record(schema, space)
        return self.by_name(kind, space)

    def record(self, schema, space):
        record = Type("record", parts=[])
        own = self.define(schema, space, record)
        for field in _at(schema, "fields", list):
            if not isinstance(field, dict):
                _fail()
            of = self.parse(field.get("type"), own)
            record.parts.append((_at(field, "name", str), of))
        return record

    def define(self, schema, space, of):
        name = _at(schema, "name", str)
        stated = schema["namespace"] if isinstance(schema.get("namespace"), str) else space
        full = name if "." in name or stated == "" else "%s.%s" % (stated, name)
        self.named[full] = of
        return full.rpartition(".")[0]

    def by_name(self, name, space):
        if name in PRIMITIVES:
            return Type(name)
        full = name if "." in name or space == "" else "%s.%s" % (space, name)
        return self.named.get(full) or self.named.get(name) or _fail()


def _load(text):
    return json.loads(text, parse_constant=lambda _: _fail())


def parse_avro_schema(schema, references=()):
    """The type of a schema's JSON text; `references`: texts of schemas it names, each after those that it names."""
    parser = _Parser()
    try:
        for reference in references:
            parser.parse(_load(reference), "")
        return parser.parse(_load(schema), "")
    except (ValueError, OverflowError, RecursionError):
        raise Unreadable("schema") from None
