"""
Reads CSV as raw lines, checks each against one pattern and takes the fields of those that fit. Spark's own CSV
reader has no way to say which lines it could not read, and reads some of them anyhow.
"""

from pyspark.sql import functions as F

from .csv_records import field_pattern, parse_record, readable_pattern, record_pattern
from .faults import JobFault
from .stages import BLANK, HEADER, KIND, ROW, UNREADABLE

# Where an unreadable row stood, beside its kind.
PLACE = ("u_file", "u_block", "u_line")

LEAST_SPLIT = 4 * 1024 * 1024
MOST_SPLIT = 128 * 1024 * 1024
LONGEST_HEADER = 1024 * 1024
BOM = "\ufeff"
# monotonically_increasing_id(): the partition above this bit, the row's place in it below.
ROW_BITS = 33


def _call(name, *columns):
    """A function by name: its Python wrapper takes patterns as Python text only."""
    return F.call_function(name, *columns)


def check_headers(files, paths, plan):
    """Compares each file's first record with the plan's columns before anything runs."""
    source = plan["source"]
    if not source["header"]:
        return
    for path in paths:
        start = files.read_start(path, LONGEST_HEADER).decode("utf-8", "replace")
        record = _first_record(start[1:] if start.startswith(BOM) else start, source)
        cells = parse_record(record, source["delimiter"])
        if cells is None or [cell or "" for cell in cells] != plan["input"]:
            raise JobFault(
                "input.columns",
                "The first line of an input file does not name the %d columns that the plan was made for, in their order."
                % len(plan["input"]),
                {"file": path, "columns": plan["input"]},
            )


def _first_record(text, source):
    end, at = 0, 0
    while True:
        end = text.find("\n", at)
        if end < 0:
            return text[:-1] if text.endswith("\r") else text
        if not source["lineBreaks"] or text.count('"', 0, end) % 2 == 0:
            return text[: end - 1] if text[:end].endswith("\r") else text[:end]
        at = end + 1


def read_csv(spark, uri, sizes, plan):
    """Rows as c0 … cn with their kind and, where a line is unreadable, its place. `sizes`: bytes of each file."""
    source = plan["source"]
    records = _whole_files(spark, uri, source) if source["lineBreaks"] else _lines(spark, uri, sizes)
    names = plan["input"]
    text = F.col("u_line")
    binary = text.cast("binary")
    valid = _call("encode", _call("decode", binary, F.lit("UTF-8")), F.lit("UTF-8")) == binary
    pattern = readable_pattern(source["delimiter"], source["lineBreaks"], len(names))
    # Where there is one column, a blank line is a null.
    blank = (F.length(text) == 0) & F.lit(len(names) > 1)
    kind = (
        F.when(F.col("first") & F.lit(source["header"]), F.lit(HEADER))
        .when(blank, F.lit(BLANK))
        .when(valid & text.rlike(pattern), F.lit(ROW))
        .otherwise(F.lit(UNREADABLE))
    )
    records = records.select("*", kind.alias(KIND))
    return _fields(records, source["delimiter"], len(names))


def _fields(records, delimiter, count):
    text = F.col("u_line")
    # split() is quicker, and right where no field is quoted.
    plain = F.split(text, "\\x{%x}" % ord(delimiter), -1)
    quoted = _call(
        "regexp_extract_all", F.concat(F.lit(delimiter), text), F.lit(field_pattern(delimiter)), F.lit(1)
    )
    is_row = F.col(KIND) == ROW
    fields = F.when(is_row, F.when(text.contains('"'), quoted).otherwise(plain))
    records = records.select(KIND, *PLACE, fields.alias("fields"))
    field = [F.col("fields").getItem(i) for i in range(count)]
    cells = [
        F.when(one == "", F.lit(None))
        .when(
            one.startswith('"'),
            _call("replace", one.substr(F.lit(2), F.length(one) - 2), F.lit('""'), F.lit('"')),
        )
        .otherwise(one)
        .cast("string")
        .alias("c%d" % i)
        for i, one in enumerate(field)
    ]
    unreadable = F.col(KIND) == UNREADABLE
    return records.select(*cells, KIND, *[F.when(unreadable, F.col(name)).alias(name) for name in PLACE])


def _opened(records, line):
    """Records without the carriage return at their end and the byte order mark at the start of a file."""
    ended = F.when(line.endswith("\r"), line.substr(F.lit(1), F.length(line) - 1)).otherwise(line)
    marked = F.col("first") & ended.startswith(BOM)
    opened = F.when(marked, ended.substr(F.lit(2), F.length(ended) - 1)).otherwise(ended)
    return records.select("first", "u_file", "u_block", opened.alias("u_line"))


def _lines(spark, uri, sizes):
    """Raw lines; `first` marks the first of each file."""
    split = max(LEAST_SPLIT, min(MOST_SPLIT, -(-sum(sizes) // (2 * spark.sparkContext.defaultParallelism))))
    # A split for each task: then the first line of a file is the first row of its task.
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(split))
    spark.conf.set("spark.sql.files.openCostInBytes", str(split))
    spark.conf.set("spark.sql.files.minPartitionNum", "1")
    raw = spark.read.text(uri, lineSep="\n")
    placed = raw.select(
        F.col("value").alias("line"),
        F.col("_metadata.file_path").alias("u_file"),
        F.col("_metadata.file_block_start").alias("u_block"),
        F.monotonically_increasing_id().alias("place"),
    )
    first = (F.col("u_block") == 0) & (F.col("place").bitwiseAND((1 << ROW_BITS) - 1) == 0)
    return _opened(placed.select("*", first.alias("first")), F.col("line"))


def _whole_files(spark, uri, source):
    """Records of whole files, one task a file. Bytes stand as Latin-1 letters until the records are apart."""
    latin = F.lit("ISO-8859-1")
    raw = spark.read.text(uri, wholetext=True)
    letters = _call("decode", F.col("value").cast("binary"), latin)
    records = _call("regexp_extract_all", letters, F.lit(record_pattern(source["delimiter"])), F.lit(1))
    placed = raw.select(
        F.col("_metadata.file_path").alias("u_file"),
        F.lit(0).cast("bigint").alias("u_block"),
        F.posexplode(records).alias("place", "letters"),
    )
    line = _call("encode", F.col("letters"), latin).cast("string")
    return _opened(placed.select("*", (F.col("place") == 0).alias("first")), line)
