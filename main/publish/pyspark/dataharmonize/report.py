"""The run report: counts, versions and times, never cell values."""

import platform
from datetime import datetime, timezone

FORMAT = "dataharmonize/run-report"
FATES = ("filtered", "rejected", "merged")


def started_report(spark, options):
    """What is known before the first row."""
    jvm = spark.sparkContext._jvm
    return {
        "format": FORMAT,
        "version": 1,
        "runId": options.run_id,
        "status": "failed",
        "engine": {
            "kind": "spark",
            "version": spark.version,
            "python": platform.python_version(),
            "java": jvm.java.lang.System.getProperty("java.version"),
        },
        "libraries": {},
        "applicationId": spark.sparkContext.applicationId,
        "plan": {"hash": options.approved_hash.lower()},
        "input": {"path": options.input, "format": options.input_format},
        "started": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
    }


def finished_report(report, plan, counted):
    """Adds the counts of a trace: read + added = kept + filtered + rejected + merged, unreadable rows being rejected."""
    measures = counted["measures"]
    steps = [
        {
            "step": step["id"],
            "operation": step["operation"],
            "changedCells": 0,
            "changedByColumn": {},
            "filtered": 0,
            "rejected": 0,
            "merged": 0,
            "added": 0,
            "failing": 0,
        }
        for step in plan["steps"]
    ]
    for one in plan["measures"]:
        step, count = steps[one["step"]], measures[one["name"]]
        if one["kind"] == "changed":
            step["changedCells"] += count
            step["changedByColumn"][one["column"]] = count
        elif one["kind"] == "left":
            step[one["fate"]] += count
        elif one["kind"] in ("failing", "added"):
            step[one["kind"]] += count
    left = {fate: sum(step[fate] for step in steps) for fate in FATES}
    left["rejected"] += counted["unreadable"]
    report["counts"] = {
        "read": counted["read"] + counted["unreadable"],
        "added": sum(step["added"] for step in steps),
        "kept": counted["kept"],
        **left,
    }
    report["unreadable"] = counted["unreadable"]
    report["blankLines"] = counted["blank"]
    report["steps"] = steps
    report["measures"] = measures
