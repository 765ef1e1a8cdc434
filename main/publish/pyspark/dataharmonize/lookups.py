"""
Lookups: what Spark cannot compute in an expression. Each is a module of this package that answers as the one of the
same name in shared/lookup: answerer(options) is a function of the inputs that returns a tuple of the outputs; or
add_answers(frame, stage), where an answer depends on all rows.
"""

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from . import (
    address,
    hmac_digest,
    ipv6,
    json_elements,
    matching,
    normalize_unicode,
    person_name,
    phone,
    unescape_html,
    variant_key,
    zone,
)
from .faults import JobFault

LOOKUPS = {
    "address": address,
    "hmac": hmac_digest,
    "ipv6": ipv6,
    "json-elements": json_elements,
    "match": matching,
    "normalize-unicode": normalize_unicode,
    "person-name": person_name,
    "phone": phone,
    "unescape-html": unescape_html,
    "variant-key": variant_key,
    "zone": zone,
}

# Libraries whose versions decide answers: how to find the version at hand, None where there is none.
LIBRARIES = {"phonenumbers": phone.library_version, "time-zones": zone.table_version}


def add_answers(frame, stage):
    """The frame with a column for each of the stage's ids. Rows whose first input is null are not asked."""
    if stage["lookup"] not in LOOKUPS:
        raise JobFault("plan.lookup", "The plan has a lookup “%s”, which this job does not know." % stage["lookup"])
    if hasattr(LOOKUPS[stage["lookup"]], "add_answers"):
        return LOOKUPS[stage["lookup"]].add_answers(frame, stage)
    answer, outputs = LOOKUPS[stage["lookup"]].answerer(stage["options"]), len(stage["ids"])
    nothing = (None,) * outputs

    def answered(*inputs):
        return nothing if inputs[0] is None else answer(*inputs)

    fields = StructType([StructField("a%d" % i, StringType()) for i in range(outputs)])
    # Marked non-deterministic so that Spark computes it once a row.
    column = F.udf(answered, fields).asNondeterministic()(*[F.expr(sql) for sql in stage["inputs"]])
    asked = frame.select("*", column.alias("answers"))
    names = [F.col("answers.a%d" % i).alias(one) for i, one in enumerate(stage["ids"])]
    return asked.select("*", *names).drop("answers")
