"""
Reads CSV as raw lines, checks each against one pattern and takes the fields of those that fit. Spark's own CSV
reader has no way to say which lines it could not read, and reads some of them anyhow.
"""

from pyspark.sql import functions as F

from .csv_records import QUOTES, field_pattern, parse_record, readable_pattern, record_pattern, split_pattern
from .encodings import decoded, start_text, text_of
from .faults import JobFault
from .raw_records import BOM, KEPT, raw_records
from .snappy_files import unframed
from .stages import BLANK, HEADER, KIND, ROW, UNREADABLE

LONGEST_HEADER = 1024 * 1024
_START, _PLAIN, _QUOTED, _CLOSED = range(4)


def _call(name, *columns):
    """A function by name: its Python wrapper takes patterns as Python text only."""
    return F.call_function(name, *columns)


def check_headers(files, paths, source, names):
    """Compares each file's first record with the plan's columns before anything runs."""
    if not source["header"]:
        return
    for path in paths:
        start = files.read_start(path, LONGEST_HEADER)
        if source["compression"] == "snappy-framed":
            start = unframed(start, whole=False)
        start = start_text(start, source["encoding"])
        record = _first_record(start[1:] if start.startswith(BOM) else start, source)
        cells = parse_record(record, source)
        if cells is None or [cell or "" for cell in cells] != names:
            raise JobFault(
                "input.columns",
                "The first line of an input file does not name the %d columns that the plan was made for, in their order."
                % len(names),
                {"file": path, "columns": names},
            )


def _first_record(text, source):
    mark = QUOTES[source["quote"]]
    end, at = 0, 0
    while True:
        end = text.find("\n", at)
        if end < 0:
            return text[:-1] if text.endswith("\r") else text
        if not source["lineBreaks"] or not mark or text.count(mark, 0, end) % 2 == 0:
            return text[: end - 1] if text[:end].endswith("\r") else text[:end]
        at = end + 1


def read(spark, job_files, files, source, names):
    """Rows as c0 … cn with their kind and, where a line is unreadable, its place; and how many headers there are."""
    if not files:
        raise JobFault("input.empty", "The input is empty: it has no line of column names.")
    check_headers(job_files, [path for path, _ in files], source, names)
    records = raw_records(spark, files, source, record_pattern(source) if source["lineBreaks"] else None)
    text, valid = decoded(F.col("u_line"), source["encoding"])
    records = records.select("*", text.alias("text"), valid.alias("valid"))
    text = F.col("text")
    # Where there is one column, a blank line is a null.
    blank = (F.length(text) == 0) & F.lit(len(names) > 1)
    kind = (
        F.when(F.col("first") & F.lit(source["header"]), F.lit(HEADER))
        .when(blank, F.lit(BLANK))
        .when(F.col("valid") & text.rlike(readable_pattern(source, len(names))), F.lit(ROW))
        .otherwise(F.lit(UNREADABLE))
    )
    headers = len(files) if source["header"] else 0
    return _fields(records.select("*", kind.alias(KIND)), source, len(names)), headers


def _fields(records, source, count):
    text, mark = F.col("text"), QUOTES[source["quote"]]
    # split() is quicker, and right where no field is quoted.
    fields = F.split(text, split_pattern(source["delimiter"]), -1)
    quotes = F.lit(False)
    if mark:
        quotes = text.contains(mark)
        before = F.concat(F.lit(source["delimiter"]), text)
        quoted = _call("regexp_extract_all", before, F.lit(field_pattern(source)), F.lit(1))
        fields = F.when(F.col("quotes"), quoted).otherwise(fields)
    fields = F.when(F.col(KIND) == ROW, fields)
    records = records.select("*", quotes.alias("quotes")).select(KIND, *KEPT, "quotes", fields.alias("fields"))
    field = [F.col("fields").getItem(i) for i in range(count)]
    cells = [_cell(one, mark).cast("string").alias("c%d" % i) for i, one in enumerate(field)]
    return records.select(*cells, KIND, *KEPT)


def _cell(one, mark):
    cell = F.when(one == "", F.lit(None))
    if mark:
        inside = one.substr(F.lit(2), F.length(one) - 2)
        unquoted = _call("replace", inside, F.lit(mark * 2), F.lit(mark))
        cell = cell.when(F.col("quotes") & one.startswith(mark), unquoted)
    return cell.otherwise(one)


def fault_of(record, source, columns):
    """Why a record (bytes) cannot be read: the first fault, as shared/reading/csv.ts finds it, or None."""
    text = text_of(record, source["encoding"])
    if text is None:
        return "encoding"
    delimiter, mark, line_breaks = source["delimiter"], QUOTES[source["quote"]], source["lineBreaks"]
    state, fields = _START, 1
    for character in text:
        if character == "\r":
            if state != _QUOTED or not line_breaks:
                return "carriage-return"
        elif character == mark:
            if state == _PLAIN:
                return "quote"
            state = _CLOSED if state == _QUOTED else _QUOTED
        elif state == _QUOTED:
            continue
        elif character == delimiter:
            fields += 1
            state = _START
        elif state == _CLOSED:
            return "quote"
        else:
            state = _PLAIN
    if state == _QUOTED:
        return "unclosed" if line_breaks else "line-break"
    return None if fields == columns else "fields"
