"""Names of persons: the same answers as shared/people/person-name.ts. The tables come with the plan."""

from collections import namedtuple

from .words import case_word, is_one_case, letters_of, segments_of, with_stops, words_of

_Parts = namedtuple("_Parts", "title given middle family suffix")
_NONE = (None,) * 5


def _after_titles(words, options):
    count = 0
    while count < len(words) - 1 and words[count].key in options["titles"]:
        count += 1
    return count


def _before_suffixes(words, options):
    end = len(words)
    while end > 1 and words[end - 1].key in options["suffixes"]:
        end -= 1
    return end


def _plain_order(words, options):
    start = _after_titles(words, options)
    end = start + _before_suffixes(words[start:], options)
    named = words[start:end]
    family = len(named) - 1
    while family > 1 and (
        named[family - 1].key in options["particles"] or named[family - 1].key in options["prefixes"]
    ):
        family -= 1
    if family == 1 and len(named) > 2 and named[0].key in options["particles"]:
        family = 0
    return _Parts(
        title=words[:start],
        given=named[: min(1, family)],
        middle=named[1 : max(1, family)],
        family=named[max(0, family) :],
        suffix=words[end:],
    )


def _family_first(first, second, options):
    first_start, second_start = _after_titles(first, options), _after_titles(second, options)
    first_end = first_start + _before_suffixes(first[first_start:], options)
    second_end = second_start + _before_suffixes(second[second_start:], options)
    given = second_end
    while given > second_start + 1 and second[given - 1].key in options["particles"]:
        given -= 1
    return _Parts(
        title=first[:first_start] + second[:second_start],
        given=second[second_start : min(second_start + 1, given)],
        middle=second[second_start + 1 : given],
        family=second[given:second_end] + first[first_start:first_end],
        suffix=first[first_end:] + second[second_end:],
    )


def _parts(segments, options):
    """The parts of a name; None where its commas say nothing that is known."""
    end = len(segments)
    while end > 1 and all(word.key in options["suffixes"] for word in segments[end - 1]):
        end -= 1
    suffixes = [word for segment in segments[end:] for word in segment]
    if end > 2 or not segments[0]:
        return None
    if end == 2:
        parts = _family_first(segments[0], segments[1], options)
    else:
        parts = _plain_order(segments[0], options)
    return parts._replace(suffix=parts.suffix + suffixes)


def _writer(letters, parts, options):
    casing = options["casing"]
    if casing == "keep" or (casing == "repair" and not is_one_case(letters)):
        return lambda word: "".join(letters.text[word.start : word.end])
    title, suffix = (parts.title, parts.suffix) if parts else ([], [])
    first = parts.given[0] if parts and parts.given else None

    def write(word):
        written = letters.text[word.start : word.end]
        if word in title:
            return with_stops(written, options["titles"].get(word.key, word.key))
        if word in suffix:
            return with_stops(written, options["suffixes"].get(word.key, word.key))
        if word != first and (first or word.start > 0) and word.key in options["particles"]:
            return "".join(letters.lower[word.start : word.end])
        return case_word(letters, word, options["spellings"])

    return write


def _joined(texts, between):
    return between.join(one for one in texts if one != "")


def _in_order(told, order):
    title, given, middle, family, suffix = told
    if order == "given-first":
        return _joined([title, given, middle, family, suffix], " ")
    return _joined([family, _joined([title, given, middle], " "), suffix], ", ")


def answer_name(text, lower, upper, options):
    """The name with its letter case and order as told, then title, given, middle, family and suffix."""
    letters = letters_of(text, lower, upper)
    if len(letters.text) > options["longest"]:
        return (text, *_NONE)
    segments = [words_of(letters, start, end) for start, end in segments_of(letters)]
    while len(segments) > 1 and not segments[-1]:
        segments.pop()
    parts = _parts(segments, options) if all(segments) else None
    write = _writer(letters, parts, options)
    kept = list(letters.text)
    for segment in segments:
        for word in segment:
            kept[word.start : word.end] = list(write(word))
    if parts is None:
        return ("".join(kept), *_NONE)
    told = [" ".join(write(word) for word in part) for part in parts]
    name = "".join(kept) if options["order"] == "keep" else _in_order(told, options["order"])
    return (name, *[one or None for one in told])


def answerer(options):
    """Answers a text and its cases."""
    return lambda text, lower, upper: answer_name(text, lower, upper, options)
