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
from .keys import load_keys
from .plan import apply_settings, check_libraries
from .report import finished_report
from .stream_batches import Batches, offsets_of
from .stream_faults import lost_its_metrics
from .stream_progress import Progress
from .topic_job import TopicJob, common_arguments

STREAM_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
LOOK_SECONDS = 1
TELL_SECONDS = 5
# How long a batch that was written may take to be committed.
COMMIT_SECONDS = 30


class Stopped(Exception):
    """Raised at the beginning of a batch, before anything of it is written."""


def arguments(argv):
    parser = argparse.ArgumentParser(prog="stream.py", description="Runs an approved plan on a topic.")
    common_arguments(parser)
    parser.add_argument("--stream-id", required=True)
    parser.add_argument("--attempt", type=int, required=True, help="counts the starts of this stream, from 1")
    parser.add_argument("--output-topic", required=True)
    parser.add_argument("--quarantine-topic", required=True)
    parser.add_argument("--output", required=True, help="folder for Parquet, one folder in it for each batch")
    parser.add_argument("--from", dest="begin", required=True, help="earliest, latest, or offsets as JSON")
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
    spark = SparkSession.builder.appName("dataharmonize %s" % options.run_id).getOrCreate()
    # A job without an end must not fill the disk with its log.
    spark.sparkContext.setLogLevel("WARN")
    try:
        return Stream(spark, options).carry_out()
    finally:
        spark.stop()


class Stream(TopicJob):
    def __init__(self, spark, options):
        super().__init__(spark, options, options.stream_id)
        self.output = self.files.qualified(options.output).rstrip("/")
        self.turn = threading.Lock()
        self.stopping = False
        self.fault = None
        self.first = self.last = -1

    def _write_report(self):
        if hasattr(self, "progress"):
            totals = self.progress.totals
            measures = {one["name"]: totals["measures"].get(one["name"], 0) for one in self.plan["measures"]}
            counts = totals["counts"]
            counted = {"read": counts["read"] - counts["unreadable"], "blank": 0, "measures": measures}
            finished_report(self.report, self.plan, {**counts, **counted})
        super()._write_report()

    def _prepare(self):
        plan = self.plan
        _check_streams(plan)
        self._check_same()
        self.report["libraries"] = check_libraries(plan)
        load_keys(self.spark, plan)
        apply_settings(self.spark, plan)
        check_examples(self.spark, plan)
        self.progress = Progress(
            self.files,
            "%s/progress.json" % self.folder,
            self.options.stream_id,
            self.report["plan"]["hash"],
            self.options.attempt,
        )
        self._check_checkpoint()
        given = (plan, self.progress, self.folder, self.output, self.kafka, self.registry)
        self.batches = Batches(self.files, self.options, *given)

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
