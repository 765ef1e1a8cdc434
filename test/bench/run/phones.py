"""Phone numbers for the rivals: each number and region once, in two processes."""

from multiprocessing import get_context

import phonenumbers

REGIONS = set(phonenumbers.SUPPORTED_REGIONS)


def answer(question):
    """The number in E.164 without its extension, or None where it is not valid."""
    number, region = question
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def answers(questions):
    """Answers of a list of (number, region), in order."""
    # Not forked: Polars has threads by then.
    with get_context("spawn").Pool(2) as pool:
        return pool.map(answer, questions, chunksize=5000)


def region_of(country):
    """A supported region from the text of a cell, else the default one."""
    named = country.strip().upper() if country else None
    return named if named in REGIONS else "US"
