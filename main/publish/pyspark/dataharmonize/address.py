"""Addresses: the same answers as shared/people/address.ts. The tables come with the plan."""

import re

from .words import case_word, is_one_case, letters_of, segments_of, words_of

_BOXES = (("post", "office", "box"), ("p", "o", "box"), ("po", "box"), ("pobox",))
_DIGITS = frozenset("0123456789")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)")
_STATE = re.compile(r"[a-z]{2}")


def _ascii_upper(text):
    return "".join(chr(ord(one) - 32) if "a" <= one <= "z" else one for one in text)


def _ascii_lower(text):
    return "".join(chr(ord(one) + 32) if "A" <= one <= "Z" else one for one in text)


def _starts_with_digit(letters, word):
    return letters.text[word.start] in _DIGITS


def _is_identifier(letters, word):
    written = letters.text[word.start : word.end]
    return len(written) == 1 or written[0] == "#" or any(one in _DIGITS for one in written)


def _is_ordinal(word):
    return _ORDINAL.fullmatch(word.key) is not None


class _Roles:
    """What is told of the words of a segment: a spelling in place of them, and those that number a unit."""

    def __init__(self):
        self.fixed, self.numbered = {}, set()

    def mark(self, word, table):
        if word.key not in table or word in self.fixed:
            return False
        self.fixed[word] = table[word.key]
        return True


def _mark_units(letters, words, options, roles):
    """Marks units; answers where the street ends."""
    end = len(words)
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else None
        unit = word.key in options["units"]
        if unit and after and _is_identifier(letters, after):
            roles.fixed[word] = options["units"][word.key]
            roles.numbered.add(after)
            end = min(end, i)
        elif unit and i > 1 and _is_ordinal(words[i - 1]) and not after:
            roles.fixed[word] = options["units"][word.key]
            end = min(end, i - 1)
        elif i > 0 and word.key in options["alone"]:
            roles.fixed[word] = options["alone"][word.key]
            end = min(end, i)
    return end


def _mark_street(letters, words, options, roles):
    """Marks what a street is called by, and the directions before and after its name."""
    named = 1 if _starts_with_digit(letters, words[0]) else 0
    last = len(words) - 1
    if last > named and roles.mark(words[last], options["directions"]):
        last -= 1
    end = last if last > named and roles.mark(words[last], options["suffixes"]) else last + 1
    if named == 1 and end - named >= 2:
        roles.mark(words[named], options["directions"])


def _find_box(letters, words):
    for start in range(len(words)):
        for keys in _BOXES:
            end = start + len(keys)
            if end < len(words) and tuple(word.key for word in words[start:end]) == keys:
                if _is_identifier(letters, words[end]):
                    return (start, end)
    return None


def _in_case_of(letters, word, written, mode):
    """A spelling of the table, in the case of the word that it stands for."""
    if mode == "upper":
        return _ascii_upper(written)
    if mode == "mixed":
        return written
    text = letters.text[word.start : word.end]
    if text == letters.lower[word.start : word.end]:
        return _ascii_lower(written)
    if len(text) > 1 and text == letters.upper[word.start : word.end]:
        return _ascii_upper(written)
    return written


def _plain_word(letters, word, i, words, roles, options):
    upper = "".join(letters.upper[word.start : word.end])
    lower = "".join(letters.lower[word.start : word.end])
    if _is_ordinal(word):
        return lower
    if _starts_with_digit(letters, word) or letters.text[word.start] == "#":
        return upper
    if word in roles.numbered and word.end - word.start <= 3:
        return upper
    after = words[i + 1] if i + 1 < len(words) else None
    # A state before its ZIP code.
    if _STATE.fullmatch(lower) and after and after.end - after.start >= 5 and _starts_with_digit(letters, after):
        return upper
    if i > 0 and word.key in options["small"]:
        return lower
    return case_word(letters, word, options["spellings"])


def _with_ending(letters, word, options, mode, write):
    lower = "".join(letters.lower[word.start : word.end])
    for ending, inside, at_start, capitals in options["endings"]:
        if not lower.endswith(ending):
            continue
        cut = word.end - len(ending)
        before = write(word._replace(end=cut)) if cut > word.start else ""
        if mode == "upper":
            return before + capitals
        if mode == "mixed":
            return before + (at_start if before == "" or before.endswith("-") else inside)
        text = letters.text[cut : word.end]
        if len(text) > 1 and text == letters.upper[cut : word.end]:
            return before + capitals
        return before + (inside if text[0] == letters.lower[cut] else at_start)
    return None


def _pieces(letters, words, first, options, mode):
    """Parts of the text and what is written in their place, as (start, end, written)."""
    roles = _Roles()
    street = words[: _mark_units(letters, words, options, roles)]
    if len(street) >= 2 and (first or _starts_with_digit(letters, street[0])):
        _mark_street(letters, street, options, roles)
    box = _find_box(letters, words) if options["boxes"] else None
    pieces = []
    for i, word in enumerate(words):
        if box and box[0] <= i < box[1]:
            if i == box[0]:
                pieces.append((word.start, words[box[1] - 1].end, "PO BOX" if mode == "upper" else "PO Box"))
            continue

        def plain(one, i=i):
            if mode == "upper":
                return "".join(letters.upper[one.start : one.end])
            if mode == "keep":
                return "".join(letters.text[one.start : one.end])
            return _plain_word(letters, one, i, words, roles, options)

        if word in roles.fixed:
            written = _in_case_of(letters, word, roles.fixed[word], mode)
        else:
            written = _with_ending(letters, word, options, mode, plain)
            written = plain(word) if written is None else written
        pieces.append((word.start, word.end, written))
    return pieces


def answer_address(text, lower, upper, options):
    """The address in the told letter case and abbreviations."""
    letters = letters_of(text, lower, upper)
    if len(letters.text) > options["longest"]:
        return text
    casing = options["casing"]
    mixed = casing == "always" or (casing == "repair" and is_one_case(letters))
    mode = "upper" if casing == "upper" else "mixed" if mixed else "keep"
    written, at = "", 0
    for i, (start, end) in enumerate(segments_of(letters)):
        for begun, ended, one in _pieces(letters, words_of(letters, start, end), i == 0, options, mode):
            written += "".join(letters.text[at:begun]) + one
            at = ended
    return written + "".join(letters.text[at:])


def answerer(options):
    """Answers a text and its cases."""
    return lambda text, lower, upper: (answer_address(text, lower, upper, options),)
