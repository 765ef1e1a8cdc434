"""Reads and writes Parquet. Every column becomes text, spelled as DuckDB spells it."""

from pyspark.sql import functions as F
from pyspark.sql.types import (
    BooleanType,
    ByteType,
    DateType,
    DecimalType,
    DoubleType,
    IntegerType,
    LongType,
    ShortType,
    StringType,
    TimestampType,
)

from .faults import JobFault
from .raw_records import reader
from .stages import KIND, ROW

_SAME = (StringType, BooleanType, ByteType, ShortType, IntegerType, LongType)
# Spark writes a decimal as 1E-7 where more than six digits follow the point.
_PLAIN_SCALE = 6


def _plain(number):
    return None if number is None else format(number, "f")


def _shortest(number):
    # The shortest digits that tell it from its neighbours: 1e+20, where Java says 1.0E20.
    return None if number is None else repr(number)


def _as_text(name, kind):
    column = F.col("`%s`" % name.replace("`", "``"))
    timestamp = isinstance(kind, TimestampType) or type(kind).__name__ == "TimestampNTZType"
    if isinstance(kind, _SAME) or (isinstance(kind, DecimalType) and kind.scale <= _PLAIN_SCALE):
        return column.cast("string")
    if isinstance(kind, DecimalType):
        return F.udf(_plain, StringType())(column)
    if isinstance(kind, DoubleType):
        return F.udf(_shortest, StringType())(column)
    if isinstance(kind, DateType) or timestamp:
        # Years past 9999 and before 1 are spelled in two ways.
        return _checked(column, F.year(column), column.cast("string"))
    raise JobFault(
        "input.type",
        "The column “%s” is of the type %s, which engines do not spell alike." % (name, kind.simpleString()),
        {"column": name},
    )


def _checked(column, year, text):
    outside = F.raise_error(F.lit("a year outside 1 to 9999"))
    return F.when(column.isNull(), F.lit(None)).when(year.between(1, 9999), text).otherwise(outside)


def read(spark, _, files, __, names):
    """Rows as c0 … cn with their kind; none is unreadable, and none a header."""
    if not files:
        return None, 0
    frame = reader(spark).parquet(*[path for path, _ in files])
    found = {field.name: field.dataType for field in frame.schema.fields}
    if list(found) != names:
        raise JobFault(
            "input.columns",
            "The input does not have the %d columns that the plan was made for, in their order." % len(names),
            {"columns": names},
        )
    cells = [_as_text(name, found[name]).alias("c%d" % i) for i, name in enumerate(names)]
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
