"""The quarantine: rows that left by a step, and records that could not be read, with the reason and their place."""

import base64
from urllib.parse import unquote

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from . import stages
from .encodings import original_of, text_of
from .raw_records import PLACE
from .readings import fault_finder
from .whole_files import MOST_KEPT

_TOLD = StructType([StructField("fault", StringType()), StructField("line", StringType())])


def _told(plan):
    source, columns = plan["source"], len(plan["input"])
    encoding, find = source.get("encoding"), fault_finder(source)

    def told(line, fault):
        record = bytes(line)
        fault = fault or find(record, source, columns)
        kept = record[:MOST_KEPT]
        text = None if encoding is None else text_of(kept, encoding)
        if text is None:
            # What is no text cannot stand in a text file.
            original = kept if encoding is None else original_of(kept, encoding)
            text = "base64:%s" % base64.b64encode(original).decode("ascii")
        return (fault, text)

    return F.udf(told, _TOLD).asNondeterministic()


def _unreadable(traced, plan, ids):
    told = traced.filter("k = '%s'" % stages.UNREADABLE).select(
        "u_file", "u_block", _told(plan)(F.col("u_line").cast("binary"), F.col("u_fault")).alias("told")
    )
    words = F.create_map(*[F.lit(part) for pair in plan["unreadable"].items() for part in pair])
    nothing = F.lit(None).cast("string")
    notes = {
        "fate": F.lit("rejected"),
        "reason": F.concat(F.lit("unreadable: "), words[F.col("told.fault")]),
    }
    cells = [nothing] * len(plan["input"]) + [notes.get(one, nothing) for one in plan["notes"]]
    # Spark tells a file's path as a URI.
    cells += [F.udf(unquote, StringType())(F.col("u_file")), F.col("u_block").cast("string"), F.col("told.line")]
    return told.select(*[cell.alias(one) for cell, one in zip(cells, ids)])


def quarantine_rows(traced, plan, unreadable):
    """The quarantine's rows under ids o0 … on, and their names. `unreadable`: how many there are."""
    names = [one["column"] for one in plan["quarantine"]] + list(plan["place"])
    ids = ["o%d" % i for i in range(len(names))]
    nothing = F.lit(None).cast("string")
    left = stages.left_rows(traced, plan).select("*", *[nothing.alias(one) for one in ids[-len(PLACE) :]])
    return (left.union(_unreadable(traced, plan, ids)) if unreadable else left), names
