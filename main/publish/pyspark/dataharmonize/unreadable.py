"""The quarantine: rows that left by a step, and what could not be read, with its place."""

from pyspark.sql import functions as F

from . import stages
from .csv_reading import PLACE


def unreadable_rows(traced, plan, unreadable):
    """The quarantine's rows under ids o0 … on, and their names."""
    names = [one["column"] for one in plan["quarantine"]] + list(plan["place"])
    ids = ["o%d" % i for i in range(len(names))]
    nothing = F.lit(None).cast("string")
    left = stages.left_rows(traced, plan).select("*", *[nothing.alias(one) for one in ids[-len(PLACE):]])
    if unreadable == 0:
        return left, names
    notes = {"fate": "rejected", "reason": "unreadable"}
    told = [F.lit(notes[one]) if one in notes else nothing for one in plan["notes"]]
    cells = [nothing] * len(plan["input"]) + told + [F.col(one).cast("string") for one in PLACE]
    rows = traced.filter("k = '%s'" % stages.UNREADABLE)
    return left.unionByName(rows.select(*[one.alias(name) for one, name in zip(cells, ids)])), names
