"""
Many files as one data set: those of a folder, and of folders in it that are named by keys, as year=2024. The keys are
columns after those of the files. The same as shared/reading/data-set.ts.
"""

import re

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from .faults import JobFault

# What Hive writes where a key has no value.
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_ESCAPED = re.compile("%([0-9a-fA-F]{2})")


def _unescaped(text):
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def _key_of(name):
    """(key, value) of a folder's name, or None where it has none."""
    key, equals, value = name.partition("=")
    if not equals or not key:
        return None
    return _unescaped(key), None if value == NO_VALUE else _unescaped(value)


class DataSet:
    """`files`: (path, bytes) each, in order of name; `keys`: names of the keys; `values`: by the folders of a file."""

    def __init__(self, files, keys, values):
        self.files = files
        self.keys = keys
        self.values = values

    def own_columns(self, names):
        """The plan's columns that files have themselves."""
        own = names[: len(names) - len(self.keys)]
        if names[len(own) :] != self.keys or set(own) & set(self.keys):
            raise JobFault(
                "input.columns",
                "The folders of the input have the keys %s, which are not the last columns of the plan."
                % (", ".join(self.keys) or "none"),
                {"columns": names},
            )
        return own

    def with_keys(self, frame, own):
        """Adds the keys as columns after the `own` columns that files have."""
        if not self.keys:
            return frame
        ids = ["c%d" % (own + i) for i in range(len(self.keys))]
        fields = [StructField("_folders", StringType())] + [StructField(one, StringType()) for one in ids]
        known = frame.sparkSession.createDataFrame(
            [(folders, *values) for folders, values in self.values.items()], StructType(fields)
        )
        pattern = "((?:/[^/]*){%d})/[^/]*$" % len(self.keys)
        keyed = frame.select("*", F.regexp_extract("u_file", pattern, 1).alias("_folders"))
        joined = keyed.join(F.broadcast(known.withColumn("_known", F.lit(True))), "_folders", "left")
        lost = F.raise_error(F.lit("a file of unknown folders"))
        values = [F.when(F.col("_known").isNull(), lost).otherwise(F.col(one)).alias(one) for one in ids]
        return joined.select(*frame.columns, *values)


def find(job_files, uri):
    """The data set at a path: a file, a folder or a pattern of names."""
    listed = job_files.data_files(uri)
    if not listed:
        raise JobFault("input.not-found", "There is no file at the input path.")
    keys, values = None, {}
    for folders, path, _ in listed:
        pairs = [_key_of(name) for name in folders]
        if None in pairs:
            raise JobFault(
                "input.folders",
                "The input folder holds folders that are not named by keys, as year=2024; point at one that holds files only.",
                {"file": path},
            )
        found = [key for key, _ in pairs]
        if keys is not None and found != keys:
            raise JobFault("input.folders", "Files of the input lie in folders of different keys.", {"file": path})
        keys = found
        # As Spark tells the path of a file.
        encoded = job_files.encoded(path).split("/")
        values["".join("/" + name for name in encoded[len(encoded) - 1 - len(keys) : -1])] = [
            value for _, value in pairs
        ]
    return DataSet([(path, size) for _, path, size in listed], keys, values)
