"""What is done with each micro-batch of a stream, in an order that a crash at any place leaves whole."""

import json
import time

from . import micro_batch
from .faults import JobFault
from .report import finished_report


def offsets_of(told, topic):
    """Offsets by partition, from Spark's own words for them."""
    return {str(partition): int(offset) for partition, offset in told[topic].items()}


class Batches:
    """
    Cleans, counts and writes batches: first the files, which are replaced when the batch is done again, then the
    topics, then the counts. `folder`: what the stream's attempts share; `output`: where the Parquet goes; `kafka`:
    options that reach the brokers; `registry`: None where messages need none.
    """

    def __init__(self, files, options, plan, progress, folder, output, kafka, registry):
        self.files = files
        self.options = options
        self.plan = plan
        self.progress = progress
        self.folder = folder
        self.output = output
        self.kafka = kafka
        self.registry = registry
        self.schemas = json.loads((files.read("%s/schemas.json" % folder) or b"{}").decode("utf-8"))

    def carry_out(self, frame, batch_id):
        since = time.monotonic()
        plan, spark = self.plan, frame.sparkSession
        if batch_id not in (self.progress.batch, self.progress.batch + 1):
            raise JobFault("stream.batch", "Batch %d follows batch %d: the checkpoint is of another stream." % (batch_id, self.progress.batch))
        # Kept before the first function in Python: Kafka's consumers are to run in Spark's own threads.
        messages = frame.select("key", "value", "topic", "partition", "offset").persist()
        traced = None
        try:
            read = messages.count()
            traced = micro_batch.trace_messages(messages, plan, self.schemas).persist()
            found = micro_batch.count_messages(traced, plan)
            while found["unreadable"] and self._learn_schemas(traced):
                traced.unpersist()
                traced = micro_batch.trace_messages(messages, plan, self.schemas).persist()
                found = micro_batch.count_messages(traced, plan)
            counted = self._counted(read, found)
            self._write(spark, traced, batch_id, counted["counts"])
        finally:
            for one in (traced, messages):
                if one is not None:
                    one.unpersist()
        self.progress.count(batch_id, counted, self._offsets_of(batch_id), time.monotonic() - since)

    def _write(self, spark, traced, batch_id, counts):
        plan, folders = self.plan, {"run": self.folder, "output": self.output}
        micro_batch.write_parquet(spark, self.files, traced, plan, batch_id, folders, counts["kept"])
        if counts["kept"] + counts["tombstones"]:
            self._send(micro_batch.output_messages(traced, plan), self.options.output_topic)
        if counts["filtered"] + counts["rejected"] + counts["merged"]:
            self._send(micro_batch.quarantine_messages(traced, plan), self.options.quarantine_topic)

    def _learn_schemas(self, traced):
        """Fetches schemas that messages lacked; answers whether the registry had any."""
        if self.registry is None:
            return False
        asked = {str(one): self.registry.schema(one) for one in micro_batch.unknown_schemas(traced)}
        learned = {number: schema for number, schema in asked.items() if schema is not None}
        if learned:
            self.schemas = {**self.schemas, **learned}
            self.files.replace_json("%s/schemas.json" % self.folder, self.schemas)
        return bool(learned)

    def _send(self, messages, topic):
        (
            messages.write.format("kafka")
            .options(**self.kafka)
            .option("kafka.acks", "all")
            .option("kafka.max.request.size", str(64 * 1024 * 1024))
            .option("includeHeaders", "true")
            .option("topic", topic)
            .save()
        )

    def _counted(self, read, found):
        """The counts of one batch, checked: every message is a row, unreadable or a tombstone, every row has a fate."""
        report = {}
        finished_report(report, self.plan, found)
        counts = {
            **report["counts"],
            "unreadable": found["unreadable"],
            "tombstones": found["tombstones"],
            "unknownFields": found["unknownFields"],
            "messages": read,
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
            return offsets_of(json.loads(content.decode("utf-8").rstrip("\n").rsplit("\n", 1)[-1]), self.options.topic)
        except (AttributeError, ValueError, KeyError):
            return None
