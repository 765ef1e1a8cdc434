"""Reads JSON documents: an array of objects, or one at a path of keys. One task reads a file."""

from .encodings import is_wide, wide_to_utf8
from .json_documents import document_records
from .json_reading import record_reader
from .stages import UNREADABLE
from .whole_files import gunzip, read_whole


def records_of(source, names):
    """A function of a file's bytes that yields (block, bytes, kind, fault, cells) of each record, all in one block."""
    told, encoding = record_reader(source, names), source["encoding"]

    def records(content):
        content = gunzip(content) if source["compression"] == "gzip" else content
        content = wide_to_utf8(content, encoding) if is_wide(encoding) else content
        for record, fault in document_records(content, source["records"], encoding):
            if fault is not None:
                yield 0, record, UNREADABLE, fault, None
            else:
                yield (0, record, *told(record))

    return records


def read(spark, _, files, source, names):
    """Rows as c0 … cn with their kind and, where a record is unreadable, its place; and how many headers: none."""
    if not files:
        return None, 0
    # Python unpacks gzip itself, so that a file that grows without end is stopped.
    compression = "none" if source["compression"] == "gzip" else source["compression"]
    return read_whole(spark, files, records_of(source, names), len(names), compression), 0
