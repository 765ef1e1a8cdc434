"""Runs a plan's stages over columns c0 … cn, through the DataFrame API. All SQL comes from the plan."""

from functools import reduce

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType
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
    # One frame a table: what is joined twice is sent to the workers once.
    entries = {}
    for stage in plan["stages"]:
        if stage["kind"] == "join":
            at = stage["table"]
            if at not in entries:
                entries[at] = _entries(frame.sparkSession, plan["tables"][at])
            frame = _join(frame, stage, entries[at])
            continue
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


def _partition(stage):
    # The kind keeps what is no row of the plan apart from those that are.
    return Window.partitionBy(F.col(KIND), *[F.expr(sql) for sql in stage["partitionBy"]])


def _ordered(stage):
    return _partition(stage).orderBy(*[_order(one) for one in stage["orderBy"]])


def _rank(frame, stage):
    return frame.select("*", F.row_number().over(_ordered(stage)).alias(stage["id"]))


def _count(frame, stage):
    return frame.select("*", F.count(F.lit(1)).over(_partition(stage)).alias(stage["id"]))


def _first(frame, stage):
    whole = _ordered(stage).rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    first = F.first(F.expr(stage["value"]), ignorenulls=True)
    return frame.select("*", first.over(whole).alias(stage["id"]))


def _entries(spark, table):
    """A table of the plan, under names of its own: no column of a plan begins with an underscore."""
    names = ["_t%d" % i for i in range(len(table["rows"][0]))]
    schema = StructType([StructField(name, StringType()) for name in names])
    return F.broadcast(spark.createDataFrame([tuple(row) for row in table["rows"]], schema))


def _join(frame, stage, entries):
    given, names = ["_k%d" % i for i in range(len(stage["keys"]))], entries.columns
    keyed = frame.select("*", *[F.expr(sql).alias(name) for name, sql in zip(given, stage["keys"])])
    same = [F.col(key) == F.col(name) for key, name in zip(given, names)]
    found, values = stage["ids"][0], stage["ids"][1:]
    return keyed.join(entries, reduce(lambda a, b: a & b, same), "left").select(
        *frame.columns,
        F.col(names[0]).isNotNull().alias(found),
        *[F.col(name).alias(value) for name, value in zip(names[len(given) :], values)]
    )


def _explode(frame, stage):
    # What is no row of the plan stays one, whatever its cells would be.
    alone = F.array(F.lit(None).cast("string"))
    parts = F.when(F.col(KIND) == ROW, F.expr(stage["parts"])).otherwise(alone)
    split = frame.select("*", F.posexplode(parts).alias("_place", stage["part"]))
    return split.withColumn(stage["ordinal"], F.col("_place") + 1).drop("_place")


_STAGES = {
    "select": _select,
    "rank": _rank,
    "count": _count,
    "first": _first,
    "lookup": add_answers,
    "explode": _explode,
}


def trace(frame, plan, keep=()):
    """
    The part of the trace that a run needs: original cells, output versions, the fate f, the kind, ordinals where rows
    were split, and what measures read. `keep` names further columns of the frame.
    """
    told = plan.get("quarantined", []) + plan.get("ordinals", []) + plan["measured"]
    ids = dict.fromkeys(input_ids(plan) + [one["id"] for one in plan["output"]] + told)
    return run_stages(frame, plan).select(*ids, "f", KIND, *keep)


def measure_columns(plan):
    """A boolean for each of the plan's measures, over a trace."""
    return [F.expr("coalesce(%s = '%s' AND (%s), FALSE)" % (KIND, ROW, one["sql"])) for one in plan["measures"]]


def _read(plan):
    # Of the rows that one became, the first is that one itself.
    return " AND ".join(["k = '%s'" % ROW] + ["`%s` = 1" % one for one in plan.get("ordinals", [])])


def _blank(plan):
    # Where a CSV file has one column, blank lines are its nulls.
    if plan["source"]["format"] == "csv" and len(plan["input"]) == 1:
        return "count_if(%s AND c0 IS NULL)" % _read(plan)
    return "count_if(k = '%s')" % BLANK


def measure(traced, plan, further=()):
    """
    Counts over a trace: `read`, `unreadable`, `headers`, `blank`, `kept`, and the plan's measures by name. `further`:
    more to count, as columns with a name.
    """
    names = ["read", "unreadable", "headers", "blank", "kept"] + [name for name, _ in further]
    counts = [
        F.expr("count_if(%s)" % _read(plan)).alias("read"),
        F.expr("count_if(k = '%s')" % UNREADABLE).alias("unreadable"),
        F.expr("count_if(k = '%s')" % HEADER).alias("headers"),
        F.expr(_blank(plan)).alias("blank"),
        F.expr("count_if(k = '%s' AND f IS NULL)" % ROW).alias("kept"),
    ]
    counts += [F.count_if(one).alias("m%d" % i) for i, one in enumerate(measure_columns(plan))]
    counts += [column.alias(name) for name, column in further]
    row = traced.agg(*counts).first()
    found = {name: row[name] for name in names}
    found["measures"] = {one["name"]: row["m%d" % i] for i, one in enumerate(plan["measures"])}
    return found


def broken_stops(plan, measures):
    """The plan's stops that the counts break."""
    return [
        stop for stop in plan["stops"] if measures[stop["failing"]] > stop["most"] * measures[stop["reached"]]
    ]


def broken_expectations(plan, counts):
    """A sentence for each expectation that the counts break. Without a row, none can be judged."""
    told, all_rows = [], counts["read"] + counts["added"]
    for one in plan["expectations"] if all_rows else []:
        rows, least, most = counts[one["measure"]], one.get("atLeast", 0), one.get("atMost", 1)
        if least * all_rows <= rows <= most * all_rows:
            continue
        limits = [("at least", "atLeast"), ("at most", "atMost")]
        expected = " and ".join("%s %s" % (words, _percent(one[key])) for words, key in limits if key in one)
        told.append("%s of the rows are %s, where %s are expected" % (_percent(rows / all_rows), one["measure"], expected))
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
