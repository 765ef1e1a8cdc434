"""The twenty steps with Polars, by someone who knows this file: INPUT FOLDER COUNTRIES."""

import json
import sys

import polars as pl

source, folder, countries = sys.argv[1:]
COLUMNS = "customer_id,full name,e-mail,spent,country,city,postal code,birth date,signup date,segment,newsletter,notes".split(",")
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
PLACEHOLDERS = ["n/a", "na", "n.a.", "-", "--", "null", "none", "unknown", "?"]
ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = rf"^{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])$"
GB = "^(?:GIR0AA|(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLN-UW-Z]{2})$"
CA = "^[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]$"
TEXTS = COLUMNS[1:]
SOME = ["full name", "city", "notes"]


def titled(text):
    """Each word with a capital, words parted as the rules say."""
    begins, letters = True, []
    for letter in text.lower():
        letters.append(letter.upper() if begins else letter)
        begins = letter in ' /,.()"-'
    return "".join(letters)


def parted(code, tail, by):
    return pl.concat_str(code.str.head(-tail), pl.lit(by), code.str.tail(tail))


def postal(country, code):
    fits = code.str.contains
    return (
        pl.when(country == "US")
        .then(pl.when(fits("^[0-9]{5}$")).then(code).when(fits("^[0-9]{9}$")).then(parted(code, 4, "-")))
        .when(country == "GB")
        .then(
            pl.when(fits(GB)).then(parted(code, 3, " "))
            .when(fits("^BFPO[0-9]{1,4}$")).then(pl.concat_str(pl.lit("BFPO "), code.str.slice(4)))
        )
        .when(country == "DE").then(pl.when(fits("^(?:DE?)?[0-9]{5}$")).then(code.str.tail(5)))
        .when(country == "FR").then(pl.when(fits("^(?:FR?)?[0-9]{5}$")).then(code.str.tail(5)))
        .when(country == "SE").then(pl.when(fits("^(?:SE?)?[0-9]{5}$")).then(parted(code.str.tail(5), 2, " ")))
        .when(country == "AU").then(pl.when(fits("^[0-9]{4}$")).then(code))
        .when(country == "CA").then(pl.when(fits(CA)).then(parted(code, 3, " ")))
    )


def day(text):
    def read(pattern, form):
        return pl.when(text.str.contains(pattern)).then(text).otherwise(None).str.to_date(form, strict=False)

    return pl.coalesce(
        read("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "%Y-%m-%d"),
        read(r"^[0-9]{2}\.[0-9]{2}\.[0-9]{4}$", "%d.%m.%Y"),
        read("^[0-9]{2}/[0-9]{2}/[0-9]{4}$", "%m/%d/%Y"),
    ).dt.to_string("%Y-%m-%d")


def amount(text):
    digits = text.str.replace_all("[^0-9.]+", "")
    sign = pl.when(text.str.starts_with("(")).then(pl.lit("-")).otherwise(pl.lit(""))
    known = r"^(?:[0-9]+(?:\.[0-9]{1,2})?|(?:\$|USD )(?:[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?:\.[0-9]{1,2})?|\([0-9]{1,3}(?:,[0-9]{3})*\.[0-9]{2}\))$"
    value = pl.concat_str(sign, digits).cast(pl.Decimal(20, 2), strict=False)
    return pl.when(text.str.contains(known)).then(value.cast(pl.String))


changed, stays, left = [], pl.lit(True), {}


def step(frame, number, **values):
    """Takes a step, and counts the cells it changes in rows that are still there."""
    columns = {name.replace("_", " "): value for name, value in values.items()}
    for name in columns:
        columns[name] = columns[name].alias("~" + name)
    frame = frame.with_columns(columns.values())
    marks = []
    for name in columns:
        before = pl.col(name) if name in frame.collect_schema().names() else pl.lit(None, dtype=pl.String)
        mark = f"s{number} {name}"
        changed.append((f"s{number}", name, mark))
        marks.append((pl.col("~" + name).ne_missing(before) & pl.col("stays")).alias(mark))
    return frame.with_columns(marks).with_columns(pl.col("~" + name).alias(name) for name in columns).drop(
        ["~" + name for name in columns]
    )


def leave(frame, number, when):
    """Rows for which it holds leave, if they are still there."""
    leaving = pl.col("stays") & when.fill_null(False)
    return frame.with_columns(fate=pl.when(leaving).then(pl.lit(number)).otherwise("fate")).with_columns(
        stays=pl.col("fate").is_null()
    )


def each(frame, number, columns, change):
    return step(frame, number, **{name: change(pl.col(name)) for name in columns})


if __name__ == "__main__":
    col = pl.col
    raw = pl.scan_csv(source, infer_schema=False)
    frame = raw.with_columns(pl.all().name.prefix("raw ")).with_columns(
        stays=pl.lit(True), fate=pl.lit(None, dtype=pl.Int32)
    )
    frame = each(frame, 1, TEXTS, lambda text: text.str.strip_chars(SPACES))
    frame = each(frame, 2, SOME, lambda text: text.str.replace_all(f"[{SPACES}]+", " "))
    frame = each(frame, 3, SOME, lambda text: text.str.replace_all(INVISIBLE, ""))
    frame = each(
        frame, 4, TEXTS,
        lambda text: pl.when(text.str.to_lowercase().is_in(PLACEHOLDERS)).then(None).otherwise(text),
    )
    # Few cities have many spellings, but not as many as there are rows.
    cities = frame.select("city").unique().collect(engine="streaming")["city"].drop_nulls().to_list()
    frame = step(
        frame, 5,
        city=col("city").replace_strict({city: titled(city) for city in cities}, default=None, return_dtype=pl.String),
    )
    frame = step(frame, 6, segment=col("segment").str.to_lowercase())
    mail = col("e-mail")
    local = mail.str.split_exact("@", 1).struct.field("field_0")
    frame = frame.with_columns(
        is_mail=mail.str.contains(ADDRESS) & (mail.str.len_chars() <= 254) & (local.str.len_chars() <= 64)
    )
    frame = step(frame, 7, **{"e-mail": pl.when("is_mail").then(mail.str.to_lowercase()).otherwise(mail)})
    frame = leave(frame, 7, ~col("is_mail"))
    names = pl.scan_csv(countries, infer_schema=False)
    key = col("country").str.to_lowercase().str.replace_all(rf"[{SPACES}.,'’`\-‐‑–()&/*]+", "")
    frame = frame.with_columns(key=key).join(names, on="key", how="left", maintain_order="left")
    frame = step(frame, 8, country=pl.coalesce("alpha2", "country"))
    compact = col("postal code").str.to_uppercase().str.replace_all("[ .-]+", "")
    frame = step(frame, 9, postal_code=postal(col("alpha2").fill_null("US"), compact))
    frame = step(frame, 10, birth_date=day(col("birth date")))
    frame = frame.with_columns(signup=day(col("signup date")), signup_was=col("signup date"))
    frame = step(frame, 11, signup_date=pl.coalesce("signup", "signup date"))
    frame = leave(frame, 11, col("signup").is_null() & col("signup_was").is_not_null())
    frame = step(frame, 12, spent=amount(col("spent")))
    answer = col("newsletter").str.to_lowercase()
    frame = step(
        frame, 13,
        newsletter=pl.when(answer.is_in(["yes", "y", "true", "1"])).then(pl.lit("yes"))
        .when(answer.is_in(["no", "n", "false", "0"])).then(pl.lit("no")),
    )
    frame = step(frame, 14, notes=col("notes").str.replace_all("[0-9]+", "#"))
    parts = col("full name").str.splitn(" ", 2).struct
    frame = step(frame, 15, given_name=parts.field("field_0"), family_name=parts.field("field_1"))
    frame = step(
        frame, 16,
        segment=pl.when(col("segment").fill_null("") == "").then(pl.lit("consumer")).otherwise("segment"),
    )
    places = [pl.when(col(one) == "").then(None).otherwise(col(one)) for one in ("city", "country")]
    frame = step(
        frame, 17,
        place=pl.when(col("city").is_not_null() | col("country").is_not_null()).then(
            pl.concat_str(places, separator=", ", ignore_nulls=True)
        ),
    )
    frame = leave(
        frame, 18,
        mail.str.ends_with("@qa.test").fill_null(False)
        | col("full name").str.to_lowercase().str.starts_with("test account").fill_null(False),
    )
    frame = leave(frame, 19, (col("birth date") < "1900-01-01") | (col("birth date") > "2010-12-31"))
    table = frame.with_row_index("row").collect(engine="streaming")

    keyed = table.filter(col("stays") & (mail != ""))
    twice = keyed.filter(pl.len().over("e-mail") > 1)
    order = ["signup date", *(f"raw {name}" for name in COLUMNS)]
    first = twice.sort(order, descending=[True] + [False] * len(COLUMNS), nulls_last=True).unique(
        "e-mail", keep="first", maintain_order=True
    )
    merged = twice.select("row").join(first.select("row"), on="row", how="anti")
    table = table.join(merged.with_columns(fate20=pl.lit(20)), on="row", how="left", maintain_order="left").with_columns(
        fate=pl.coalesce("fate", "fate20")
    )
    output = [*COLUMNS, "given name", "family name", "place"]
    table.filter(col("fate").is_null()).select(output).write_parquet(f"{folder}/output.parquet", compression="snappy")
    fate = col("fate")
    told = {7: ("rejected", "e-mail", "not a valid e-mail address"), 11: ("rejected", "signup date", "not a date in the stated formats"), 18: ("filtered", None, "meets the conditions to drop"), 19: ("rejected", "birth date", "is no date within the limits"), 20: ("merged", "e-mail", "duplicate of a kept row")}
    note = lambda i: fate.replace_strict({key: words[i] for key, words in told.items()}, return_dtype=pl.String)
    table.filter(fate.is_not_null()).select(
        *(col(f"raw {name}").alias(name) for name in COLUMNS),
        note(0).alias("_fate"),
        pl.concat_str(pl.lit("s"), fate.cast(pl.String)).alias("_step"),
        note(1).alias("_column"),
        note(2).alias("_reason"),
    ).write_csv(f"{folder}/rejects.csv")
    counts = table.select([col(mark).sum() for _, _, mark in changed]).row(0)
    by_step = {}
    for (number, name, _), count in zip(changed, counts):
        by_step.setdefault(number, {})[name] = count
    fates = dict(table.group_by("fate").len().iter_rows())
    report = {
        "read": len(table),
        "kept": fates.get(None, 0),
        "left": {f"s{number}": fates.get(number, 0) for number in told},
        "changed": by_step,
    }
    with open(f"{folder}/report.json", "w") as file:
        json.dump(report, file)
