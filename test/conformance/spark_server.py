"""
One Spark session for all conformance tests. Reads requests on stdin, a line `ID JSON` each, and answers several at a
time, each with a line `ID {"answer"}` or `ID {"error"}`. Plans run through the job's own functions.
"""

import json
import os
import random
import shutil
import sys
import threading
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "main", "publish", "pyspark"))

from pyspark.sql import SparkSession, functions as F
from pyspark.sql.types import LongType, StringType, StructField, StructType

from dataharmonize import keys, stages
from dataharmonize.plan import apply_settings, check_libraries
from dataharmonize.run import Run, arguments


REQUESTS_AT_ONCE = 8
PLANS_AT_ONCE = 3
# A job sets what its session reads files by.
JOB = threading.Lock()
# By name, a future that holds the table.
TABLES = {}
LONGEST_LITERAL = 200_000
TOLD = """
  array_join(transform(array_sort(collect_list(struct(id, coalesce(hex(e), 'null') AS hex))),
    one -> concat(one.id, ':', one.hex)), ',')
"""


def threads(spark, count):
    """Threads in which SQL is read by the session's settings, as in the one of a job."""
    session = spark._jvm.SparkSession
    return ThreadPoolExecutor(count, initializer=lambda: session.setActiveSession(spark._jsparkSession))


@lru_cache
def plan_threads(spark):
    """Those in which all plans run."""
    return threads(spark, PLANS_AT_ONCE)


def table(spark, rows, columns, partitions, seed):
    """Rows as r, c0 … cn in this many partitions; r is the row's place from 0, whatever order the seed gives."""
    names = ["c%d" % i for i in range(columns)]
    numbered = [(place, *row) for place, row in enumerate(rows)]
    if seed is not None:
        random.Random(seed).shuffle(numbered)
    written = json.dumps([dict(zip(["r"] + names, row)) for row in numbered])
    if len(written) > LONGEST_LITERAL:
        fields = [StructField("r", LongType())] + [StructField(name, StringType()) for name in names]
        return spark.createDataFrame(spark.sparkContext.parallelize(numbered, partitions), StructType(fields))
    # A small table travels inside the plan: no Python process has to start for it.
    schema = "array<struct<r:bigint%s>>" % "".join(",%s:string" % name for name in names)
    placed = spark.range(0, partitions, 1, partitions).select(
        "id", F.posexplode(F.from_json(F.lit(written), schema)).alias("place", "row")
    )
    return placed.filter("place %% %d = id" % partitions).select("row.*")


def evaluate(spark, request):
    """Expressions over a table's c0 … cn: a list of values for each expression, in order of rows."""
    for key, value in request["settings"].items():
        spark.conf.set(key, value)
    made = TABLES[request["table"]]
    if "rows" in request:
        try:
            made.set_result(table(spark, request["rows"], request["columns"], 2, None).persist())
        except Exception as error:
            made.set_exception(error)
    frame = made.result()
    found = frame.select("r", *[F.expr(sql).alias("e%d" % i) for i, sql in enumerate(request["expressions"])])
    answers = sorted(found.collect(), key=lambda row: row["r"])
    return [[row["e%d" % i] for row in answers] for i in range(len(request["expressions"]))]


def in_order(rows, ordinals):
    """Rows in the order of the source; parts of one row as they stood in it."""
    return sorted(rows, key=lambda row: [row["r"], *[row[one] for one in ordinals]])


def run_plan(spark, request):
    """A plan over rows: output cells and fate of each row, and the counts."""
    plan = request["plan"]
    apply_settings(spark, plan)
    check_libraries(plan)
    frame = table(spark, request["rows"], len(plan["input"]), request.get("partitions", 2), request.get("seed"))
    traced = stages.trace(frame.withColumn(stages.KIND, F.lit(stages.ROW)), plan, keep=("r",)).persist()
    try:
        counted = stages.measure(traced, plan)
        ordinals = plan.get("ordinals", [])
        ids = [one["id"] for one in plan["output"]]
        notes = [F.expr("CASE WHEN f IS NOT NULL THEN %s END" % one["sql"]) for one in plan["quarantine"]]
        rows = in_order(traced.select("r", "f", *ids, *notes, *ordinals).collect(), ordinals)
        first, last = 2 + len(ids), 2 + len(ids) + len(notes)
        return {
            "measures": {"read": counted["read"], **counted["measures"]},
            "from": [row["r"] for row in rows],
            "fates": [row["f"] for row in rows],
            "cells": [list(row[2:first]) for row in rows],
            "quarantined": [list(row[first:last]) for row in rows],
        }
    finally:
        traced.unpersist()


def run_small(spark, request):
    """The same as run_plan, in one job: the counts are added up here."""
    plan = request["plan"]
    apply_settings(spark, plan)
    check_libraries(plan)
    frame = table(spark, request["rows"], len(plan["input"]), request.get("partitions", 2), request.get("seed"))
    traced = stages.trace(frame.withColumn(stages.KIND, F.lit(stages.ROW)), plan, keep=("r",))
    ids = [one["id"] for one in plan["output"]]
    marks = stages.measure_columns(plan)
    notes = [F.expr("CASE WHEN f IS NOT NULL THEN %s END" % one["sql"]) for one in plan["quarantine"]]
    ordinals = plan.get("ordinals", [])
    rows = in_order(traced.select("r", "f", *ids, *marks, *notes, *ordinals).collect(), ordinals)
    first = 2 + len(ids)
    last = first + len(marks)
    end = last + len(notes)
    read = sum(all(row[one] == 1 for one in ordinals) for row in rows)
    counts = {one["name"]: sum(row[first + i] for row in rows) for i, one in enumerate(plan["measures"])}
    return {
        "measures": {"read": read, **counts},
        "from": [row["r"] for row in rows],
        "fates": [row["f"] for row in rows],
        "cells": [list(row[2:first]) for row in rows],
        "quarantined": [list(row[last:end]) for row in rows],
    }


def run_plans(spark, request):
    """Several plans at once: while one computes, another is being planned. An answer is a trace or {"fault"}."""

    def answer(one):
        try:
            return run_small(spark, one)
        except Exception:
            return {"fault": traceback.format_exc()}

    return list(plan_threads(spark).map(answer, request["plans"]))


def sweep(spark, request):
    """For each expression over every code point: `POINT:HEX,…`, the UTF-8 of the answer where it is not the input."""
    for key, value in request["settings"].items():
        spark.conf.set(key, value)
    points = spark.range(1, 0x110000, numPartitions=4).filter("id < 55296 OR id > 57343")
    # Java drops U+FEFF at the start of UTF-32.
    encoded = F.unhex(F.concat(F.lit("00000061"), F.lpad(F.hex("id"), 8, "0")))
    text = F.call_function("decode", encoded, F.lit("UTF-32BE")).substr(2, 1)
    frame = points.select("id", text.alias("c0")).persist()
    answers = []
    for sql in request["expressions"]:
        found = frame.select("id", "c0", F.expr(sql).cast("string").alias("e")).filter("NOT (e <=> c0)")
        # Text of many points at once: a row for each would be slow to pass on.
        told = found.groupBy(F.expr("id DIV 4096").alias("block")).agg(F.expr(TOLD).alias("told")).collect()
        answers.append(",".join(row["told"] for row in sorted(told)))
    frame.unpersist()
    return answers


def run_job(spark, request):
    """The job with these arguments, in this session. Answers its exit code."""
    with JOB:
        return Run(spark, arguments(request["arguments"])).carry_out()


def credentials(spark, request):
    """Makes a new keystore of these credentials the cluster's provider; null takes the provider away."""
    configuration = spark.sparkContext._jsc.hadoopConfiguration()
    if request["path"] is None:
        return configuration.unset("hadoop.security.credential.provider.path")
    configuration.set("hadoop.security.credential.provider.path", request["path"])
    jvm = spark.sparkContext._jvm
    provider = jvm.org.apache.hadoop.security.alias.CredentialProviderFactory.getProviders(configuration).get(0)
    for alias, text in request["entries"].items():
        characters = spark.sparkContext._gateway.new_array(jvm.char, len(text))
        for i, character in enumerate(text):
            characters[i] = character
        provider.createCredentialEntry(alias, characters)
    provider.flush()


keys.KEYS["example"] = os.environ["DATAHARMONIZE_KEY_EXAMPLE"].encode("utf-8")

ACTIONS = {
    "evaluate": evaluate,
    "plan": run_plan,
    "plans": run_plans,
    "sweep": sweep,
    "job": run_job,
    "credentials": credentials,
}


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    spark = (
        SparkSession.builder.master("local[2]")
        .appName("conformance")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")

    writing = threading.Lock()

    def write(number, told):
        with writing:
            answers.write("%s %s\n" % (number, json.dumps(told)))
            answers.flush()

    def respond(number, request):
        try:
            write(number, {"answer": ACTIONS[request["do"]](spark, request)})
        except Exception:
            write(number, {"error": traceback.format_exc()})

    write("0", {"answer": {"version": spark.version}})
    with threads(spark, REQUESTS_AT_ONCE) as pool:
        for line in sys.stdin:
            number, _, text = line.partition(" ")
            request = json.loads(text)
            if request["do"] == "evaluate" and "rows" in request:
                TABLES[request["table"]] = Future()
            pool.submit(respond, number, request)
        # Nobody is there any more for what has not begun.
        plan_threads(spark).shutdown(wait=False, cancel_futures=True)
        pool.shutdown(cancel_futures=True)
    gateway = spark.sparkContext._gateway
    spark.stop()
    # Java ends with its input, and removes what it wrote; what is left goes with the folder.
    gateway.proc.stdin.close()
    gateway.proc.wait(20)
    if "CONFORMANCE_FOLDER" in os.environ:
        shutil.rmtree(os.environ["CONFORMANCE_FOLDER"], ignore_errors=True)


if __name__ == "__main__":
    main()
