"""Records that belong together: the same answers as shared/matching. Its tables come with the plan."""

import hashlib

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BooleanType, IntegerType, StringType, StructField, StructType

from .faults import JobFault
from .variant_key import key_of_words, word_reader

SEPARATOR = "\u001f"
ID_DIGITS = 24
BEGINNING = 4
MOST_PAIRS = 2000000


def record_id(text):
    """The id of a record: the beginning of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:ID_DIGITS]


def _block_part(by, field, words):
    if by == "same":
        return field
    if by == "beginning":
        return "".join(words)[:BEGINNING]
    return key_of_words(by, words, 1)


def record_reader(options):
    """Reads a record's text: its id, its key in each block (None: in none), and what each comparison compares."""
    words_of = word_reader(options)

    def read(text):
        fields = text.split(SEPARATOR)
        words = [words_of(field) for field in fields]
        keys = []
        for block in options["blocks"]:
            parts = [_block_part(block["by"], fields[i], words[i]) for i in block["fields"]]
            keys.append(None if "" in parts else SEPARATOR.join(parts))
        compared = []
        for one in options["compare"]:
            value = fields[one["field"]] if one["by"] == "exact" else " ".join(words[one["field"]])
            compared.append(value[: options["longest"]] or None)
        return record_id(text), keys, compared

    return read


def _jaro(a, b):
    reach = max(0, max(len(a), len(b)) // 2 - 1)
    taken, common = [False] * len(b), []
    for i, character in enumerate(a):
        for j in range(max(0, i - reach), min(len(b), i + reach + 1)):
            if not taken[j] and b[j] == character:
                taken[j] = True
                common.append(character)
                break
    m = len(common)
    if m == 0:
        return 0
    other = [character for j, character in enumerate(b) if taken[j]]
    misplaced = sum(1 for one, two in zip(common, other) if one != two)
    x, y = len(a), len(b)
    return (1000 * (2 * m * m * (x + y) + (2 * m - misplaced) * x * y)) // (6 * x * y * m)


def jaro_winkler(a, b):
    """Similarity in thousandths, as in shared/matching/similarity.ts. The texts must be in order."""
    similarity, alike = _jaro(a, b), 0
    while alike < min(4, len(a), len(b)) and a[alike] == b[alike]:
        alike += 1
    return similarity + alike * (1000 - similarity) // 10


def _points(one, a, b):
    if a is None or b is None:
        return 0
    if a == b:
        return one["agree"]
    if one["by"] != "jaro-winkler":
        return one["differ"]
    first, second = sorted((a, b), key=lambda text: (len(text), text))
    return one["near"] if jaro_winkler(first, second) >= one["close"] else one["differ"]


def points_of(options, one, other):
    """The points of each comparison of two records."""
    return [_points(comparison, a, b) for comparison, a, b in zip(options["compare"], one[2], other[2])]


def explain(options, points):
    """A score in words: the sum, then the points of each comparison."""
    named = ["%s %d" % (one["name"], of) for one, of in zip(options["compare"], points)]
    return "%d: %s" % (sum(points), ", ".join(named))


def _shares_earlier(one, other, block):
    return any(one[1][i] is not None and one[1][i] == other[1][i] for i in range(block))


PAIR = StructType(
    [StructField("a", StringType()), StructField("b", StringType()), StructField("points", ArrayType(IntegerType()))]
)
NODE = StructType(
    [
        StructField("id", StringType()),
        StructField("itself", BooleanType()),
        StructField("keys", ArrayType(StringType())),
    ]
)


def _node_column(options):
    read = record_reader(options)

    def node(text):
        record = read(text)
        return record[0], sum(points_of(options, record, record)) >= options["threshold"], record[1]

    return F.udf(node, NODE).asNondeterministic()


def _pair_column(options):
    read = record_reader(options)
    decided = {tuple(sorted(one["records"])) for one in options["decided"]}

    def pairs(block, texts):
        records, found = [read(text) for text in texts], []
        for i, one in enumerate(records):
            for other in records[i + 1 :]:
                if _shares_earlier(one, other, block):
                    continue
                points = points_of(options, one, other)
                if sum(points) >= options["threshold"] and tuple(sorted((one[0], other[0]))) not in decided:
                    found.append((one[0], other[0], points))
        return found

    return F.udf(pairs, ArrayType(PAIR)).asNondeterministic()


class Groups:
    """Groups of ids that are connected, each named by its smallest id, and the best pair of each id."""

    def __init__(self):
        self.parents, self.best = {}, {}

    def find(self, one):
        root = one
        while root in self.parents:
            root = self.parents[root]
        while one != root:
            self.parents[one], one = root, self.parents[one]
        return root

    def connect(self, one, other, points):
        a, b = self.find(one), self.find(other)
        if a != b:
            self.parents[max(a, b)] = min(a, b)
        self._better(one, other, points)
        self._better(other, one, points)

    def _better(self, one, partner, points):
        known = self.best.get(one)
        if known is None or (-sum(points), partner) < (-sum(known[1]), known[0]):
            self.best[one] = (partner, tuple(points))


def _check_blocks(blocks, largest):
    most = blocks.groupBy("block", "key").count().agg(F.max("count")).first()[0] or 0
    if most > largest:
        raise JobFault(
            "match.block",
            "The records to compare with each other are too many: %d have the same key, where %d may." % (most, largest),
        )


def _groups(options, nodes):
    blocks = nodes.select("record", F.posexplode("node.keys").alias("block", "key")).filter("key IS NOT NULL")
    _check_blocks(blocks, options["largest"])
    lists = blocks.groupBy("block", "key").agg(F.collect_list("record").alias("texts")).filter("size(texts) > 1")
    pairs = lists.select(F.explode(_pair_column(options)("block", "texts")).alias("pair")).select("pair.*")
    groups = Groups()
    for n, pair in enumerate(pairs.toLocalIterator()):
        if n >= MOST_PAIRS:
            raise JobFault("match.pairs", "More than %d pairs of records match: raise the threshold." % MOST_PAIRS)
        groups.connect(pair["a"], pair["b"], pair["points"])
    same = [tuple(one["records"]) for one in options["decided"] if one["same"]]
    if same:
        read = record_reader(options)
        wanted = list({one for pair in same for one in pair})
        found = nodes.filter(F.col("node.id").isin(wanted)).select("record").collect()
        records = {record[0]: record for record in (read(row["record"]) for row in found)}
        for a, b in same:
            if a != b and a in records and b in records:
                groups.connect(a, b, points_of(options, records[a], records[b]))
    return groups


def add_answers(frame, stage):
    """The frame with the group and the explained score of each record. All of the frame is looked at, at once."""
    options, (group, score) = stage["options"], stage["ids"]
    # Kept, or all that comes before would be computed once for the records and once for the rows.
    keyed = frame.select("*", F.expr(stage["inputs"][0]).alias("record")).persist()
    texts = keyed.select("record").filter("record IS NOT NULL").distinct()
    nodes = texts.select("record", _node_column(options)("record").alias("node")).persist()
    groups = _groups(options, nodes)
    spark = frame.sparkSession
    rows = [(one, groups.find(one), explain(options, points)) for one, (_, points) in groups.best.items()]
    fields = StructType([StructField(name, StringType()) for name in ("id", "found", "told")])
    known = spark.createDataFrame(rows, fields)
    answers = nodes.join(known, F.col("node.id") == F.col("id"), "left").select(
        F.col("record").alias("asked"),
        F.coalesce("found", F.when(F.col("node.itself"), F.col("node.id"))).alias(group),
        F.col("told").alias(score),
    )
    return keyed.join(answers, F.col("record") == F.col("asked"), "left").select(*frame.columns, group, score)
