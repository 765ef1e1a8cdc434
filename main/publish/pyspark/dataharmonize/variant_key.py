"""Keys of variants: the same answers as shared/variants/key.ts. Its tables come with the plan."""

_COLOGNE = {
    letter: code
    for letters, code in (
        ("aeijouy", "0"),
        ("b", "1"),
        ("fvw", "3"),
        ("gkq", "4"),
        ("l", "5"),
        ("mn", "6"),
        ("r", "7"),
        ("sz", "8"),
    )
    for letter in letters
}
_SOUNDEX = {
    letter: str(i + 1)
    for i, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"))
    for letter in letters
}
# Answers that a task keeps, as most columns repeat their values.
MOST_KNOWN = 100000

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset("0123456789")


def _points(ranges):
    return frozenset(chr(point) for first, last in ranges for point in range(first, last + 1))


def _words(text, separators, dropped, folds):
    """The words of a lower-case text, without marks. A point or comma between two digits stays."""
    plain = []
    for i, one in enumerate(text):
        between = 0 < i < len(text) - 1 and text[i - 1] in _DIGITS and text[i + 1] in _DIGITS
        if one in ".," and between:
            plain.append(one)
        elif one in dropped:
            continue
        else:
            plain.append(" " if one in separators else folds.get(one, one))
    return [word for word in "".join(plain).split(" ") if word != ""]


def _ngrams(words, size):
    text = "".join(words)
    if len(text) <= size:
        return text
    return "".join(sorted({text[i : i + size] for i in range(len(text) - size + 1)}))


def _cologne_code(word, i):
    before, letter, after = word[i - 1 : i] if i else "", word[i], word[i + 1 : i + 2]

    def is_in(one, letters):
        return one != "" and one in letters

    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if is_in(after, "csz") else "2"
    if letter == "x":
        return "8" if is_in(before, "ckq") else "48"
    if letter == "c":
        if i == 0:
            return "4" if is_in(after, "ahkloqrux") else "8"
        return "4" if is_in(after, "ahkoqux") and not is_in(before, "sz") else "8"
    return _COLOGNE.get(letter, "")


def _cologne(word):
    """Cologne phonetics (Postel 1969) of one word."""
    codes = ""
    for i in range(len(word)):
        for code in _cologne_code(word, i):
            if not codes.endswith(code):
                codes += code
    return codes[:1] + codes[1:].replace("0", "")


def _soundex(word):
    """American Soundex (as the National Archives state it) of one word."""
    codes, last = word[0].upper(), _SOUNDEX.get(word[0], "")
    for letter in word[1:]:
        if letter in "hw":
            continue
        code = _SOUNDEX.get(letter, "")
        if code not in ("", last):
            codes += code
        last = code
    return codes[:4].ljust(4, "0")


def _phonetic(code):
    # Words in other letters stand for themselves.
    return lambda words, size: " ".join(sorted({code(word) if _LETTERS.issuperset(word) else word for word in words}))


_KEYS = {
    "fingerprint": lambda words, size: " ".join(sorted(set(words))),
    "ngram": _ngrams,
    "cologne": _phonetic(_cologne),
    "soundex": _phonetic(_soundex),
}


def word_reader(options):
    """Reads the words of a lower-case text with the tables that the plan brings."""
    separators, dropped, folds = _points(options["separators"]), _points(options["dropped"]), options["folds"]
    return lambda text: _words(text, separators, dropped, folds)


def key_of_words(key, words, size):
    """The key of words; empty where there are none."""
    return _KEYS[key](words, size)


def answerer(options):
    """Answers a lower-case text; None where nothing is left to compare, or the text is too long."""
    key, size, longest, words = options["key"], options["size"], options["longest"], word_reader(options)
    known = {}

    def answer(lowered):
        if len(lowered) > longest:
            return (None,)
        if lowered not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[lowered] = (key_of_words(key, words(lowered), size) or None,)
        return known[lowered]

    return answer
