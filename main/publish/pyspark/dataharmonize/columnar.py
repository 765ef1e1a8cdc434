"""Reads Parquet and ORC, and writes Parquet. Every column becomes text, spelled as DuckDB spells it."""

import re

from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    ByteType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    MapType,
    ShortType,
    StringType,
    StructType,
)

from .faults import JobFault
from .nested_text import as_json, double_of_float, is_timestamp, plain_decimal
from .raw_records import reader
from .stages import KIND, ROW

_SAME = (StringType, BooleanType, ByteType, ShortType, IntegerType, LongType)
# Spark writes a decimal as 1E-7 where more than six digits follow the point.
_PLAIN_SCALE = 6


# What two files of the same columns may tell otherwise: the schema's name, whether a value may be missing, field numbers.
_INCIDENTAL = re.compile(r"^message [^{]*|\b(?:required|optional) | = [0-9]+")


def _shortest(number):
    # The shortest digits that tell it from its neighbours: 1e+20, where Java says 1.0E20.
    return None if number is None else repr(number)


def _leaves(path, column, kind):
    """(path, text) of each column that a column becomes: fields of structs by path, lists and maps as JSON text."""
    if isinstance(kind, StructType):
        return [
            leaf
            for field in kind.fields
            for leaf in _leaves("%s.%s" % (path, field.name), column.getField(field.name), field.dataType)
        ]
    if isinstance(kind, (ArrayType, MapType)):
        return [(path, as_json(column, kind, lambda one: _refuse(path, one)))]
    return [(path, _as_text(path, column, kind))]


def _refuse(name, kind):
    raise JobFault(
        "input.type",
        "The column “%s” is of the type %s, which engines do not spell alike." % (name, kind.simpleString()),
        {"column": name},
    )


def _as_text(name, column, kind):
    if isinstance(kind, _SAME) or (isinstance(kind, DecimalType) and kind.scale <= _PLAIN_SCALE):
        return column.cast("string")
    if isinstance(kind, DecimalType):
        scale = kind.scale
        return F.udf(lambda one: None if one is None else plain_decimal(one, scale), StringType())(column)
    if isinstance(kind, DoubleType):
        return F.udf(_shortest, StringType())(column)
    if isinstance(kind, FloatType):
        return F.udf(lambda one: None if one is None else repr(double_of_float(one)), StringType())(column)
    if isinstance(kind, DateType) or is_timestamp(kind):
        # Years past 9999 and before 1 are spelled in two ways.
        return _checked(column, F.year(column), column.cast("string"))
    return _refuse(name, kind)


def _checked(column, year, text):
    outside = F.raise_error(F.lit("a year outside 1 to 9999"))
    return F.when(column.isNull(), F.lit(None)).when(year.between(1, 9999), text).otherwise(outside)


def _own_schema(files, path, kind):
    """Names and types of a file's columns, whatever else its schema tells."""
    return files.orc_schema(path) if kind == "orc" else _INCIDENTAL.sub("", files.parquet_schema(path))


def _assert_alike(job_files, paths, kind):
    """Spark takes the columns of one file and reads those that another lacks as null: all must have the same."""
    first = _own_schema(job_files, paths[0], kind)
    for path in paths[1:]:
        if _own_schema(job_files, path, kind) != first:
            raise JobFault(
                "input.columns",
                "The columns of an input file are not those of the first one, or of other types.",
                {"file": path, "first": paths[0]},
            )


def read(spark, job_files, files, source, names):
    """Rows as c0 … cn with their kind; none is unreadable, and none a header."""
    if not files:
        return None, 0
    paths = [path for path, _ in files]
    _assert_alike(job_files, paths, source["format"])
    frame = reader(spark).format(source["format"]).load(paths)
    leaves = [
        leaf
        for field in frame.schema.fields
        for leaf in _leaves(field.name, F.col("`%s`" % field.name.replace("`", "``")), field.dataType)
    ]
    if [path for path, _ in leaves] != names:
        raise JobFault(
            "input.columns",
            "The input does not have the %d columns that the plan was made for, in their order." % len(names),
            {"columns": names},
        )
    cells = [text.alias("c%d" % i) for i, (_, text) in enumerate(leaves)]
    place = [
        F.col("_metadata.file_path").alias("u_file"),
        F.lit(None).cast("bigint").alias("u_block"),
        *[F.lit(None).cast("string").alias(name) for name in ("u_line", "u_fault")]
    ]
    return frame.select(*cells, F.lit(ROW).alias(KIND), *place), 0


def write_parquet(spark, frame, names, folder):
    """Writes text columns and returns the number of rows found in the folder."""
    frame.toDF(*names).write.parquet(folder)
    return spark.read.parquet(folder).count()
