"""Reads lines of text: one column, a row for each line. The same as main/reading/text.ts."""

from pyspark.sql import functions as F

from .encodings import decoded
from .raw_records import KEPT, raw_records
from .stages import KIND, ROW, UNREADABLE


def read(spark, _, files, source, names):
    """Rows as c0 with their kind and, where a line is unreadable, its place; and how many headers there are: none."""
    if not files:
        return None, 0
    records = raw_records(spark, files, source)
    text, valid = decoded(F.col("u_line"), source["encoding"])
    kind = F.when(valid, F.lit(ROW)).otherwise(F.lit(UNREADABLE))
    records = records.select("*", text.alias("text"), kind.alias(KIND))
    cell = F.when(F.col(KIND) == ROW, F.col("text")).alias("c0")
    return records.select(cell, KIND, *KEPT), 0


def fault_of(_, __, ___):
    """Why a line cannot be read."""
    return "encoding"
