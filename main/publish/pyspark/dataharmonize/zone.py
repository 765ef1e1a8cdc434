"""Time zones: the same answers as shared/lookup/zone.ts, from the same table."""

import re
from bisect import bisect_left
from collections import namedtuple

DAY = 86400
_DATE = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_STEP = re.compile("(-?[0-9a-z]+)([A-Z])")
_NOTHING = (None,) * 5

# Seconds: of 1970-01-01 UTC, and ahead of UTC.
Change = namedtuple("Change", "at before after")
Rule = namedtuple("Rule", "standard summer begin end")
Zone = namedtuple("Zone", "first changes rule")


def table_version():
    """Version of the time zone database in the table."""
    from .zone_table import VERSION

    return VERSION


def zone_of(name):
    """A zone by its name as the table spells it; None for no such name."""
    from .zone_table import ZONES

    for line in ZONES.strip().split("\n"):
        names, distances, steps, rule = line.split(";")
        if name in names.split(" "):
            return _parse(distances, steps, rule)
    return None


def _parse(distances, steps, rule):
    offsets = [int(one) for one in distances.split(",")]
    at, before, changes = 0, offsets[0], []
    for step, letter in _STEP.findall(steps):
        at += int(step, 36)
        after = offsets[ord(letter) - 65]
        changes.append(Change(at, before, after))
        before = after
    if not rule:
        return Zone(offsets[0], changes, None)
    standard, summer, begin, end = rule.split(" ")
    dates = [tuple(int(part) for part in one.split(".")) for one in (begin, end)]
    return Zone(offsets[0], changes, Rule(int(standard), int(summer), *dates))


def day_number(year, month, day):
    """Days from 1970-01-01 to a day of the Gregorian calendar, which goes on before its beginning."""
    # Years from March have the leap day at their end.
    cycle, of_cycle = divmod(year - 1 if month <= 2 else year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return cycle * 146097 + of_cycle * 365 + of_cycle // 4 - of_cycle // 100 + of_year - 719468


def _second_of(year, date):
    month, week, weekday, second = date
    first = day_number(year, month, 1)
    following = day_number(year + 1, 1, 1) if month == 12 else day_number(year, month + 1, 1)
    day = first + (weekday - first - 4) % 7 + (week - 1) * 7
    while day >= following:
        day -= 7
    return day * DAY + second


def _ruled(rule, year):
    return [
        Change(_second_of(year, rule.begin) - rule.standard, rule.standard, rule.summer),
        Change(_second_of(year, rule.end) - rule.summer, rule.summer, rule.standard),
    ]


def on_day(zone, year, start, clock):
    """The distance from UTC at a day's start, and the change on it with the local times it takes, or None."""
    place = bisect_left(zone.changes, (start - 2 * DAY,))
    near = list(zone.changes[max(0, place - 1) : place + 3])
    last = zone.changes[-1] if zone.changes else None
    # Three changes after a day are enough, and the rule counts after all others.
    if zone.rule and place + 3 > len(zone.changes):
        ruled = [change for one in (year - 1, year, year + 1) for change in _ruled(zone.rule, one)]
        near += sorted(change for change in ruled if last is None or change.at > last.at)
    before = near[0].before if near else last.after if last else zone.first
    for change in near:
        shifts = (0,) if clock == "utc" else (change.before, change.after)
        low, high = change.at + min(shifts), change.at + max(shifts)
        if low >= start + DAY:
            break
        if high > start:
            return change.before, (low, high, change.after)
        before = change.after
    return before, None


def answerer(options):
    """Answers a date in ISO form."""
    zone, clock = zone_of(options["zone"]), options["clock"]
    gap, overlap = options["gap"], options["overlap"]

    def answer(text):
        found = _DATE.fullmatch(text)
        if not found or zone is None:
            return _NOTHING
        year, month, day = (int(one) for one in found.groups())
        if not 1 <= month <= 12:
            return _NOTHING
        start = day_number(year, month, day) * DAY
        before, change = on_day(zone, year, start, clock)
        if change is None:
            return (str(before), None, None, None, None)
        low, high, after = change
        if after > before:
            between = {"invalid": None, "forward": before}[gap]
        else:
            between = {"invalid": None, "earlier": before, "later": after}[overlap]
        return (
            str(before),
            str(low - start),
            str(high - start),
            None if between is None else str(between),
            str(after),
        )

    return answer
