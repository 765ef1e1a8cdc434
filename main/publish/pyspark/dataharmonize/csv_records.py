"""
The one definition of a readable CSV record (shared/reading/csv.ts), for Java's pattern engine. Quantifiers over
groups are possessive: Java would recurse for each repetition of another and overflow its stack on a long cell.
"""

import re


QUOTES = {"double": '"', "single": "'", "none": ""}


def _point(delimiter):
    return "\\x{%x}" % ord(delimiter)


def split_pattern(delimiter):
    """The delimiter alone. Java splits at an escaped sign without a pattern, which it would compile for each record."""
    return _point(delimiter) if delimiter.isalnum() or ord(delimiter) > 127 else "\\" + delimiter


def readable_pattern(source, fields):
    """What a readable record with this many fields looks like, without its line end."""
    point, mark = _point(source["delimiter"]), QUOTES[source["quote"]]
    plain = "[^%s\\r\\n%s]*+" % (mark, point)
    inside = "[^%s]" % mark if source["lineBreaks"] else "[^%s\\r\\n]" % mark
    field = "(?:%s(?:%s++|%s%s)*+%s|%s)" % (mark, inside, mark, mark, mark, plain) if mark else plain
    return "\\A%s(?:%s%s){%d}+\\z" % (field, point, field, fields - 1)


def field_pattern(source):
    """One field after its delimiter, in a readable record with a delimiter put before it; group 1 is the field."""
    point, mark = _point(source["delimiter"]), QUOTES[source["quote"]]
    return "%s(%s(?:[^%s]++|%s%s)*+%s|[^%s%s]*+)" % (point, mark, mark, mark, mark, mark, mark, point)


def record_pattern(source):
    """
    One record of a whole file whose values may hold line breaks; group 1 is the record without its line feed. Quotes
    open only where a field begins.
    """
    point, mark = _point(source["delimiter"]), QUOTES[source["quote"]]
    if not mark:
        return "(?!\\z)([^\\n]*+)(?:\\n|\\z)"
    quoted = "%s(?:[^%s]++|%s%s)*+(?:%s[^\\n%s]*+|\\z)" % (mark, mark, mark, mark, mark, point)
    field = "(?:%s|[^%s\\n%s][^\\n%s]*+|)" % (quoted, mark, point, point)
    return "(?!\\z)(%s(?:%s%s)*+)(?:\\n|\\z)" % (field, point, field)


def parse_record(record, source):
    """The cells of a record, or None where it is not readable. For headers: short, and read on the driver."""
    delimiter, mark = source["delimiter"], QUOTES[source["quote"]]
    plain = "[^%s\\r\\n%s]*" % (mark, re.escape(delimiter))
    field = "(%s(?:[^%s]|%s%s)*%s|%s)" % (mark, mark, mark, mark, mark, plain) if mark else "(%s)" % plain
    cells, at = [], 0
    while True:
        found = re.compile(field).match(record, at)
        cell = found.group(1)
        quoted = mark and cell.startswith(mark)
        cells.append(cell[1:-1].replace(mark * 2, mark) if quoted else (cell or None))
        at = found.end()
        if at == len(record):
            return cells
        if record[at] != delimiter:
            return None
        at += 1
