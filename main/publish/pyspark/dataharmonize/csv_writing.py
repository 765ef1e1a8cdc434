"""
Writes CSV as lines composed here: Spark's CSV writer trims, escapes and quotes by settings of its own. Null is
nothing, empty text is "", and quotes stand only where the value holds the delimiter, a quote or a line break.
"""

from pyspark.sql import functions as F

from .raw_records import BOM, ROW_BITS

MARKS = '",\r\n'


def field_text(value):
    """One cell or name of a record; for headers."""
    if value is None:
        return ""
    quoted = value == "" or value.startswith(BOM) or any(mark in value for mark in MARKS)
    return '"%s"' % value.replace('"', '""') if quoted else value


def _field(column):
    doubled = F.call_function("replace", column, F.lit('"'), F.lit('""'))
    needs = (column == "") | column.rlike('[",\\r\\n]')
    return F.when(column.isNull(), F.lit("")).when(needs, F.concat(F.lit('"'), doubled, F.lit('"'))).otherwise(column)


def write_csv(spark, frame, names, folder, files):
    """
    Writes part files with a header each, then reads them back. Columns of the frame are o0 … on, in the order of
    `names`. Returns the number of rows found in the folder.
    """
    header = ",".join(field_text(name) for name in names) + "\n"
    ids = ["o%d" % i for i in range(len(names))]
    record = F.concat_ws(",", *[_field(F.col(one)) for one in ids])
    place = F.monotonically_increasing_id().bitwiseAND((1 << ROW_BITS) - 1)
    # The first row of a task brings the header: each task writes one file.
    line = F.when(place == 0, F.concat(F.lit(header), F.col("value"))).otherwise(F.col("value"))
    frame.select(record.alias("value")).select(line.alias("value")).write.option("lineSep", "\n").text(folder)
    parts = 0
    for _, path, size in files.data_files(folder):
        if size == 0:
            files.remove(path)
        elif files.rename(path, path[: -len(".txt")] + ".csv"):
            parts += 1
        else:
            raise RuntimeError("A part file is there twice.")
    if parts == 0:
        files.write("%s/part-00000.csv" % folder, header.encode("utf-8"))
        parts = 1
    lines = spark.read.option("lineSep", "\n").text(folder).count()
    return lines - parts * header.count("\n") - _line_feeds(frame, ids)


def _line_feeds(frame, ids):
    """Line feeds inside cells: each makes a record one line longer."""
    without = [F.call_function("replace", F.col(one), F.lit("\n"), F.lit("")) for one in ids]
    found = [F.coalesce(F.length(one) - F.length(bare), F.lit(0)) for one, bare in zip(ids, without)]
    total = found[0]
    for one in found[1:]:
        total = total + one
    return frame.agg(F.sum(total.cast("bigint"))).first()[0] or 0
