"""Answers of the job's lookup modules without Spark: reads {module, options, rows} on stdin, writes the answers."""

import importlib
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "main", "publish", "pyspark"))

request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
module = importlib.import_module("dataharmonize." + request["module"])
answers = []
for options in request["options"]:
    answer = module.answerer(options)
    answers.append([list(answer(*row)) for row in request["rows"]])
sys.stdout.buffer.write(json.dumps(answers).encode("utf-8"))
