"""The founding rules with pandas: INPUT FOLDER [phones]."""

import json
import sys

import pandas as pd

source, folder, *rest = sys.argv[1:]
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)

if __name__ == "__main__":
    table = pd.read_csv(source, dtype=str, keep_default_na=False, na_values=[""])
    changed = {}

    def assign(column, values):
        before = table[column]
        changed[column] = int((values.ne(before) & ~(values.isna() & before.isna())).sum())
        table[column] = values

    assign("full name", table["full name"].str.strip(WHITE_SPACE))
    assign("e-mail", table["e-mail"].str.lower())
    if rest == ["phones"]:
        from phones import answers, region_of

        regions = {one: region_of(one) for one in table["country"].dropna().unique()}
        asked = pd.DataFrame({"number": table["phone"], "region": table["country"].map(regions).fillna("US")})
        distinct = asked.dropna(subset="number").drop_duplicates()
        distinct["answer"] = answers(list(zip(distinct["number"], distinct["region"])))
        found = asked.merge(distinct, how="left", on=["number", "region"])["answer"]
        assign("phone", found.fillna(table["phone"]))
    table.to_parquet(f"{folder}/output.parquet", index=False)
    table.head(0).assign(reason=None).to_csv(f"{folder}/rejects.csv", index=False)
    with open(f"{folder}/report.json", "w") as report:
        json.dump({"read": len(table), "kept": len(table), "changed": changed}, report)
