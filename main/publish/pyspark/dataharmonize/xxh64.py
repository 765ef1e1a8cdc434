"""The checksum XXH64 with the seed 0, as frames of zstd carry it."""

import struct

_ALL = (1 << 64) - 1
_P1 = 0x9E3779B185EBCA87
_P2 = 0xC2B2AE3D27D4EB4F
_P3 = 0x165667B19E3779F9
_P4 = 0x85EBCA77C2B2AE63
_P5 = 0x27D4EB2F165667C5


def _turn(value, bits):
    return (value << bits | value >> 64 - bits) & _ALL


def _round(lane, word):
    return _turn(lane + word * _P2 & _ALL, 31) * _P1 & _ALL


def xxh64(data):
    """The checksum of bytes."""
    at, length = 0, len(data)
    if length >= 32:
        a, b, c, d = _P1 + _P2 & _ALL, _P2, 0, -_P1 & _ALL
        at = length - length % 32
        for one, two, three, four in struct.iter_unpack("<4Q", data[:at]):
            a, b, c, d = _round(a, one), _round(b, two), _round(c, three), _round(d, four)
        total = _turn(a, 1) + _turn(b, 7) + _turn(c, 12) + _turn(d, 18)
        for lane in (a, b, c, d):
            total = ((total ^ _round(0, lane)) * _P1 + _P4) & _ALL
    else:
        total = _P5
    total = total + length & _ALL
    while at + 8 <= length:
        total ^= _round(0, int.from_bytes(data[at : at + 8], "little"))
        total = _turn(total, 27) * _P1 + _P4 & _ALL
        at += 8
    if at + 4 <= length:
        total ^= int.from_bytes(data[at : at + 4], "little") * _P1 & _ALL
        total = _turn(total, 23) * _P2 + _P3 & _ALL
        at += 4
    for byte in data[at:]:
        total = _turn(total ^ byte * _P5 & _ALL, 11) * _P1 & _ALL
    total = (total ^ total >> 33) * _P2 & _ALL
    total = (total ^ total >> 29) * _P3 & _ALL
    return total ^ total >> 32
