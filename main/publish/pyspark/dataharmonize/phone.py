"""Phone numbers: the same answers as shared/lookup/phone.ts, by the same upstream library and metadata."""

from functools import lru_cache



def library_version():
    """Version of the library at hand, or None where there is none."""
    try:
        import phonenumbers
    except ImportError:
        return None
    return phonenumbers.__version__


@lru_cache(maxsize=200000)
def look_up(number, region, form, extension):
    """The number in a format and its extension, each None where there is none."""
    import phonenumbers

    if number is None:
        return (None, None)
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return (None, None)
    if not phonenumbers.is_valid_number(parsed):
        return (None, None)
    found = parsed.extension or None
    if extension == "drop" or form == "e164":
        parsed.extension = None
    formats = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(
        parsed,
        {
            "e164": formats.E164,
            "international": formats.INTERNATIONAL,
            "national": formats.NATIONAL,
            "rfc3966": formats.RFC3966,
        }[form],
    )
    if form == "e164" and extension == "keep" and found is not None:
        written = "%s ext. %s" % (written, found)
    return (written, found)


def answerer(options):
    """Answers a number and its region."""
    form, extension = options["format"], options["extension"]
    return lambda number, region: look_up(number, region, form, extension)
