"""Records of text files as raw bytes with their place: lines of files that are split, or of whole ones."""

from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType

from .encodings import is_wide, transcoded
from .snappy_files import unframed

# Where an unreadable row stood, beside its kind; and what is wrong with it, where that is known already.
PLACE = ("u_file", "u_block", "u_line")
KEPT = (*PLACE, "u_fault")

LEAST_SPLIT = 4 * 1024 * 1024
MOST_SPLIT = 128 * 1024 * 1024
BOM = "\ufeff"
# monotonically_increasing_id(): the partition above this bit, the row's place in it below.
ROW_BITS = 33
_LATIN = "ISO-8859-1"
_LINE = "(?!\\z)([^\\n]*+)(?:\\n|\\z)"


def reader(spark):
    """
    A reader of files by their very names, which may hold characters of patterns. Without the second option Spark takes
    folders named by keys for partitions, and reads files in them more than once.
    """
    return spark.read.option("__globPaths__", "false").option("recursiveFileLookup", "true")


def raw_records(spark, files, source, record_pattern=None):
    """
    Records without their line ends and the mark at the start of a file: `first` marks the first of each file, `u_line`
    holds the bytes. A pattern of records is for those that may hold line feeds. `files`: (path, bytes) each.
    """
    if record_pattern is None and not is_wide(source["encoding"]) and source["compression"] != "snappy-framed":
        return _lines(spark, files, source)
    return _whole_files(spark, files, source, record_pattern or _LINE)


def _opened(records, line, source):
    ended = F.when(line.endswith("\r"), line.substr(F.lit(1), F.length(line) - 1)).otherwise(line)
    if source["encoding"].startswith("utf-"):
        marked = F.col("first") & ended.startswith(BOM)
        ended = F.when(marked, ended.substr(F.lit(2), F.length(ended) - 1)).otherwise(ended)
    return records.select("first", "u_file", "u_block", ended.alias("u_line"), F.lit(None).cast("string").alias("u_fault"))


def _lines(spark, files, source):
    size = sum(size for _, size in files)
    split = max(LEAST_SPLIT, min(MOST_SPLIT, -(-size // (2 * spark.sparkContext.defaultParallelism))))
    # A split for each task: then the first line of a file is the first row of its task.
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(split))
    spark.conf.set("spark.sql.files.openCostInBytes", str(split))
    spark.conf.set("spark.sql.files.minPartitionNum", "1")
    raw = reader(spark).text([path for path, _ in files], lineSep="\n")
    placed = raw.select(
        F.col("value").alias("line"),
        F.col("_metadata.file_path").alias("u_file"),
        F.col("_metadata.file_block_start").alias("u_block"),
        F.monotonically_increasing_id().alias("place"),
    )
    first = (F.col("u_block") == 0) & (F.col("place").bitwiseAND((1 << ROW_BITS) - 1) == 0)
    return _opened(placed.select("*", first.alias("first")), F.col("line"), source)


def packed_files(spark, files):
    """Whole files as u_file and their content as it stands, a task for each."""
    raw = reader(spark).format("binaryFile").load([path for path, _ in files])
    return raw.select(F.col("_metadata.file_path").alias("u_file"), "content").repartition(len(files), "u_file")


def whole_files(spark, files, compression):
    """Whole files as u_file and their content in bytes, unpacked."""
    if compression == "snappy-framed":
        unpacked = F.udf(lambda content: unframed(bytes(content)), BinaryType())
        return packed_files(spark, files).select("u_file", unpacked("content").alias("content"))
    # Hadoop unpacks them by their names.
    raw = reader(spark).text([path for path, _ in files], wholetext=True)
    return raw.select(F.col("_metadata.file_path").alias("u_file"), F.col("value").cast("binary").alias("content"))


def _whole_files(spark, files, source, pattern):
    """One task a file. Bytes stand as Latin-1 letters until the records are apart."""
    raw = whole_files(spark, files, source["compression"])
    content = transcoded(F.col("content"), source["encoding"])
    letters = F.call_function("decode", content, F.lit(_LATIN))
    records = F.call_function("regexp_extract_all", letters, F.lit(pattern), F.lit(1))
    placed = raw.select(
        "u_file",
        F.lit(0).cast("bigint").alias("u_block"),
        F.posexplode(records).alias("place", "letters"),
    )
    line = F.call_function("encode", F.col("letters"), F.lit(_LATIN)).cast("string")
    return _opened(placed.select("*", (F.col("place") == 0).alias("first")), line, source)
