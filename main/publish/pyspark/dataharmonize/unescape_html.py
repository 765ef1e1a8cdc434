"""Character references of HTML: the same answers as shared/lookup/unescape-html.ts."""

import re

from .html_table import ENTITIES

_REFERENCE = re.compile("&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}));")

_NAMES = {
    name: "".join(chr(int(point, 16)) for point in points.split("+"))
    for name, points in (one.split("=") for one in ENTITIES.split())
}

# What browsers make of references to the control characters 128 to 159: Windows-1252; None where that has nothing.
_WINDOWS_1252 = [bytes([byte]).decode("cp1252", "ignore") or None for byte in range(128, 160)]


def _numbered(point):
    if 128 <= point <= 159:
        return _WINDOWS_1252[point - 128]
    if point == 0 or point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return None
    return chr(point)


def _resolved(match):
    decimal, hexadecimal, name = match.groups()
    if decimal is not None:
        found = _numbered(int(decimal))
    elif hexadecimal is not None:
        found = _numbered(int(hexadecimal, 16))
    else:
        found = _NAMES.get(name)
    return match.group() if found is None else found


def unescape(text):
    """The text with its character references resolved, once; what is none, or names no character, stays."""
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def answerer(_options):
    """Answers a text."""
    return lambda text: (unescape(text),)
