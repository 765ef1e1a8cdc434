"""Lists and maps of columnar files as JSON text: the same as main/reading/columnar-text.ts."""

import math
import re
import struct

from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    MapType,
    StringType,
    StructType,
    TimestampType,
)

_ESCAPED = re.compile('["\\\\\x00-\x1f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_YEAR = re.compile(r"(?!0000)[0-9]{4}-")


def plain_decimal(value, scale):
    """A decimal with all of its places: Spark hands 1E-8 to Python as 10E-9."""
    return format(value, ".%df" % scale)


def double_of_float(value):
    """The double of the fewest digits, of six to nine, that mean a 32-bit float."""
    if not math.isfinite(value):
        return value
    for digits in (6, 7, 8):
        near = float("%.*g" % (digits, value))
        try:
            if struct.unpack("<f", struct.pack("<f", near))[0] == value:
                return near
        except OverflowError:  # Rounded up it is no 32-bit float any more.
            continue
    return float("%.9g" % value)


def is_timestamp(kind):
    return isinstance(kind, TimestampType) or type(kind).__name__ == "TimestampNTZType"


def _string(text):
    return '"%s"' % _ESCAPED.sub(lambda found: _SHORT.get(found.group()) or "\\u%04X" % ord(found.group()), text)


def _time(text):
    # Years past 9999 and before 1 are spelled in two ways.
    if not _YEAR.match(text):
        raise ValueError("a year outside 1 to 9999")
    return _string(text)


def _double(value):
    return repr(value) if math.isfinite(value) else '"%s"' % repr(value)


def prepared(column, kind):
    """The column with dates and times as texts, structs by place, and maps as lists of their entries."""
    if isinstance(kind, DateType) or is_timestamp(kind):
        return column.cast("string")
    if isinstance(kind, ArrayType):
        return F.transform(column, lambda one: prepared(one, kind.elementType))
    if isinstance(kind, MapType):
        entry = StructType().add("key", kind.keyType).add("value", kind.valueType)
        return F.transform(F.map_entries(column), lambda one: prepared(one, entry))
    if isinstance(kind, StructType):
        fields = [
            prepared(column.getField(field.name), field.dataType).alias("f%d" % i)
            for i, field in enumerate(kind.fields)
        ]
        return F.when(column.isNotNull(), F.struct(*fields))
    return column


def writer(kind, refuse):
    """A function of a prepared value that answers its JSON text. `refuse` is called with a type that has none."""
    if isinstance(kind, ArrayType):
        one = _or_null(writer(kind.elementType, refuse))
        return lambda value: "[%s]" % ",".join([one(element) for element in value])
    if isinstance(kind, MapType):
        key, of = writer(kind.keyType, refuse), _or_null(writer(kind.valueType, refuse))
        if isinstance(kind.keyType, (ArrayType, MapType, StructType)):
            refuse(kind.keyType)
        quoted = key if isinstance(kind.keyType, (StringType, DateType)) or is_timestamp(kind.keyType) else None
        if quoted is None:
            quoted = lambda value: key(value) if key(value).startswith('"') else '"%s"' % key(value)  # noqa: E731
        return lambda value: "{%s}" % ",".join(["%s:%s" % (quoted(one[0]), of(one[1])) for one in value])
    if isinstance(kind, StructType):
        fields = [(_string(field.name), _or_null(writer(field.dataType, refuse))) for field in kind.fields]
        return lambda value: "{%s}" % ",".join(["%s:%s" % (name, of(one)) for (name, of), one in zip(fields, value)])
    if isinstance(kind, StringType):
        return _string
    if isinstance(kind, BooleanType):
        return lambda value: "true" if value else "false"
    if isinstance(kind, DateType) or is_timestamp(kind):
        return _time
    if isinstance(kind, DecimalType):
        return lambda value: plain_decimal(value, kind.scale)
    if isinstance(kind, DoubleType):
        return _double
    if isinstance(kind, FloatType):
        return lambda value: _double(double_of_float(value))
    if kind.typeName() in ("byte", "short", "integer", "long"):
        return str
    return refuse(kind)


def _or_null(write):
    return lambda value: "null" if value is None else write(value)


def as_json(column, kind, refuse):
    """A column of JSON texts, null where the value is."""
    write = writer(kind, refuse)
    return F.udf(lambda value: None if value is None else write(value), StringType())(prepared(column, kind))
