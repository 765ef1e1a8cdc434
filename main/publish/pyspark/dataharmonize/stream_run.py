"""
A stream: the approved plan on a topic, one micro-batch after another, until it is told to stop.

All attempts of a stream share a folder with its plan, its checkpoint and its progress. Each attempt has a folder of
its own with its claim, its report and the order to stop.
"""

import argparse
import json
import re
import sys
import threading
import time
import traceback

from pyspark.sql import SparkSession

from . import claim, micro_batch, stages
from .examples import check_examples
from .faults import JobFault
from .files import Files
from .keys import load_keys
from .plan import apply_settings, check_libraries, load_plan
from .registry import fetch_schema
from .report import finished_report, started_report
from .stream_progress import Progress, now

STREAM_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
LOOK_SECONDS = 1
TELL_SECONDS = 5
# How long a batch that was written may take to be committed.
COMMIT_SECONDS = 30


class Stopped(Exception):
    """Raised at the beginning of a batch, before anything of it is written."""


def arguments(argv):
    parser = argparse.ArgumentParser(prog="stream.py", description="Runs an approved plan on a topic.")
    parser.add_argument("--approved-hash", required=True, help="SHA-256 of the approved plan")
    parser.add_argument("--stream-id", required=True)
    parser.add_argument("--attempt", type=int, required=True, help="counts the starts of this stream, from 1")
    parser.add_argument("--root", required=True, help="folder that holds _runs")
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--output-topic", required=True)
    parser.add_argument("--quarantine-topic", required=True)
    parser.add_argument("--output", required=True, help="folder for Parquet, one folder in it for each batch")
    parser.add_argument("--from", dest="begin", required=True, help="earliest, latest, or offsets as JSON")
    parser.add_argument("--registry", help="address of the schema registry, where messages need one")
    parser.add_argument("--seconds", type=float, default=5, help="least time from one batch to the next")
    parser.add_argument("--most", type=int, default=200_000, help="most messages of a batch")
    return parser.parse_args(argv)


def main(argv):
    """Exit code: 0 stopped as ordered, 1 the stream failed, 2 the arguments are wrong."""
    options = arguments(argv)
    if not STREAM_ID.fullmatch(options.stream_id):
        print("--stream-id: letters, digits, _ . and - only, 80 at most", file=sys.stderr)
        return 2
    options.run_id = "%s-%d" % (options.stream_id, options.attempt)
    options.input, options.input_format = options.topic, "messages"
    spark = SparkSession.builder.appName("dataharmonize %s" % options.run_id).getOrCreate()
    try:
        return Stream(spark, options).carry_out()
    finally:
        spark.stop()


class Stream:
    def __init__(self, spark, options):
        self.spark = spark
        self.options = options
        self.files = Files(spark)
        runs = "%s/_runs" % self.files.qualified(options.root).rstrip("/")
        self.folder = "%s/%s" % (runs, options.stream_id)
        self.attempt = "%s/%s" % (runs, options.run_id)
        self.output = self.files.qualified(options.output).rstrip("/")
        self.report = started_report(spark, options)
        self.turn = threading.Lock()
        self.stopping = False
        self.fault = None
        self.last = -1

    def carry_out(self):
        claimed = False
        try:
            claim.claim(self.files, self.attempt, self.spark.sparkContext.applicationId)
            claimed = True
            self._prepare()
            self._run()
            self.report["status"] = "succeeded"
            return 0
        except JobFault as fault:
            return self._fail(fault.code, fault.message, fault.details)
        except Exception as error:  # Spark's own words may hold cell values: only its class of error is told.
            return self._fail(*_told(error))
        finally:
            if claimed:
                self._write_report()

    def _fail(self, code, message, details=None):
        print("%s: %s" % (code, message), file=sys.stderr)
        self.report.update(status="failed", code=code, message=message, details=details or {})
        return 1

    def _write_report(self):
        if hasattr(self, "plan") and hasattr(self, "progress"):
            totals = self.progress.totals
            measures = {one["name"]: totals["measures"].get(one["name"], 0) for one in self.plan["measures"]}
            counts = totals["counts"]
            counted = {"read": counts["read"] - counts["unreadable"], "blank": 0, "measures": measures}
            finished_report(self.report, self.plan, {**counts, **counted})
        self.report["finished"] = now()
        self.files.write_json("%s/report.json" % self.attempt, self.report)

    def _prepare(self):
        options = self.options
        content = self.files.read("%s/plan.json" % self.folder)
        if content is None:
            raise JobFault("plan.not-found", "There is no plan in the stream's folder.")
        self.plan = plan = load_plan(content, options.approved_hash)
        self.report["plan"]["name"] = plan["name"]
        if plan["source"]["format"] != "messages":
            raise JobFault("input.format", "The plan was made for %s input, not for messages." % plan["source"]["format"])
        _check_streams(plan)
        self._check_same()
        self.report["libraries"] = check_libraries(plan)
        load_keys(self.spark, plan)
        apply_settings(self.spark, plan)
        check_examples(self.spark, plan)
        self.progress = Progress(
            self.files, "%s/progress.json" % self.folder, options.stream_id, self.report["plan"]["hash"], options.attempt
        )
        self._check_checkpoint()
        self.schemas = json.loads((self.files.read("%s/schemas.json" % self.folder) or b"{}").decode("utf-8"))

    def _check_same(self):
        """A stream is one plan, one topic and one target: its checkpoint is of no use to another."""
        options = self.options
        mine = {
            "planHash": self.report["plan"]["hash"],
            "topic": options.topic,
            "outputTopic": options.output_topic,
            "quarantineTopic": options.quarantine_topic,
            "output": self.output,
            "begin": options.begin,
        }
        path = "%s/stream.json" % self.folder
        if not self.files.create_whole(path, json.dumps(mine, indent=1).encode("utf-8")):
            first = json.loads(self.files.read(path).decode("utf-8"))
            other = [name for name in mine if first.get(name) != mine[name]]
            if other:
                raise JobFault(
                    "stream.changed",
                    "This stream was begun with another %s: its checkpoint is of no use here. Start a new stream."
                    % " and ".join(other),
                )
            return
        # The first start: what stands at the target is not this stream's.
        mark = {"streamId": options.stream_id, "planHash": mine["planHash"]}
        if self.files.exists(self.output):
            raise JobFault("output.exists", "Something stands at the target already; choose a folder of its own.")
        self.files.write_json("%s/%s" % (self.output, claim.MARK), mark)

    def _check_checkpoint(self):
        if self.progress.batch >= 0 and not self.files.exists("%s/checkpoint/offsets" % self.folder):
            raise JobFault(
                "stream.checkpoint", "The stream's checkpoint was removed, so where to go on is not known. Start a new stream."
            )

    def _messages(self):
        options = self.options
        return (
            self.spark.readStream.format("kafka")
            .option("kafka.bootstrap.servers", options.brokers)
            .option("kafka.isolation.level", "read_committed")
            .option("subscribe", options.topic)
            .option("startingOffsets", options.begin)
            .option("maxOffsetsPerTrigger", options.most)
            # Messages that the broker has removed unread end the stream: they cannot be counted.
            .option("failOnDataLoss", "true")
            .load()
        )

    def _run(self):
        query = (
            self._messages()
            .writeStream.foreachBatch(self._batch)
            .option("checkpointLocation", "%s/checkpoint" % self.folder)
            .trigger(processingTime="%d milliseconds" % (self.options.seconds * 1000))
            .start()
        )
        try:
            self._follow(query)
        except Exception:
            if self.fault is not None:
                raise self.fault from None
            raise
        finally:
            query.stop()

    def _follow(self, query):
        told = 0
        while True:
            try:
                if query.awaitTermination(LOOK_SECONDS):
                    return
            except Exception:
                if isinstance(self.fault, Stopped):
                    return
                raise
            if not self.stopping and self.files.exists("%s/stop.json" % self.attempt):
                self.stopping = True
            if self.stopping:
                # Waits for a batch that is being written; the next one would stop before it writes.
                with self.turn:
                    pass
                self._await_commit(query)
                return
            if time.monotonic() - told > TELL_SECONDS:
                self._tell(query)
                told = time.monotonic()

    def _await_commit(self, query):
        until = time.monotonic() + COMMIT_SECONDS
        path = "%s/checkpoint/commits/%d" % (self.folder, self.last)
        while self.last >= 0 and query.isActive and time.monotonic() < until and not self.files.exists(path):
            time.sleep(0.1)

    def _tell(self, query):
        with self.turn:
            seen = query.lastProgress
            latest = seen["sources"][0].get("latestOffset") if seen and seen["sources"] else None
            if latest:
                self.progress.observe(_offsets(latest, self.options.topic))
            self.progress.tell()

    def _batch(self, frame, batch_id):
        with self.turn:
            try:
                if self.stopping:
                    raise Stopped()
                self._check_alone()
                self._carry_out_batch(frame, batch_id)
                self.last = batch_id
            except BaseException as error:
                self.fault = error
                raise

    def _check_alone(self):
        """An attempt that only seemed dead must not write beside the one that took its place."""
        following = "%s-%d" % (self.options.stream_id, self.options.attempt + 1)
        if self.files.exists("%s/_runs/%s/claim.json" % (self.files.qualified(self.options.root).rstrip("/"), following)):
            raise JobFault("stream.superseded", "A later start of this stream has taken over.")

    def _carry_out_batch(self, frame, batch_id):
        since = time.monotonic()
        plan, spark = self.plan, frame.sparkSession
        if batch_id not in (self.progress.batch, self.progress.batch + 1):
            raise JobFault("stream.batch", "Batch %d follows batch %d: the checkpoint is of another stream." % (batch_id, self.progress.batch))
        traced = micro_batch.trace_messages(frame, plan, self.schemas).persist()
        try:
            found = micro_batch.count_messages(traced, plan)
            while found["unreadable"] and self._learn_schemas(traced):
                traced.unpersist()
                traced = micro_batch.trace_messages(frame, plan, self.schemas).persist()
                found = micro_batch.count_messages(traced, plan)
            counted = self._counted(found)
            micro_batch.write_parquet(
                spark, self.files, traced, plan, batch_id, {"run": self.folder, "output": self.output}, counted["counts"]["kept"]
            )
            counts = counted["counts"]
            if counts["kept"] + counts["tombstones"]:
                self._send(micro_batch.output_messages(traced, plan), self.options.output_topic)
            if counts["filtered"] + counts["rejected"] + counts["merged"]:
                self._send(micro_batch.quarantine_messages(traced, plan), self.options.quarantine_topic)
        finally:
            traced.unpersist()
        self.progress.count(batch_id, counted, self._offsets_of(batch_id), time.monotonic() - since)

    def _learn_schemas(self, traced):
        """Fetches schemas that messages lacked; answers whether the registry had any."""
        if self.options.registry is None:
            return False
        asked = {str(one): fetch_schema(self.options.registry, one) for one in micro_batch.unknown_schemas(traced)}
        learned = {number: schema for number, schema in asked.items() if schema is not None}
        if learned:
            self.schemas = {**self.schemas, **learned}
            self.files.replace_json("%s/schemas.json" % self.folder, self.schemas)
        return bool(learned)

    def _send(self, messages, topic):
        (
            messages.write.format("kafka")
            .option("kafka.bootstrap.servers", self.options.brokers)
            .option("kafka.acks", "all")
            .option("kafka.max.request.size", str(64 * 1024 * 1024))
            .option("includeHeaders", "true")
            .option("topic", topic)
            .save()
        )

    def _counted(self, found):
        """The counts of one batch, checked: every message is a row, unreadable or a tombstone, every row has a fate."""
        report = {}
        finished_report(report, self.plan, found)
        counts = {
            **report["counts"],
            "unreadable": found["unreadable"],
            "tombstones": found["tombstones"],
            "unknownFields": found["unknownFields"],
            "messages": found["messages"],
        }
        left = counts["kept"] + counts["filtered"] + counts["rejected"] + counts["merged"]
        whole = counts["messages"] == counts["read"] + counts["tombstones"]
        if not whole or counts["read"] + counts["added"] != left:
            raise JobFault("stream.counts", "The counts of a batch do not add up; nothing of it was written.")
        return {"counts": counts, "measures": found["measures"]}

    def _offsets_of(self, batch_id):
        """Where reading goes on after a batch, by partition, as the checkpoint has it; None where it cannot be read."""
        content = self.files.read("%s/checkpoint/offsets/%d" % (self.folder, batch_id))
        try:
            return _offsets(json.loads(content.decode("utf-8").rstrip("\n").rsplit("\n", 1)[-1]), self.options.topic)
        except (AttributeError, ValueError, KeyError):
            return None


def _offsets(told, topic):
    return {str(partition): int(offset) for partition, offset in told[topic].items()}


def _check_streams(plan):
    """What needs more than one row, or the end of the data, has no answer in a stream."""
    kinds = {stage["kind"] for stage in plan["stages"]} & {"rank", "count", "first"}
    whole = [stage["lookup"] for stage in plan["stages"] if stage["kind"] == "lookup" and stage["lookup"] == "match"]
    if kinds or whole or plan["stops"] or plan["expectations"]:
        raise JobFault("stream.steps", "The plan has steps or checks that need all rows, which a stream never has.")


def _told(error):
    where = traceback.extract_tb(error.__traceback__)[-1]
    code = getattr(error, "getErrorClass", lambda: None)() or type(error).__name__
    return "job.failed", "The job failed with %s at %s:%d." % (code, where.name, where.lineno)
