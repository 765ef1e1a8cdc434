"""
Looks at messages of a topic for the workbench, up to where it ended when the job was submitted: the shapes of their
values, and a message that has each. Messages are read as a stream reads them, the oldest first, a portion at a time, so
that little is held at once. What was found stays in the run's folder, for whoever asked.
"""

import argparse
import json
import math
import re
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

from . import claim, columnar
from .faults import JobFault
from .messages import message_reader, schema_id
from .micro_batch import MOST_UNKNOWN, TOMBSTONE
from .plan import apply_settings, check_libraries
from .stages import ROW, UNREADABLE
from .survey import listed
from .topic_job import TopicJob, common_arguments
from .unreadable_message import Unreadable

# Messages of the first portion; of a later one as many as take about so many bytes, by the size of those before.
FIRST_PORTION = 200_000
PORTION_BYTES = 2 * 1024**3
MOST_OF_PORTION = 20_000_000
MESSAGES_PER_TASK = 100_000
ANSWER_MS = 20_000
# A message's place is one number, which Spark compares as it counts: its partition before its offset of so many bits.
OFFSET_BITS = 44

_READ = StructType(
    [
        StructField("kind", StringType()),
        StructField(
            "fields", ArrayType(StructType([StructField("name", StringType()), StructField("value", StringType())]))
        ),
    ]
)
# What stands for the message itself among its fields.
_WHOLE = (None, None)
_TOLD_AS = {ROW: "rows", UNREADABLE: "unreadable", TOMBSTONE: "tombstones"}
# Where the words for streams would mislead.
_WORDS = {
    "stream.data-loss": "The brokers have removed messages before they were read, or the topic was made anew.",
    "stream.topic": "The topic is not there.",
}


def arguments(argv):
    parser = argparse.ArgumentParser(prog="scan.py", description="Looks at messages of a topic, and writes none.")
    common_arguments(parser)
    parser.add_argument("--run-id", required=True)
    return parser.parse_args(argv)


def main(argv):
    """Exit code: 0 done, 1 the run failed, 2 the arguments are wrong."""
    options = arguments(argv)
    if not claim.RUN_ID.fullmatch(options.run_id):
        print(claim.RUN_ID_RULE, file=sys.stderr)
        return 2
    spark = SparkSession.builder.appName("dataharmonize %s" % options.run_id).getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    try:
        return TopicScan(spark, options).carry_out()
    finally:
        spark.stop()


def portion_of(left, most):
    """
    About `most` messages, of each stretch (partition, start, end) its share from the oldest on: so none waits until the
    broker removes it. Answers them as stretches, and what is left then.
    """
    share = min(1, most / sum(end - start for _, start, end in left))
    taken = [(partition, start, start + math.ceil((end - start) * share)) for partition, start, end in left]
    return taken, [(partition, upto, end) for (partition, _, end), (_, _, upto) in zip(left, taken) if upto < end]


def columns_of(filled):
    """
    Columns as gatherColumns of shared/reading/flatten.ts finds them: a path that is null wherever it appears is none
    where others lie below it. `filled`: paths in their order, and whether each has a value.
    """
    parents = {name[: dot.start()] for name in filled for dot in re.finditer(r"\.", name)}
    return [name for name, has in filled.items() if has or name not in parents]


def read_fields(messages, source, schemas):
    """Adds `told` to messages: their kind, and the paths and texts of a row's fields, after one for the message itself."""
    read = message_reader(source, schemas)

    def told(key, value):
        if value is None:
            return (TOMBSTONE, [_WHOLE])
        try:
            names, cells = read(None if key is None else bytes(key), bytes(value))
        except Unreadable:
            return (UNREADABLE, [_WHOLE])
        return (ROW, [_WHOLE, *zip(names, cells)])

    # Marked non-deterministic so that Spark computes it once a message.
    return messages.select("*", F.udf(told, _READ).asNondeterministic()("key", "value").alias("told"))


def count_shapes(fields, shape):
    """
    Counts by `kind`, `name` of a field (null: the messages themselves) and `shape`, each with the lowest `place` and
    the `bytes` of the messages. `fields`: messages of read_fields.
    """
    size = F.coalesce(F.length("key"), F.lit(0)) + F.coalesce(F.length("value"), F.lit(0))
    exploded = fields.select("place", size.alias("size"), "told.kind", F.explode("told.fields").alias("one"))
    return (
        exploded.select("place", "size", "kind", "one.name", "one.value")
        .select(
            *("kind", "name", "place"),
            F.when(F.col("value").isNotNull(), F.expr(shape)).alias("shape"),
            F.when(F.col("name").isNull(), F.col("size")).alias("size"),
        )
        .groupBy("kind", "name", "shape")
        # Numbers alone: for the lowest of texts or structs Spark would sort all cells.
        .agg(F.count(F.lit(1)).alias("rows"), F.min("place").alias("place"), F.sum("size").alias("bytes"))
    )


class Met:
    """The shapes met so far of each field, in the order of the fields, with the place of the first message of each."""

    def __init__(self, survey):
        self._survey = survey
        self.places = {}
        # Fields with more shapes than are covered.
        self.free = set()
        self._examples = 0

    def assert_few(self, fields):
        most = self._survey["mostColumns"]
        if fields > most:
            raise JobFault(
                "source.columns", "The messages have more than %d different fields; each would be a column." % most
            )

    def add(self, groups):
        """Takes (name, shape, place) of a portion, by place; answers the places of messages that are to be examples."""
        new = {}
        for name, shape, place in groups:
            known = self.places.setdefault(name, {})
            if shape is None or shape in known or name in self.free:
                continue
            known[shape] = place
            if len(known) > self._survey["mostShapes"]:
                self.free.add(name)
            new[place] = None
        self.assert_few(len(self.places))
        examples = list(new)[: self._survey["mostExamples"] - self._examples]
        self._examples += len(examples)
        return examples


class TopicScan(TopicJob):
    def __init__(self, spark, options):
        super().__init__(spark, options, options.run_id)

    def _prepare(self):
        self.report["libraries"] = check_libraries(self.plan)
        apply_settings(self.spark, self.plan)
        self.survey = self.plan["survey"]
        self.isolation = "read_%s" % self.survey["isolation"]
        self.schemas = {}
        self.met = Met(self.survey)
        # Cells by path, by the place of their message.
        self.examples = {}
        self.portions = self.messages = self.bytes = 0

    def _run(self):
        left = self._stretches()
        most = FIRST_PORTION
        while left:
            taken, left = portion_of(left, most)
            self._look(taken)
            most = max(1, min(MOST_OF_PORTION, PORTION_BYTES * self.messages // max(1, self.bytes)))
            self.files.replace_json("%s/progress.json" % self.folder, {"phase": "looking", "rows": self.messages})
        self._leave()

    def _consumer(self):
        jvm = self.spark.sparkContext._jvm
        settings = jvm.java.util.HashMap()
        for name, value in self.kafka.items():
            settings.put(name[len("kafka.") :], value)
        for part in ("key", "value"):
            settings.put("%s.deserializer" % part, "org.apache.kafka.common.serialization.ByteArrayDeserializer")
        settings.put("isolation.level", self.isolation)
        settings.put("default.api.timeout.ms", str(ANSWER_MS))
        return jvm.org.apache.kafka.clients.consumer.KafkaConsumer(settings)

    def _stretches(self):
        """Those of the plan, as far as they are still there and no open transaction holds them."""
        jvm = self.spark.sparkContext._jvm
        asked = self.survey["stretches"]
        consumer = self._consumer()
        try:
            parts = [jvm.org.apache.kafka.common.TopicPartition(self.options.topic, one[0]) for one in asked]
            listing = jvm.java.util.ArrayList()
            for part in parts:
                listing.add(part)
            first, last = consumer.beginningOffsets(listing), consumer.endOffsets(listing)
            bounded = [
                (partition, max(start, first[part]), min(end, last[part]))
                for (partition, start, end), part in zip(asked, parts)
            ]
        finally:
            consumer.close()
        if any(end >> OFFSET_BITS for _, _, end in bounded):
            raise JobFault("input.offsets", "The topic has offsets of more than %d bits." % OFFSET_BITS)
        return [(partition, start, end) for partition, start, end in bounded if start < end]

    def _read(self, stretches):
        def told(offsets):
            return json.dumps({self.options.topic: offsets})

        tasks = sum(end - start for _, start, end in stretches) // MESSAGES_PER_TASK
        place = F.shiftleft(F.col("partition").cast("bigint"), OFFSET_BITS) + F.col("offset")
        return (
            self.spark.read.format("kafka")
            .options(**self.kafka)
            .option("kafka.isolation.level", self.isolation)
            .option("assign", told([partition for partition, _, _ in stretches]))
            .option("startingOffsets", told({str(partition): start for partition, start, _ in stretches}))
            .option("endingOffsets", told({str(partition): end for partition, _, end in stretches}))
            .option("minPartitions", max(len(stretches), tasks))
            # Messages that the broker has removed unread cannot be counted.
            .option("failOnDataLoss", "true")
            .load()
            .select("key", "value", place.alias("place"))
        )

    def _look(self, stretches):
        """Counts a portion and keeps the examples that it has."""
        # Kept before the first function in Python: Kafka's consumers are to run in Spark's own threads.
        messages = self._read(stretches).persist()
        try:
            read = messages.count()
            self._learn_schemas(messages)
            fields = read_fields(messages, self.plan["source"], self.schemas)
            folder = "%s/counts/portion=%d" % (self.folder, self.portions)
            count_shapes(fields, self.survey["shape"]).write.parquet(folder)
            self.portions += 1
            counted = self.spark.read.parquet(folder)
            self._keep_examples(messages, self.met.add(self._groups(counted)))
            whole = counted.where("name IS NULL").agg(F.sum("rows").alias("rows"), F.sum("bytes").alias("bytes")).first()
        finally:
            messages.unpersist()
        # Every message is a row, unreadable or a tombstone.
        if (whole["rows"] or 0) != read or read > sum(end - start for _, start, end in stretches):
            raise JobFault("scan.counts", "The counts of the messages do not add up.")
        self.messages += read
        self.bytes += whole["bytes"] or 0

    def _learn_schemas(self, messages):
        """Asks for the schemas that messages name, those named most often, each once."""
        parts = [part for part in ("key", "value") if self.plan["source"][part] == "registry"]
        if self.registry is None or not parts:
            return
        heads = messages.where("value IS NOT NULL").select(F.explode(F.array(*parts)).alias("head"))
        often = heads.groupBy(F.substring("head", 1, 5).alias("head")).count().orderBy(F.desc("count"), "head")
        for one in often.where("head IS NOT NULL").limit(MOST_UNKNOWN).collect():
            number = schema_id(bytes(one["head"]))
            if number is not None and str(number) not in self.schemas:
                self.schemas[str(number)] = self.registry.schema(number)

    def _groups(self, counted):
        """(name, shape, place) of fields, by place; of one with more shapes than are covered only some."""
        fields = counted.where("name IS NOT NULL")
        if self.met.free:
            fields = fields.where(~F.col("name").isin(*self.met.free))
        self.met.assert_few(fields.select("name").distinct().limit(self.survey["mostColumns"] + 1).count())
        few = listed(fields, "name", self.survey["mostShapes"] + 2).collect()
        return sorted(((one["name"], one["shape"], one["place"]) for one in few), key=lambda one: (one[2], one[0]))

    def _keep_examples(self, messages, places):
        if not places:
            return
        wanted = self.spark.createDataFrame([(one,) for one in places], "place bigint")
        chosen = messages.join(F.broadcast(wanted), "place", "left_semi").select("key", "value", "place")
        for one in read_fields(chosen, self.plan["source"], self.schemas).select("place", "told.fields").collect():
            self.examples[one["place"]] = {field["name"]: field["value"] for field in one["fields"][1:]}

    def _leave(self):
        """Adds up the portions and leaves what was found: counts and shapes, and the rows of the examples."""
        places = sorted(self.examples)
        found = {"rows": 0, "unreadable": 0, "tombstones": 0, "bytes": self.bytes, "columns": []}
        found["examples"] = [divmod(one, 1 << OFFSET_BITS) for one in places]
        if self.portions:
            self._add_up(found, {place: i for i, place in enumerate(places)})
        names = [one["name"] for one in found["columns"]]
        found["kept"] = self._leave_rows(names, [self.examples[one] for one in places])
        self.files.remove("%s/counts" % self.folder)
        self.files.write_json("%s/survey.json" % self.folder, found)
        self.report["counts"] = {"read": found["rows"] + found["unreadable"], "kept": found["kept"]}
        self.report["unreadable"] = found["unreadable"]

    def _add_up(self, found, places):
        most = self.survey["mostShapes"]
        portions = self.spark.read.parquet("%s/counts" % self.folder)
        counted = portions.groupBy("kind", "name", "shape").agg(F.sum("rows").alias("rows")).persist()
        for one in counted.where("name IS NULL").collect():
            found[_TOLD_AS[one["kind"]]] = one["rows"]
        fields = counted.where("shape IS NOT NULL")
        filled = fields.groupBy("name").agg(F.count("shape").alias("different"), F.sum("rows").alias("rows"))
        of = {one["name"]: one for one in filled.collect()}
        columns = {name: [] for name in columns_of({name: name in of for name in self.met.places})}
        for one in listed(fields, "name", most).toLocalIterator():
            example = places.get(self.met.places[one["name"]].get(one["shape"]))
            columns[one["name"]].append({"shape": one["shape"], "rows": one["rows"], "example": example})
        for name, shapes in columns.items():
            missing = found["rows"] - (of[name]["rows"] if name in of else 0)
            if missing:
                shapes.append({"shape": None, "rows": missing, "example": None})
            shapes.sort(key=lambda one: (-one["rows"], one["shape"] is not None, one["shape"] or ""))
            different = of[name]["different"] if name in of else 0
            found["columns"].append({"name": name, "different": different, "shapes": shapes[:most]})

    def _leave_rows(self, names, rows):
        if not names or not rows:
            return 0
        schema = StructType([StructField("c%d" % i, StringType()) for i in range(len(names))])
        cells = [tuple(row.get(name) for name in names) for row in rows]
        kept = self.spark.createDataFrame(cells, schema).coalesce(1)
        return columnar.write_parquet(self.spark, kept, schema.names, "%s/output" % self.folder)

    def _fail(self, code, message, details=None):
        for name in ("counts", "output"):
            self.files.remove("%s/%s" % (self.folder, name))
        return super()._fail(code, _WORDS.get(code, message), details)
