"""
How files of each format are read: read(spark, job_files, files, source, names) answers rows as c0 … cn with their kind
and place, and how many headers are among them; None for the rows where there is no file. A format is a module and a
line here.
"""

from pyspark.sql import functions as F

from . import avro_reading, columnar, csv_reading, data_set, document_reading, json_reading, lines_reading
from .compression import check_compression
from .faults import JobFault
from .raw_records import KEPT, PLACE
from .stages import KIND, ROW, UNREADABLE

READERS = {
    "avro": avro_reading,
    "csv": csv_reading,
    "json": document_reading,
    "jsonl": json_reading,
    "orc": columnar,
    "parquet": columnar,
    "text": lines_reading,
}


def fault_finder(source):
    """A function of a record's bytes and the number of columns that tells what is wrong with it; None if it is known."""
    return getattr(READERS[source["format"]], "fault_of", None)


def read_input(spark, job_files, options, plan):
    """Rows as c0 … cn with their kind and, where a record is unreadable, its place; and how many headers there are."""
    source, names = plan["source"], plan["input"]
    if options.input_format != source["format"]:
        raise JobFault("input.format", "The plan was made for %s input." % source["format"])
    if source["format"] not in READERS:
        raise JobFault("input.format", "The plan asks for %s input, which this job cannot read." % source["format"])
    found = data_set.find(job_files, options.input)
    own = found.own_columns(names)
    filled = [(path, size) for path, size in found.files if size > 0]
    check_compression(job_files, filled, source)
    frame, headers = READERS[source["format"]].read(spark, job_files, filled, source, own)
    if frame is None:
        frame = _nothing(spark, own)
    return _placed(found.with_keys(frame, len(own))), headers


def _nothing(spark, names):
    cells = [F.lit(None).cast("string").alias("c%d" % i) for i in range(len(names))]
    place = [F.lit(None).cast("bigint" if one == "u_block" else "string").alias(one) for one in KEPT]
    return spark.range(0).select(*cells, F.lit(ROW).alias(KIND), *place)


def _placed(frame):
    """Only rows that cannot be read keep their place."""
    unreadable = F.col(KIND) == UNREADABLE
    others = [name for name in frame.columns if name not in PLACE]
    return frame.select(*others, *[F.when(unreadable, F.col(name)).alias(name) for name in PLACE])
