"""The quarantine: rows that left by a step, and records that could not be read, with the reason and their place."""

import base64
from urllib.parse import unquote

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from . import stages
from .csv_reading import PLACE

_TOLD = StructType([StructField("fault", StringType()), StructField("line", StringType())])
_START, _PLAIN, _QUOTED, _CLOSED = range(4)


def fault_of(record, delimiter, line_breaks, columns):
    """Why a record (bytes) cannot be read: the first fault, as shared/reading/csv.ts finds it, or None."""
    try:
        text = record.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding"
    state, fields = _START, 1
    for character in text:
        if character == "\r":
            if state != _QUOTED or not line_breaks:
                return "carriage-return"
        elif character == '"':
            if state == _PLAIN:
                return "quote"
            state = _CLOSED if state == _QUOTED else _QUOTED
        elif state == _QUOTED:
            continue
        elif character == delimiter:
            fields += 1
            state = _START
        elif state == _CLOSED:
            return "quote"
        else:
            state = _PLAIN
    if state == _QUOTED:
        return "unclosed" if line_breaks else "line-break"
    return None if fields == columns else "fields"


def _told(plan):
    source, columns = plan["source"], len(plan["input"])
    delimiter, line_breaks = source["delimiter"], source["lineBreaks"]

    def told(line):
        record = bytes(line)
        fault = fault_of(record, delimiter, line_breaks, columns)
        # What is not UTF-8 cannot stand in a text file.
        text = "base64:%s" % base64.b64encode(record).decode("ascii") if fault == "encoding" else record.decode("utf-8")
        return (fault, text)

    return F.udf(told, _TOLD).asNondeterministic()


def _unreadable(traced, plan, ids):
    told = traced.filter("k = '%s'" % stages.UNREADABLE).select(
        "u_file", "u_block", _told(plan)(F.col("u_line").cast("binary")).alias("told")
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
