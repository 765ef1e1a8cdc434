"""
Looks at all rows of a source for the workbench: draws a sample of them, or lists the shapes of their values. What is
looked for is SQL of the plan; the result stays in the run's folder, for whoever asked.
"""

from pyspark.sql import functions as F
from pyspark.sql.window import Window

from .stages import KIND, ROW


def rows_of(frame):
    """The readable rows, as c0 … cn."""
    cells = [name for name in frame.columns if name[:1] == "c" and name[1:].isdigit()]
    return frame.where(F.col(KIND) == ROW).select(*cells)


def draw(rows, survey):
    """
    The rows to keep, and what was decided on the way. `place` orders whole groups, of which the first are kept as far
    as `rows` allow; without it the rows of the lowest `rank` are, each copy of a row having a rank of its own.
    """
    names = rows.columns
    found = rows.where(F.expr(survey["where"])) if survey["where"] is not None else rows
    most = survey["rows"]
    if survey["place"] is not None:
        placed = found.select("*", F.expr(survey["place"]).alias("place")).persist()
        matches = placed.count()
        end = None
        if matches > most:
            end = placed.orderBy("place").limit(most + 1).agg(F.max("place")).first()[0]
            placed = placed.where(F.col("place") < end)
        return placed.orderBy("place").select(*names), {"matches": matches, "end": end}
    placed = found.select("*", F.expr(survey["content"]).alias("content")).persist()
    matches = placed.count()
    copies = Window.partitionBy("content").orderBy("content")
    ranked = placed.select("*", F.row_number().over(copies).cast("bigint").alias("copy"))
    kept = ranked.select("*", F.expr(survey["rank"]).alias("rank")).orderBy("rank").limit(most)
    return kept.select(*names), {"matches": matches, "end": None}


def listed(counted, by, most):
    """Of each column, told apart by `by`, the most frequent shapes, numbered `n` from 1."""
    order = Window.partitionBy(by).orderBy(F.col("rows").desc(), F.col("shape").asc_nulls_first())
    return counted.select("*", F.row_number().over(order).alias("n")).where(F.col("n") <= most)


def shapes(rows, survey):
    """
    The shapes of each column and how many rows have them, the most frequent first; and a row for each shape of columns
    that do not have too many.
    """
    names = rows.columns
    most = survey["mostShapes"]
    cells = F.posexplode(F.array(*names)).alias("at", "value")
    shaped = rows.select(F.struct(*names).alias("row"), cells).select(
        "at", "row", F.when(F.col("value").isNotNull(), F.expr(survey["shape"])).alias("shape")
    )
    counted = shaped.groupBy("at", "shape").agg(F.count(F.lit(1)).alias("rows"), F.min("row").alias("row")).persist()
    totals = {one["at"]: one["shapes"] for one in counted.groupBy("at").agg(F.count("shape").alias("shapes")).collect()}
    columns = [{"different": totals.get(at, 0), "shapes": []} for at in range(len(names))]
    examples, places = [], {}
    for one in listed(counted, "at", most).orderBy("at", "n").toLocalIterator():
        column = columns[one["at"]]
        example = None
        few = column["different"] <= most
        if few and one["shape"] is not None:
            cells_found = tuple(one["row"])
            if cells_found in places or len(examples) < survey["mostExamples"]:
                example = places.setdefault(cells_found, len(examples))
                if example == len(examples):
                    examples.append(cells_found)
        column["shapes"].append({"shape": one["shape"], "rows": one["rows"], "example": example})
    return columns, examples
