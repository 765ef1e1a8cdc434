"""Reads and checks the plan."""

import hashlib
import json

from . import lookups
from .faults import JobFault

FORMAT = "dataharmonize/spark-plan"
VERSION = 1


def load_plan(content, approved_hash):
    """The plan of these bytes, which are its canonical JSON; nothing of it is looked at before its hash fits."""
    found = hashlib.sha256(content).hexdigest()
    if found != approved_hash.lower():
        raise JobFault(
            "plan.hash",
            "The plan is not the approved one: its SHA-256 is %s, approved was %s." % (found, approved_hash),
        )
    plan = json.loads(content.decode("utf-8"))
    if plan.get("format") != FORMAT:
        raise JobFault("plan.format", "The plan is no %s." % FORMAT)
    if plan.get("version") != VERSION:
        raise JobFault("plan.version", "The plan has version %s; this job reads version %d." % (plan.get("version"), VERSION))
    return plan


def check_libraries(plan):
    """Compares the libraries the plan was made for with those at hand. Returns the versions in use."""
    used = {}
    for name, wanted in plan["libraries"].items():
        if name not in lookups.LIBRARIES:
            raise JobFault("plan.library", "The plan asks for the library %s, which this job does not know." % name)
        used[name] = lookups.LIBRARIES[name]()
        if used[name] != wanted:
            raise JobFault(
                "plan.library",
                "The plan was made with %s %s, but %s is installed here." % (name, wanted, used[name]),
            )
    return used


def apply_settings(spark, plan):
    """Sets every setting of the plan that bears on meaning."""
    for key, value in plan["settings"].items():
        spark.conf.set(key, value)
