"""Normal forms of Unicode: the same answers as shared/lookup/normalize-unicode.ts."""

import re
import unicodedata

from .normalization_table import UNASSIGNED


def _class(ranges):
    bounds = [one.split("-") for one in ranges.split()]
    return "".join("%s-%s" % (re.escape(chr(int(one[0], 16))), re.escape(chr(int(one[-1], 16)))) for one in bounds)


# Libraries know different versions of Unicode; what all of them know they normalise alike, for ever.
_KNOWN = re.compile("[^%s]+" % _class(UNASSIGNED))


def normalize(text, form):
    """The text in a normal form; code points that Unicode 12.1 does not assign part it and stay as they are."""
    if text.isascii():
        return text
    return _KNOWN.sub(lambda part: unicodedata.normalize(form, part.group()), text)


def answerer(options):
    """Answers a text."""
    form = options["form"]
    return lambda text: (normalize(text, form),)
