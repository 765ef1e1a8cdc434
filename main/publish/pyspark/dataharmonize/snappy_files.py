"""Files in snappy's own framing format: the same as main/reading/snappy-files.ts. Hadoop reads only its own blocks."""

from .snappy_block import unsnappy

_LARGEST_CHUNK = 16 * 1024 * 1024
_STREAM = b"sNaPpY"
_PACKED, _PLAIN, _FIRST_SKIPPED, _IDENTIFIER = 0x00, 0x01, 0x80, 0xFF
_CHECKSUM_BYTES = 4


def _table():
    sums = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        sums.append(byte)
    return sums


_CRC32C = _table()


def frame_checksum(data):
    """The checksum that frames carry: CRC-32C, turned and shifted so that it can be summed again."""
    table, found = _CRC32C, 0xFFFFFFFF
    for byte in data:
        found = found >> 8 ^ table[(found ^ byte) & 0xFF]
    found ^= 0xFFFFFFFF
    return ((found >> 15 | found << 17) + 0xA282EAD8) & 0xFFFFFFFF


def _damaged():
    raise ValueError("A file is not in snappy's framing format, or it is damaged.")


def _chunk(kind, body):
    """The content of a chunk; None where it has none."""
    if kind not in (_PACKED, _PLAIN):
        known = body == _STREAM if kind == _IDENTIFIER else kind >= _FIRST_SKIPPED
        return None if known else _damaged()
    if len(body) < _CHECKSUM_BYTES:
        _damaged()
    data = body[_CHECKSUM_BYTES:]
    content = data if kind == _PLAIN else unsnappy(data, _LARGEST_CHUNK)
    if content is None or frame_checksum(content) != int.from_bytes(body[:_CHECKSUM_BYTES], "little"):
        _damaged()
    return content


def unframed(content, whole=True):
    """The content of a file, or of its start as far as that goes."""
    made, at = [], 0
    while at < len(content):
        length = int.from_bytes(content[at + 1 : at + 4], "little")
        end = at + 4 + length
        if len(content) < at + 4 or len(content) < end:
            if whole:
                raise EOFError("The compressed file ends before its content does.")
            break
        if length > _LARGEST_CHUNK or (at == 0 and content[at] != _IDENTIFIER):
            _damaged()
        made.append(_chunk(content[at], content[at + 4 : end]) or b"")
        at = end
    return b"".join(made)
