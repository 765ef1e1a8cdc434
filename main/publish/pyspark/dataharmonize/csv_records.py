"""
The one definition of a readable CSV record (shared/reading/csv.ts), for Java's pattern engine. Quantifiers over
groups are possessive: Java would recurse for each repetition of another and overflow its stack on a long cell.
"""

import re


def _point(delimiter):
    return "\\x{%x}" % ord(delimiter)


def readable_pattern(delimiter, line_breaks, fields):
    """What a readable record with this many fields looks like, without its line end."""
    point = _point(delimiter)
    inside = '[^"]' if line_breaks else '[^"\\r\\n]'
    field = '(?:"(?:%s++|"")*+"|[^"\\r\\n%s]*+)' % (inside, point)
    return "\\A%s(?:%s%s){%d}+\\z" % (field, point, field, fields - 1)


def field_pattern(delimiter):
    """One field after its delimiter, in a readable record with a delimiter put before it; group 1 is the field."""
    point = _point(delimiter)
    return '%s("(?:[^"]++|"")*+"|[^"%s]*+)' % (point, point)


def record_pattern(delimiter):
    """
    One record of a whole file whose values may hold line breaks; group 1 is the record without its line feed. Quotes
    open only where a field begins.
    """
    point = _point(delimiter)
    field = '(?:"(?:[^"]++|"")*+(?:"[^\\n%s]*+|\\z)|[^"\\n%s][^\\n%s]*+|)' % (point, point, point)
    return "(?!\\z)(%s(?:%s%s)*+)(?:\\n|\\z)" % (field, point, field)


def parse_record(record, delimiter):
    """The cells of a record, or None where it is not readable. For headers: short, and read on the driver."""
    field = '("(?:[^"]|"")*"|[^"\\r\\n%s]*)' % re.escape(delimiter)
    cells, at = [], 0
    while True:
        found = re.compile(field).match(record, at)
        cell = found.group(1)
        cells.append(cell[1:-1].replace('""', '"') if cell.startswith('"') else (cell or None))
        at = found.end()
        if at == len(record):
            return cells
        if record[at] != delimiter:
            return None
        at += 1
