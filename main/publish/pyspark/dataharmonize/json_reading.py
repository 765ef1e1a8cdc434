"""Reads JSON Lines and JSON documents: each record is flattened as flatten.py does, on whichever node has it."""

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

from .encodings import text_of
from .flatten import flatten
from .raw_records import KEPT, PLACE, raw_records
from .stages import BLANK, KIND, ROW, UNREADABLE

TOLD = StructType(
    [StructField("kind", StringType()), StructField("fault", StringType()), StructField("cells", ArrayType(StringType()))]
)


def record_reader(source, names):
    """A function of a record's bytes that answers (kind, fault, cells)."""
    places = {name: i for i, name in enumerate(names)}
    encoding, lines = source["encoding"], source["format"] == "jsonl"

    def told(record):
        record = bytes(record)
        text = text_of(record, encoding)
        if text is None:
            return UNREADABLE, "encoding", None
        if lines and not text.strip(" \t\r\n"):
            return BLANK, None, None
        keys, values, fault = flatten(text)
        if fault is not None:
            return UNREADABLE, fault, None
        cells = [None] * len(places)
        for key, value in zip(keys, values):
            at = places.get(key)
            if at is not None:
                cells[at] = value
            elif value is not None:
                return UNREADABLE, "unknown", None
        return ROW, None, cells

    return told


def read(spark, _, files, source, names):
    """Rows as c0 … cn with their kind and, where a line is unreadable, its place; and how many headers there are: none."""
    if not files:
        return None, 0
    records = raw_records(spark, files, source)
    # Marked non-deterministic so that Spark computes it once a record.
    told = F.udf(record_reader(source, names), TOLD).asNondeterministic()
    asked = records.select(*KEPT, told(F.col("u_line").cast("binary")).alias("told"))
    cells = [F.col("told.cells").getItem(i).alias("c%d" % i) for i in range(len(names))]
    fault = F.col("told.fault").alias("u_fault")
    return asked.select(*cells, F.col("told.kind").alias(KIND), *PLACE, fault), 0
