"""How a JSON object becomes a row: the same as shared/reading/flatten.ts, which tells the rules."""

import re
from json.decoder import JSONDecoder, scanstring

DEEPEST = 100

GAP = re.compile(r"[ \t\n\r]*").match
_LITERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null").match
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
HALF = re.compile("[\ud800-\udfff]").search


class _Members(list):
    """The members of an object, in their order."""


def _no_number(text):
    raise ValueError(text)


# Numbers keep their digits; NaN and the infinities are no JSON.
decoder = JSONDecoder(object_pairs_hook=_Members, parse_int=str, parse_float=str, parse_constant=_no_number)


def _is_json(text):
    try:
        decoder.decode(text)
        return True
    except (ValueError, RecursionError):
        return False


def is_too_deep(text):
    """Whether brackets are nested deeper than DEEPEST; those within quotes do not count."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for character in _QUOTED.sub("", text):
        if character in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif character in "]}":
            depth -= 1
    return False


def _object(text, at):
    """The members of the object that begins at an offset, arrays as they stand there, and the offset after it."""
    members = _Members()
    at = GAP(text, at + 1).end()
    if text.startswith("}", at):
        return members, at + 1
    while True:
        if not text.startswith('"', at):
            raise ValueError
        key, at = scanstring(text, at + 1, True)
        at = GAP(text, at).end()
        if not text.startswith(":", at):
            raise ValueError
        at = GAP(text, at + 1).end()
        first = text[at : at + 1]
        if first == '"':
            value, at = scanstring(text, at + 1, True)
        elif first == "{":
            value, at = _object(text, at)
        elif first == "[":
            end = decoder.raw_decode(text, at)[1]
            value, at = text[at:end], end
        else:
            literal = _LITERAL(text, at)
            if literal is None:
                raise ValueError
            value, at = literal.group(), literal.end()
            if value == "null":
                value = None
        members.append((key, value))
        at = GAP(text, at).end()
        if text.startswith("}", at):
            return members, at + 1
        if not text.startswith(",", at):
            raise ValueError
        at = GAP(text, at + 1).end()


class _Row:
    def __init__(self):
        self.keys = []
        self.values = []
        self.empty = False
        self.duplicate = False

    def fill(self, members, prefix):
        names = set()
        for name, value in members:
            if name == "":
                self.empty = True
            names.add(name)
            if type(value) is _Members and value:
                self.fill(value, "%s%s." % (prefix, name))
                continue
            if value is True:
                value = "true"
            elif value is False:
                value = "false"
            elif type(value) is _Members:
                value = "{}"
            self.keys.append(prefix + name)
            self.values.append(value)
        if len(names) != len(members):
            self.duplicate = True


def flatten(text):
    """The paths and the texts of an object's text, (keys, values, None); or (None, None, what is wrong with it)."""
    if is_too_deep(text):
        return None, None, "depth"
    begin = GAP(text).end()
    if not text.startswith("{", begin):
        return None, None, "object" if _is_json(text) else "syntax"
    try:
        # Python's own reader is quicker, but does not tell where an array stood.
        members, end = _object(text, begin) if "[" in text else decoder.raw_decode(text, begin)
    except (ValueError, RecursionError):
        return None, None, "syntax"
    if GAP(text, end).end() != len(text):
        return None, None, "syntax"
    row = _Row()
    row.fill(members, "")
    if row.empty:
        return None, None, "key"
    if row.duplicate or len(set(row.keys)) != len(row.keys):
        return None, None, "duplicate"
    # A text that was decoded from UTF-8 holds halves only where they are escaped.
    if "\\u" in text and any(one is not None and HALF(one) for one in row.keys + row.values):
        return None, None, "surrogate"
    return row.keys, row.values, None
