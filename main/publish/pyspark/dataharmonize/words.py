"""Words of a text and their letter case: the same as shared/people/words.ts."""

from collections import namedtuple

# A text as code points, beside its lower and its upper case: three lists of one length.
Letters = namedtuple("Letters", "text lower upper")
# A word, from its first code point to the one after its last; its lower case without full stops.
Word = namedtuple("Word", "start end key")

_PARTING = frozenset("-\u2010\u2011\u2013/.()\"\u201c\u201d&+_")
_APOSTROPHES = frozenset("'\u2019\u02bc`")
_BEFORE_APOSTROPHE = frozenset("odl")


def letters_of(text, lower, upper):
    """Lines a text up with its cases; a case of another length counts as the text."""
    points = list(text)

    def aligned(other):
        found = points if other is None else list(other)
        return found if len(found) == len(points) else points

    return Letters(points, aligned(lower), aligned(upper))


def words_of(letters, start, end):
    """Words between spaces, of a part of a text."""
    words, begun = [], start
    for i in range(start, end + 1):
        if i < end and letters.text[i] != " ":
            continue
        if i > begun:
            words.append(Word(begun, i, "".join(one for one in letters.lower[begun:i] if one != ".")))
        begun = i + 1
    return words


def segments_of(letters):
    """Parts of a text between commas, as (start, end)."""
    ends = [i for i, one in enumerate(letters.text) if one == ","] + [len(letters.text)]
    starts = [0] + [i + 1 for i in ends[:-1]]
    return list(zip(starts, ends))


def is_one_case(letters):
    """Whether a text has letters of one case only, so that its case says nothing."""
    text, lower, upper = letters
    return not (text != lower and text != upper)


def with_stops(letters, spelling):
    """The full stops of a word stay where they are, between the letters of a spelling."""
    spelled, written = iter(spelling), []
    for one in letters:
        written.append(one if one == "." else next(spelled, one))
    return "".join(written)


def _case_part(letters, start, end, spellings):
    key = "".join(letters.lower[start:end])
    if key in spellings:
        return spellings[key]
    raised = {start}
    if end - start >= 4:
        if letters.lower[start + 1] in _APOSTROPHES and letters.lower[start] in _BEFORE_APOSTROPHE:
            raised.add(start + 2)
        if key.startswith("mc"):
            raised.add(start + 2)
    return "".join((letters.upper if i in raised else letters.lower)[i] for i in range(start, end))


def case_word(letters, word, spellings):
    """A word with its capitals; parts that have a spelling of their own follow it."""
    written, begun = "", word.start
    for i in range(word.start, word.end + 1):
        if i < word.end and letters.lower[i] not in _PARTING:
            continue
        if i > begun:
            written += _case_part(letters, begun, i, spellings)
        if i < word.end:
            written += letters.text[i]
        begun = i + 1
    return written
