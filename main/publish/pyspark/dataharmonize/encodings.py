"""
Encodings of text files: the table of shared/reading/encodings.ts. Bytes of UTF-16 become UTF-8 before they are split;
what the encoding does not have becomes bytes that UTF-8 does not have, as in main/reading/transcode.ts.
"""

from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType

# What Windows-1252 has for 0x80-0x9F; \0 where it has nothing.
WINDOWS_1252 = "\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178"
_LETTERS = {chr(0x80 + i): letter for i, letter in enumerate(WINDOWS_1252) if letter != "\0"}
_NOTHING = "".join(chr(0x80 + i) for i, letter in enumerate(WINDOWS_1252) if letter == "\0")
_TRANSLATED = str.maketrans(_LETTERS)
_REPLACED = "\\x{fffd}"
_WIDE = {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}


def is_wide(encoding):
    """Whether a line feed takes two bytes, so that files of it cannot be split at bytes."""
    return encoding in _WIDE


def wide_to_utf8(content, encoding):
    """Bytes of UTF-16 as UTF-8. Halves of pairs keep their number; a byte without its other half is FF and its halves."""
    odd = len(content) % 2
    units = content[: len(content) - odd].decode(_WIDE[encoding], "surrogatepass")
    # Decoding leaves alone halves alone; each is written as its number.
    made = units.encode("utf-8", "surrogatepass")
    return made + (bytes([0xFF, 0x80 | content[-1] >> 4, 0x80 | content[-1] & 15]) if odd else b"")


def wide_original(line, encoding):
    """The bytes of UTF-16 from which wide_to_utf8 made these."""
    odd = b""
    if len(line) >= 3 and line[-3] == 0xFF:
        odd = bytes([(line[-2] & 15) << 4 | line[-1] & 15])
        line = line[:-3]
    return line.decode("utf-8", "surrogatepass").encode(_WIDE[encoding], "surrogatepass") + odd


def text_of(line, encoding):
    """The text of a record's bytes, as they are once files are split; None where they are not valid."""
    if encoding == "iso-8859-1":
        return line.decode("latin-1")
    if encoding == "windows-1252":
        letters = line.decode("latin-1")
        return None if any(one in letters for one in _NOTHING) else letters.translate(_TRANSLATED)
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def original_of(line, encoding):
    """A record's bytes as they stand in the file."""
    return wide_original(line, encoding) if is_wide(encoding) else line


def start_text(start, encoding):
    """The text at the start of a file, as far as it can be read; for headers."""
    if is_wide(encoding):
        return start[: len(start) - len(start) % 2].decode(_WIDE[encoding], "replace")
    if encoding == "utf-8":
        return start.decode("utf-8", "replace")
    text = start.decode("latin-1")
    return text if encoding == "iso-8859-1" else text.translate(_TRANSLATED)


def transcoded(content, encoding):
    """A column of whole files' bytes, of which those of UTF-16 become UTF-8."""
    if not is_wide(encoding):
        return content
    return F.udf(lambda one: wide_to_utf8(bytes(one), encoding), BinaryType())(content)


def decoded(line, encoding):
    """(text, whether it is valid) of a column of records' bytes, typed as text."""
    binary = line.cast("binary")
    if encoding in ("iso-8859-1", "windows-1252"):
        letters = F.call_function("decode", binary, F.lit("ISO-8859-1"))
        if encoding == "iso-8859-1":
            return letters, F.lit(True)
        text = F.translate(letters, "".join(_LETTERS), "".join(_LETTERS.values()))
        return text, ~letters.rlike("[%s]" % "".join("\\x{%x}" % ord(one) for one in _NOTHING))
    utf8 = F.lit("UTF-8")
    same = F.call_function("encode", F.call_function("decode", binary, utf8), utf8) == binary
    # Patterns see this mark in place of what is not valid: most records hold none, and need no further proof.
    return line, ~line.rlike(_REPLACED) | same
