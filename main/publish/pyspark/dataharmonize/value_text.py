"""Numbers, dates and times as text: the same as shared/messages/text.ts and times.ts."""

import math
import struct
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from .unreadable_message import Unreadable

_DAY_SECONDS = 86_400
_FIRST_DAY, _LAST_DAY = 1, date.max.toordinal()
_EPOCH = date(1970, 1, 1).toordinal()
UNITS = {"millis": 3, "micros": 6, "nanos": 9}


def _plain(decimal):
    text = format(decimal, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(value):
    """The fewest digits that mean a double, as a plain decimal."""
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return _plain(Decimal(repr(value)))


def float_text(value):
    """The fewest digits that mean a 32-bit float among its like."""
    if value == 0 or not math.isfinite(value):
        return number_text(value)
    exact = Decimal(value)
    for digits in range(1, 10):
        near = float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact))
        try:
            if digits == 9 or struct.unpack("<f", struct.pack("<f", near))[0] == value:
                break
        except OverflowError:  # Rounded up it is no 32-bit float any more.
            continue
    return number_text(near)


def decimal_text(data, scale):
    """A number in two's complement, the highest byte first, divided by 10 to the power of `scale`."""
    if not data:
        raise Unreadable("value")
    unscaled = int.from_bytes(data, "big", signed=True)
    digits = _digits(abs(unscaled)).rjust(scale + 1, "0")
    text = digits if scale == 0 else "%s.%s" % (digits[:-scale], digits[-scale:])
    return "-" + text if unscaled < 0 else text


def _digits(number):
    # str() refuses numbers of more than 4,300 digits.
    return format(Decimal(number), "f") if number.bit_length() > 14_000 else str(number)


def date_text(days):
    ordinal = _EPOCH + days
    if not _FIRST_DAY <= ordinal <= _LAST_DAY:
        raise Unreadable("time")
    return date.fromordinal(ordinal).isoformat()


def _clock(seconds, fraction, unit):
    clock = "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return "%s.%s" % (clock, str(fraction).rjust(UNITS[unit], "0"))


def instant_text(value, unit):
    """`yyyy-MM-ddTHH:mm:ss.SSS` of a count of units since 1970."""
    whole, fraction = divmod(value, 10 ** UNITS[unit])
    days, seconds = divmod(whole, _DAY_SECONDS)
    return "%sT%s" % (date_text(days), _clock(seconds, fraction, unit))


def time_text(value, unit):
    """`HH:mm:ss.SSS` of a count of units since midnight."""
    seconds, fraction = divmod(value, 10 ** UNITS[unit])
    if not 0 <= seconds < _DAY_SECONDS:
        raise Unreadable("value")
    return _clock(seconds, fraction, unit)


def duration_text(data):
    months, days, ms = struct.unpack("<III", data)
    return "P%dM%dDT%d.%03dS" % (months, days, ms // 1000, ms % 1000)
