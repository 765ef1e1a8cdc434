"""Files that one task reads as a whole, record by record, in plain Python."""

import zlib
from functools import partial

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BinaryType, LongType, StringType, StructField, StructType

from .faults import JobFault
from .raw_records import packed_files, whole_files
from .stages import KIND, UNREADABLE

MOST_BYTES = 2**31 - 1
# Bytes of a record that cannot be read that are kept, as on the workbench.
MOST_KEPT = 1024 * 1024
# As on the workbench: a file that grows beyond the one must not grow to more than the other times its size.
HARMLESS = 512 * 1024 * 1024
MOST_GROWTH = 200

_FOUND = StructType(
    [
        StructField(KIND, StringType()),
        StructField("u_fault", StringType()),
        StructField("u_file", StringType()),
        StructField("u_block", LongType()),
        StructField("u_line", BinaryType()),
        StructField("cells", ArrayType(StringType())),
    ]
)


def gunzip(content):
    """The content of a gzip file of one or more parts."""
    made, size = [], 0
    while content:
        part = zlib.decompressobj(wbits=31)
        pending = content
        while not part.eof:
            piece = part.decompress(pending, 1 << 24)
            pending = part.unconsumed_tail
            if not piece and not pending and not part.eof:
                raise EOFError("The compressed file ends before its content does.")
            made.append(piece)
            size += len(piece)
            if size > HARMLESS and size > len(content) * MOST_GROWTH:
                raise ValueError("The compressed file grows to more than %d times its size." % MOST_GROWTH)
        content = part.unused_data
    return b"".join(made)


def _rows(records_of, row):
    for block, record, kind, fault, cells in records_of(bytes(row["content"])):
        yield (kind, fault, row["u_file"], block, record[:MOST_KEPT] if kind == UNREADABLE else None, cells)


def read_whole(spark, files, records_of, count, compression="none"):
    """
    Rows as c0 … cn with their kind and, where a record is unreadable, its place. `records_of`: a function of a file's
    bytes that yields (block, bytes, kind, fault, cells) for each record, the block by where it begins.
    Files of the `compression` are unpacked before; what Python unpacks itself counts as none.
    """
    for path, size in files:
        if size > MOST_BYTES:
            raise JobFault(
                "input.too-large",
                "An input file has more than 2 GB, which one task cannot read as a whole.",
                {"file": path},
            )
    content = packed_files(spark, files) if compression == "none" else whole_files(spark, files, compression)
    found = spark.createDataFrame(content.rdd.flatMap(partial(_rows, records_of)), _FOUND)
    cells = [F.col("cells").getItem(i).alias("c%d" % i) for i in range(count)]
    return found.select(*cells, KIND, "u_file", "u_block", F.col("u_line").cast("string").alias("u_line"), "u_fault")
