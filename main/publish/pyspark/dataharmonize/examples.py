"""Pinned examples: what steps must answer for given cells, checked before anything is written."""

from .faults import JobFault
from .stages import run_stages

MOST_NAMED = 5


def broken_examples(spark, plan):
    """Examples that their step does not keep, as {step, place, operation, example}; example counts from 1."""
    broken = []
    for step in plan.get("examples", []):
        found = run_stages(spark.sql(step["sql"]), step).select("n", "f", *step["outputs"]).collect()
        for n, expected in enumerate(step["expected"]):
            # Where a row was split, one of its parts answers.
            rows = [row for row in found if row["n"] == n and row["f"] is None]
            if any(all(row[one] == expected for one in step["outputs"]) for row in rows):
                continue
            named = {key: step[name] for key, name in (("step", "id"), ("place", "place"), ("operation", "operation"))}
            broken.append({**named, "example": n + 1})
    return broken


def check_examples(spark, plan):
    """Refuses a plan whose steps answer otherwise than their pinned examples. No cell value is told."""
    broken = broken_examples(spark, plan)
    if not broken:
        return
    named = ["step %d (%s), example %d" % (one["place"], one["operation"], one["example"]) for one in broken]
    more = " and %d more" % (len(named) - MOST_NAMED) if len(named) > MOST_NAMED else ""
    raise JobFault(
        "run.examples",
        "Steps do not answer as their pinned examples say: %s%s." % ("; ".join(named[:MOST_NAMED]), more),
        {"examples": broken},
    )
