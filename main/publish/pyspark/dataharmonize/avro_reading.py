"""Reads Avro container files: one task reads a file."""

from .avro_files import CODECS, FileRows, file_records, read_header
from .faults import JobFault
from .stages import ROW, UNREADABLE
from .unreadable_message import Unreadable
from .whole_files import read_whole

_START = 64 * 1024
_LARGEST_HEADER = 16 * 1024 * 1024


def _header(job_files, path):
    """The header of a file, of which no more is read than that takes."""
    length = _START
    while True:
        start = job_files.read_start(path, length, packed=True)
        try:
            return read_header(start)
        except Unreadable as error:
            if error.fault != "cut" or len(start) < length or length >= _LARGEST_HEADER:
                raise
        length *= 4


def _check(job_files, path, names):
    """Says what is wrong with a file as a whole before a task opens it."""
    try:
        header = _header(job_files, path)
    except Unreadable:
        raise JobFault(
            "input.corrupt", "An input file is not an Avro file, or its header is damaged.", {"file": path}
        ) from None
    if header.codec not in CODECS:
        raise JobFault(
            "input.codec", "The blocks of an input file are compressed in a way that is not read.", {"file": path}
        )
    try:
        columns = FileRows(header.schema).rows.columns
    except Unreadable:
        raise JobFault("input.type", "The schema of an input file cannot be understood.", {"file": path}) from None
    if columns != names:
        raise JobFault(
            "input.columns",
            "An input file does not have the %d columns that the plan was made for, in their order." % len(names),
            {"file": path, "columns": names},
        )


def _records(content):
    for block, record, fault, cells in file_records(content):
        yield block, record, ROW if fault is None else UNREADABLE, fault, cells


def read(spark, job_files, files, source, names):
    """Rows as c0 … cn with their kind and, where a record is unreadable, its place; and how many headers: none."""
    for path, _ in files:
        _check(job_files, path, names)
    return (read_whole(spark, files, _records, len(names)) if files else None), 0
