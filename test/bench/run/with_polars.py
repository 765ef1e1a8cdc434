"""The founding rules with Polars: INPUT FOLDER [phones]. Lazy and streaming, but for the phone numbers."""

import json
import sys

import polars as pl

source, folder, *rest = sys.argv[1:]
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def rules(frame):
    return frame.with_columns(
        pl.col("full name").str.strip_chars(WHITE_SPACE), pl.col("e-mail").str.to_lowercase()
    )


def with_phones(frame):
    from phones import answers, region_of

    countries = frame.get_column("country").unique().drop_nulls().to_list()
    regions = {one: region_of(one) for one in countries}
    asked = frame.select(
        number="phone", region=pl.col("country").replace_strict(regions, default="US", return_dtype=pl.String)
    )
    distinct = asked.drop_nulls("number").unique()
    distinct = distinct.with_columns(answer=pl.Series(answers(distinct.rows()), dtype=pl.String))
    found = asked.join(distinct, on=["number", "region"], how="left", maintain_order="left")["answer"]
    return frame.with_columns(phone=pl.coalesce(found, frame["phone"]))


def differing(columns):
    return [pl.col(f"{one} before").ne_missing(pl.col(one)).sum().alias(one) for one in columns]


if __name__ == "__main__":
    raw = pl.scan_csv(source, infer_schema=False)
    if rest == ["phones"]:
        before = raw.collect()
        after = with_phones(rules(before))
        after.write_parquet(f"{folder}/output.parquet", compression="snappy")
        columns = ["full name", "e-mail", "phone"]
        both = pl.concat([before.select(pl.col(columns).name.suffix(" before")), after], how="horizontal")
        counts = both.select(pl.len().alias("read"), *differing(columns)).row(0, named=True)
    else:
        columns = ["full name", "e-mail"]
        both = rules(raw.with_columns(pl.col(columns).name.suffix(" before")))
        output = both.drop([f"{one} before" for one in columns]).sink_parquet(
            f"{folder}/output.parquet", compression="snappy", lazy=True
        )
        counting = both.select(pl.len().alias("read"), *differing(columns))
        _, counts = pl.collect_all([output, counting], engine="streaming")
        counts = counts.row(0, named=True)
    raw.head(0).with_columns(reason=pl.lit(None)).collect().write_csv(f"{folder}/rejects.csv")
    with open(f"{folder}/report.json", "w") as report:
        changed = {one: counts[one] for one in columns}
        json.dump({"read": counts["read"], "kept": counts["read"], "changed": changed}, report)
