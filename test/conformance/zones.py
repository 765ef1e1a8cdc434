"""
Distances from UTC by Python's own zoneinfo, with the time zone database of its package tzdata and no other. Reads
{zone: {utc: [seconds], local: [seconds]}} on stdin, of 1970-01-01 by the clock that is meant; writes, for each zone,
the distances at the first, and for the second [earlier distance, later distance], null for a time that is skipped.
"""

import json
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

zoneinfo.reset_tzpath(to=[])
EPOCH = datetime(1970, 1, 1)


def seconds(distance):
    return distance.days * 86400 + distance.seconds


def at_utc(zone, second):
    moment = (EPOCH + timedelta(seconds=second)).replace(tzinfo=timezone.utc)
    return seconds(moment.astimezone(zone).utcoffset())


def at_local(zone, second):
    local = EPOCH + timedelta(seconds=second)
    folds = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    # zoneinfo also tells of distances that its own clocks did not have then, as for Nuuk in October 2023.
    real = [one for one in folds if one.astimezone(timezone.utc).astimezone(zone).replace(tzinfo=None) == local]
    if not real:
        return [None, seconds(folds[0].utcoffset())]
    return [seconds(one.utcoffset()) for one in (real[0], real[-1])]


asked = json.load(sys.stdin)
answers = {}
for name, times in asked.items():
    zone = zoneinfo.ZoneInfo(name)
    answers[name] = {
        "utc": [at_utc(zone, one) for one in times["utc"]],
        "local": [at_local(zone, one) for one in times["local"]],
    }
json.dump({"version": version("tzdata"), "names": sorted(zoneinfo.available_timezones()), "answers": answers}, sys.stdout)
