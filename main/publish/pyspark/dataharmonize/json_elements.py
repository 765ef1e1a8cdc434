"""
The elements of a JSON array: the same answers as shared/lookup/json-elements.ts, which tells how they are joined, and
shared/reading/array-elements.ts, which tells what they are.
"""

from .flatten import GAP, HALF, decoder, is_too_deep

_NO_ELEMENT = "~2"


def _elements(text):
    """The elements of an array's text, None for null; raises ValueError where it is no JSON array."""
    at = GAP(text).end()
    if not text.startswith("[", at):
        raise ValueError
    elements = []
    at = GAP(text, at + 1).end()
    if text.startswith("]", at):
        at += 1
    else:
        while True:
            value, end = decoder.raw_decode(text, at)
            elements.append(value if value is None or text[at] == '"' else text[at:end])
            at = GAP(text, end).end()
            follows = text[at : at + 1]
            if follows == "]":
                at += 1
                break
            if follows != ",":
                raise ValueError
            at = GAP(text, at + 1).end()
    if GAP(text, at).end() != len(text):
        raise ValueError
    return elements


def array_elements(text):
    """The elements of a JSON array, None for null; or None where the text is none that can be read."""
    if is_too_deep(text):
        return None
    try:
        elements = _elements(text)
    except ValueError:
        return None
    if "\\u" in text and any(one is not None and HALF(one) for one in elements):
        return None
    return elements


def _escaped(element):
    return _NO_ELEMENT if element is None else element.replace("~", "~0").replace("/", "~1")


def answerer(options):
    """Answers a text with its joined elements, and why there are none."""
    most = options["most"]

    def answer(text):
        elements = array_elements(text)
        if elements is None:
            return None, "array"
        if len(elements) > most:
            return None, "many"
        return "/".join([_escaped(one) for one in elements] or [_NO_ELEMENT]), None

    return answer
