"""One micro-batch: messages to rows, the plan's stages over them, and what is written of each."""

import base64

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BooleanType, StringType, StructField, StructType

from . import stages
from .faults import JobFault
from .messages import row_reader, schema_id

TOMBSTONE = "tombstone"
# What is kept of each message beside its cells. No id of a plan begins with u_.
KEPT = ("u_key", "u_value", "u_topic", "u_partition", "u_offset", "u_fault", "u_unknown")
ROWS_PER_FILE = 500_000
# Ids of schemas that are asked of the registry for one batch.
MOST_UNKNOWN = 1000

_TOLD = StructType(
    [
        StructField("kind", StringType()),
        StructField("fault", StringType()),
        StructField("unknown", BooleanType()),
        StructField("cells", ArrayType(StringType())),
    ]
)


def read_messages(frame, plan, schemas):
    """Rows as c0 … cn with their kind, each with its message's key and place; the value only of those unreadable."""
    read = row_reader(plan["source"], plan["input"], schemas)

    def told(key, value):
        if value is None:
            return (TOMBSTONE, None, False, None)
        cells, fault, unknown = read(None if key is None else bytes(key), bytes(value))
        return (stages.ROW if fault is None else stages.UNREADABLE, fault, unknown, cells)

    # Marked non-deterministic so that Spark computes it once a message.
    asked = frame.select("*", F.udf(told, _TOLD).asNondeterministic()("key", "value").alias("told"))
    cells = [F.col("told.cells").getItem(i).alias("c%d" % i) for i in range(len(plan["input"]))]
    unreadable = F.col("told.kind") == stages.UNREADABLE
    place = [F.col(name).alias("u_%s" % name) for name in ("key", "topic", "partition", "offset")]
    return asked.select(
        *cells,
        F.col("told.kind").alias(stages.KIND),
        *place,
        F.when(unreadable, F.col("value")).alias("u_value"),
        F.col("told.fault").alias("u_fault"),
        F.col("told.unknown").alias("u_unknown"),
    )


def trace_messages(frame, plan, schemas):
    """The trace of a micro-batch; to be persisted, since it is counted and written in several passes."""
    return stages.trace(read_messages(frame, plan, schemas), plan, keep=KEPT)


def count_messages(traced, plan):
    """Counts of a trace: as stages.measure, with `tombstones` and the rows with fields that the plan does not know."""
    first = "".join(" AND `%s` = 1" % one for one in plan.get("ordinals", []))
    further = [
        ("tombstones", F.expr("count_if(k = '%s')" % TOMBSTONE)),
        ("unknownFields", F.expr("count_if(k = '%s' AND u_unknown%s)" % (stages.ROW, first))),
    ]
    return stages.measure(traced, plan, further)


def unknown_schemas(traced):
    """Ids of schemas that messages lacked, at most MOST_UNKNOWN."""
    head = F.when(F.col("u_fault") == "key/unknown-schema", F.col("u_key")).otherwise(F.col("u_value"))
    lacking = traced.filter("u_fault IN ('unknown-schema', 'key/unknown-schema')")
    heads = lacking.select(F.substring(head, 1, 5).alias("head")).distinct().limit(MOST_UNKNOWN).collect()
    return sorted({schema_id(bytes(one["head"])) for one in heads})


def _header(name, column):
    return F.struct(F.lit(name).alias("key"), F.encode(column.cast("string"), "UTF-8").alias("value"))


def _source_headers(plan):
    """Where a message came from: the same however often it is written."""
    headers = [_header("source.%s" % one, F.col("u_%s" % one)) for one in ("topic", "partition", "offset")]
    ordinals = plan.get("ordinals", [])
    if ordinals:
        part = F.concat_ws(".", *[F.col(one).cast("string") for one in ordinals])
        # Only rows of the plan have parts.
        headers.append(_header("source.part", F.when(F.col(stages.KIND) == stages.ROW, part)))
    return headers


def _json(columns):
    return F.to_json(F.struct(*columns), {"ignoreNullFields": "false"})


def output_messages(traced, plan):
    """Kept rows as JSON objects of texts, and tombstones as they came, in the order of their partition."""
    rows = traced.filter("(k = '%s' AND f IS NULL) OR k = '%s'" % (stages.ROW, TOMBSTONE))
    value = _json([F.col(one["id"]).alias(one["column"]) for one in plan["output"]])
    return rows.select(
        F.col("u_key").alias("key"),
        F.when(F.col(stages.KIND) == stages.ROW, value).alias("value"),
        F.array(*_source_headers(plan)).alias("headers"),
    )


def _original(value):
    """An unreadable value as text; what is not UTF-8, in base64."""
    if value is None:
        return None
    try:
        return bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        return "base64:%s" % base64.b64encode(bytes(value)).decode("ascii")


def quarantine_messages(traced, plan):
    """Rows that left and unreadable messages as JSON objects: original cells, fate, step, column, reason, place."""
    rows = traced.filter("(k = '%s' AND f IS NOT NULL) OR k = '%s'" % (stages.ROW, stages.UNREADABLE))
    is_row = F.col(stages.KIND) == stages.ROW
    words = F.create_map(*[F.lit(part) for pair in plan["unreadable"].items() for part in pair])
    of_unreadable = {
        "fate": F.lit("rejected"),
        "reason": F.concat(F.lit("unreadable: "), F.coalesce(words[F.col("u_fault")], F.col("u_fault"))),
    }
    notes = [None] * len(plan["input"]) + list(plan["notes"])
    told = [
        F.when(is_row, F.expr(one["sql"])).otherwise(of_unreadable.get(note, F.lit(None)))
        for one, note in zip(plan["quarantine"], notes)
    ]
    place = [F.col("u_topic"), F.col("u_partition"), F.col("u_offset"), F.udf(_original, StringType())(F.col("u_value"))]
    names = [one["column"] for one in plan["quarantine"]] + list(plan["place"])
    columns = dict(zip(notes, told))
    headers = _source_headers(plan) + [_header(note, columns[note]) for note in ("fate", "reason")]
    return rows.select(
        F.col("u_key").alias("key"),
        _json([column.alias(name) for column, name in zip(told + place, names)]).alias("value"),
        F.array(*headers).alias("headers"),
    )


def free_name(wanted, taken):
    """A name that no column has, even apart from case."""
    lowered = {one.lower() for one in taken}
    while wanted.lower() in lowered:
        wanted = "_%s" % wanted
    return wanted


def write_parquet(spark, files, traced, plan, batch_id, folders, kept):
    """
    Puts a batch's kept rows into a folder of their own. A batch that is carried out again takes the place of what it
    had written: by a rename, so that a reader finds all of a batch or nothing of it.
    """
    names = [one["column"] for one in plan["output"]]
    target = "%s/%s=%d" % (folders["output"], free_name("batch", names), batch_id)
    staged, aside = ("%s/%s-%d" % (folders["run"], name, batch_id) for name in ("staged", "aside"))
    for one in (staged, aside):
        files.remove(one)
    if kept > 0:
        rows = stages.kept_rows(traced, plan).toDF(*names).coalesce(1 + kept // ROWS_PER_FILE)
        rows.write.parquet(staged)
        found = spark.read.parquet(staged).count()
        if found != kept:
            raise JobFault("output.rows", "A batch holds %d rows where %d were counted." % (found, kept))
    if files.exists(target) and not files.rename(target, aside):
        raise JobFault("output.replace", "What an earlier attempt had written of a batch could not be set aside.")
    if kept > 0 and not files.rename(staged, target):
        raise JobFault("output.exists", "Something else was written to a batch's folder meanwhile.")
    files.remove(aside)
