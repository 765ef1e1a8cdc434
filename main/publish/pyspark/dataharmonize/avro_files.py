"""Avro container files as records: the same as shared/reading/avro-file.ts, which tells the rules."""

import zlib

from .avro_schema import parse_avro_schema
from .avro_skip import skip_avro
from .avro_values import AvroRows, Cursor
from .snappy_block import unsnappy
from .unreadable_message import Unreadable, text_of
from .zstd_block import unzstd

MOST_IN_BLOCK = 10_000_000
LARGEST_BLOCK = 256 * 1024 * 1024
MARKER_BYTES = 16
_MAGIC = b"Obj\x01"
_CHECKSUM_BYTES = 4


class Header:
    """What stands before the blocks. `end`: the offset of the first block."""

    def __init__(self, schema, codec, marker, end):
        self.schema = schema
        self.codec = codec
        self.marker = marker
        self.end = end


def read_header(data):
    """The header at the start of a file; raises Unreadable, `cut` where the bytes end too early."""
    cursor, facts = Cursor(data, 0), {}
    if cursor.take(len(_MAGIC)) != _MAGIC:
        raise Unreadable("magic")
    while True:
        left = cursor.block()
        if left == 0:
            break
        for _ in range(left):
            name = text_of(cursor.take(cursor.size()))
            facts[name] = cursor.take(cursor.size())
    marker = cursor.take(MARKER_BYTES)
    if not facts.get("avro.schema"):
        raise Unreadable("schema")
    codec = text_of(facts["avro.codec"]) if "avro.codec" in facts else "null"
    return Header(text_of(facts["avro.schema"]), codec, marker, cursor.at)


class FileRows:
    """How the values of a file are read; raises Unreadable `schema`."""

    def __init__(self, schema):
        self.of = parse_avro_schema(schema)
        self.rows = AvroRows(self.of)


def _from_deflate(packed):
    stream = zlib.decompressobj(wbits=-15)
    try:
        content = stream.decompress(packed, LARGEST_BLOCK + 1)
    except zlib.error:
        return None
    return content if stream.eof and len(content) <= LARGEST_BLOCK else None


def _from_snappy(packed):
    if len(packed) < _CHECKSUM_BYTES:
        return None
    content = unsnappy(packed[:-_CHECKSUM_BYTES], LARGEST_BLOCK)
    told = int.from_bytes(packed[-_CHECKSUM_BYTES:], "big")
    return content if content is not None and zlib.crc32(content) == told else None


# The content of a block; None where it cannot be unpacked, or is larger than blocks may be.
CODECS = {
    "null": lambda packed: packed,
    "deflate": _from_deflate,
    "snappy": _from_snappy,
    "zstandard": lambda packed: unzstd(packed, LARGEST_BLOCK),
}


def _head(data, at):
    """(count, start, end) of the block that begins there; raises Unreadable."""
    cursor = Cursor(data, at)
    count, length = cursor.size(), cursor.size()
    if count > MOST_IN_BLOCK or length > LARGEST_BLOCK:
        raise Unreadable("size")
    return count, cursor.at, cursor.at + length


def _end_of(content, at, of):
    cursor = Cursor(content, at)
    try:
        skip_avro(cursor, of)
    except Unreadable:
        return None
    return cursor.at


def _lost(fault, count, data=b""):
    for i in range(count):
        yield data if i == 0 else b"", fault, None


def _block_records(content, count, file_rows):
    at = 0
    for i in range(count):
        try:
            cells, at = file_rows.rows.read(content, at)
            yield b"", None, cells
        except Unreadable as error:
            end = _end_of(content, at, file_rows.of)
            yield content[at:end], error.fault, None
            if end is None:
                yield from _lost("after", count - i - 1)
                return
            at = end
    if at < len(content):
        yield content[at:], "rest", None


def file_records(content):
    """
    (block, bytes, fault, cells) of each record of a file: where its block begins, and either its cells or what is
    wrong with it and its bytes as far as they can be told. Raises Unreadable for a file without a header.
    """
    header = read_header(content)
    file_rows, unpack = FileRows(header.schema), CODECS[header.codec]
    at = header.end
    while at < len(content):
        reaches_end = False
        try:
            count, start, end = _head(content, at)
            reaches_end = end + MARKER_BYTES > len(content)
            whole = content[end : end + MARKER_BYTES] == header.marker
        except Unreadable as error:
            whole, reaches_end = False, error.fault == "cut"
        if not whole:
            found = content.find(header.marker, at)
            after = len(content) if found < 0 else found + MARKER_BYTES
            yield at, content[at:after], "ended" if found < 0 and reaches_end else "damaged", None
            at = after
            continue
        packed = content[start:end]
        unpacked = unpack(packed)
        records = _lost("packed", count, packed) if unpacked is None else _block_records(unpacked, count, file_rows)
        for record, fault, cells in records:
            yield at, record, fault, cells
        at = end + MARKER_BYTES
