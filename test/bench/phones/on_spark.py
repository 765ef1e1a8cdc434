"""Phone numbers a second by the job's own lookup: NUMBERS.parquet (spark-submit). Tells seconds as JSON."""

import json
import sys
import time

from dataharmonize.lookups import add_answers
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.appName("phone numbers").getOrCreate()
asked = spark.read.parquet(sys.argv[1]).repartition(2 * spark.sparkContext.defaultParallelism).persist()
stage = {
    "lookup": "phone",
    "inputs": ["number", "region"],
    "ids": ["written", "extension"],
    "options": {"format": "e164", "extension": "drop"},
}
# Reads the numbers, and starts Python.
add_answers(asked.limit(1000), stage).agg(F.count("written")).first()
numbers = asked.count()
began = time.monotonic()
valid = add_answers(asked, stage).agg(F.count("written")).first()[0]
seconds = time.monotonic() - began
print(json.dumps({"numbers": numbers, "valid": valid, "seconds": seconds, "spark": spark.version}))
spark.stop()
