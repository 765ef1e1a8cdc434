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

from pyspark.sql import SparkSession

from . import claim
from .examples import check_examples
from .faults import JobFault
from .files import Files
from .keys import load_keys
from .plan import apply_settings, check_libraries, load_plan
from .registry import Registry
from .report import finished_report, started_report
from .stream_access import HIDDEN_OPTIONS, kafka_options, take_access
from .stream_batches import Batches, offsets_of
from .stream_faults import failure_of, lost_its_metrics
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
    parser.add_argument("--signs-in", action="store_true", help="what it signs in with is in the stream's folder")
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
    # A job without an end must not fill the disk with its log.
    spark.sparkContext.setLogLevel("WARN")
    try:
        return Stream(spark, options).carry_out()
    finally:
        spark.stop()


class Stream:
    def __init__(self, spark, options):
        self.spark = spark
        self.options = options
        self.files = Files(spark)
        self.runs = "%s/_runs" % self.files.qualified(options.root).rstrip("/")
        self.folder = "%s/%s" % (self.runs, options.stream_id)
        self.attempt = "%s/%s" % (self.runs, options.run_id)
        self.output = self.files.qualified(options.output).rstrip("/")
        self.report = started_report(spark, options)
        self.turn = threading.Lock()
        self.stopping = False
        self.fault = None
        self.first = self.last = -1

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
            return self._fail(*failure_of(error))
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
        self.spark.conf.set("spark.sql.redaction.options.regex", HIDDEN_OPTIONS)
        access = take_access(self.files, self.folder) if options.signs_in else {}
        self.kafka = {"kafka.bootstrap.servers": options.brokers, **kafka_options(access)}
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
        registry = None if options.registry is None else Registry(options.registry, access.get("registry"))
        self.batches = Batches(self.files, options, plan, self.progress, self.folder, self.output, self.kafka, registry)

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
            .options(**self.kafka)
            .option("kafka.isolation.level", "read_committed")
            .option("subscribe", options.topic)
            .option("startingOffsets", options.begin)
            .option("maxOffsetsPerTrigger", options.most)
            # Messages that the broker has removed unread end the stream: they cannot be counted.
            .option("failOnDataLoss", "true")
            .load()
        )

    def _start(self):
        return (
            self._messages()
            .writeStream.foreachBatch(self._batch)
            .option("checkpointLocation", "%s/checkpoint" % self.folder)
            .trigger(processingTime="%d milliseconds" % (self.options.seconds * 1000))
            .start()
        )

    def _run(self):
        again = True
        while again:
            again = False
            query = self._start()
            try:
                self._follow(query)
            except Exception as error:
                if self.fault is not None:
                    raise self.fault from None
                # The batch is written; where it was not committed, it is done again as after a crash.
                again = self.last == self.first and lost_its_metrics(error)
                if not again:
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
                self.progress.observe(offsets_of(latest, self.options.topic))
            self.progress.tell()

    def _batch(self, frame, batch_id):
        with self.turn:
            try:
                if self.stopping:
                    raise Stopped()
                self._check_alone()
                self.batches.carry_out(frame, batch_id)
                self.first = batch_id if self.first < 0 else self.first
                self.last = batch_id
            except BaseException as error:
                self.fault = error
                raise

    def _check_alone(self):
        """An attempt that only seemed dead must not write beside the one that took its place."""
        following = "%s-%d" % (self.options.stream_id, self.options.attempt + 1)
        if self.files.exists("%s/%s/claim.json" % (self.runs, following)):
            raise JobFault("stream.superseded", "A later start of this stream has taken over.")


def _check_streams(plan):
    """What needs more than one row, or the end of the data, has no answer in a stream."""
    kinds = {stage["kind"] for stage in plan["stages"]} & {"rank", "count", "first"}
    whole = [stage["lookup"] for stage in plan["stages"] if stage["kind"] == "lookup" and stage["lookup"] == "match"]
    if kinds or whole or plan["stops"] or plan["expectations"]:
        raise JobFault("stream.steps", "The plan has steps or checks that need all rows, which a stream never has.")
