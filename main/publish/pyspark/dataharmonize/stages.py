"""Runs a plan's stages over columns c0 … cn, through the DataFrame API. All SQL comes from the plan."""

from pyspark.sql import functions as F
from pyspark.sql.window import Window

from .faults import JobFault
from .lookups import add_answers

# Kind of a source row: one for the plan, or one that only passes through to be counted and set aside.
KIND = "k"
ROW, UNREADABLE, HEADER, BLANK = "row", "unreadable", "header", "blank"


def input_ids(plan):
    """Ids of the input's columns."""
    return ["c%d" % i for i in range(len(plan["input"]))]


def run_stages(frame, plan):
    """Adds every version, every mark and the fate f."""
    for stage in plan["stages"]:
        frame = _STAGES[stage["kind"]](frame, stage) if stage["kind"] in _STAGES else _unknown(stage)
    return frame


def _unknown(stage):
    raise JobFault("plan.stage", "The plan has a stage “%s”, which this job does not know." % stage["kind"])


def _select(frame, stage):
    return frame.select("*", *[F.expr(one["sql"]).alias(one["id"]) for one in stage["columns"]])


def _order(one):
    column, last = F.expr(one["sql"]), one["nulls"] == "last"
    if one["direction"] == "ascending":
        return column.asc_nulls_last() if last else column.asc_nulls_first()
    return column.desc_nulls_last() if last else column.desc_nulls_first()


def _rank(frame, stage):
    # The kind keeps what is no row of the plan apart from those that are.
    window = Window.partitionBy(F.col(KIND), *[F.expr(sql) for sql in stage["partitionBy"]]).orderBy(
        *[_order(one) for one in stage["orderBy"]]
    )
    return frame.select("*", F.row_number().over(window).alias(stage["id"]))


_STAGES = {"select": _select, "rank": _rank, "lookup": add_answers}


def trace(frame, plan, keep=()):
    """
    The part of the trace that a run needs: original cells, output versions, the fate f, the kind, and each measure
    as a boolean m0 … mn. `keep` names further columns of the frame.
    """
    ids = list(dict.fromkeys(input_ids(plan) + [one["id"] for one in plan["output"]]))
    measures = [
        F.expr("coalesce(%s = '%s' AND (%s), FALSE)" % (KIND, ROW, one["sql"])).alias("m%d" % i)
        for i, one in enumerate(plan["measures"])
    ]
    return run_stages(frame, plan).select(*ids, "f", KIND, *keep, *measures)


def _blank(plan):
    # Where a CSV file has one column, blank lines are its nulls.
    if plan["source"]["format"] == "csv" and len(plan["input"]) == 1:
        return "count_if(k = '%s' AND c0 IS NULL)" % ROW
    return "count_if(k = '%s')" % BLANK


def measure(traced, plan):
    """Counts over a trace: `read`, `unreadable`, `headers`, `blank`, `kept`, and the plan's measures by name."""
    counts = [
        F.expr("count_if(k = '%s')" % ROW).alias("read"),
        F.expr("count_if(k = '%s')" % UNREADABLE).alias("unreadable"),
        F.expr("count_if(k = '%s')" % HEADER).alias("headers"),
        F.expr(_blank(plan)).alias("blank"),
        F.expr("count_if(k = '%s' AND f IS NULL)" % ROW).alias("kept"),
    ]
    counts += [F.expr("count_if(m%d)" % i).alias("m%d" % i) for i in range(len(plan["measures"]))]
    row = traced.agg(*counts).first()
    found = {name: row[name] for name in ("read", "unreadable", "headers", "blank", "kept")}
    found["measures"] = {one["name"]: row["m%d" % i] for i, one in enumerate(plan["measures"])}
    return found


def broken_stops(plan, measures):
    """The plan's stops that the counts break."""
    return [
        stop for stop in plan["stops"] if measures[stop["failing"]] > stop["most"] * measures[stop["reached"]]
    ]


def broken_expectations(plan, counts):
    """A sentence for each expectation that the counts break. Without a row read, none can be judged."""
    told, read = [], counts["read"]
    for one in plan["expectations"] if read else []:
        rows, least, most = counts[one["measure"]], one.get("atLeast", 0), one.get("atMost", 1)
        if least * read <= rows <= most * read:
            continue
        limits = [("at least", "atLeast"), ("at most", "atMost")]
        expected = " and ".join("%s %s" % (words, _percent(one[key])) for words, key in limits if key in one)
        told.append("%s of the rows are %s, where %s are expected" % (_percent(rows / read), one["measure"], expected))
    return told


def _percent(share):
    return "%s %%" % ("%.2f" % (share * 100)).rstrip("0").rstrip(".")


def kept_rows(traced, plan):
    """What the output holds, under ids o0 … on."""
    rows = traced.filter("k = '%s' AND f IS NULL" % ROW)
    return rows.select(*[F.col(one["id"]).alias("o%d" % i) for i, one in enumerate(plan["output"])])


def left_rows(traced, plan):
    """What the quarantine holds of the rows that left, under ids o0 … on."""
    rows = traced.filter("k = '%s' AND f IS NOT NULL" % ROW)
    return rows.select(*[F.expr(one["sql"]).alias("o%d" % i) for i, one in enumerate(plan["quarantine"])])
