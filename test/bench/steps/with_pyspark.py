"""The twenty steps with PySpark, by someone who knows this file: INPUT FOLDER COUNTRIES (spark-submit)."""

import json
import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

source, folder, countries = sys.argv[1:]
spark = SparkSession.builder.appName("twenty steps by hand").getOrCreate()
COLUMNS = "customer_id,full name,e-mail,spent,country,city,postal code,birth date,signup date,segment,newsletter,notes".split(",")
SPACES = r"\x{0009}-\x{000D}\x{0020}\x{0085}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}-\x{2029}\x{202F}\x{205F}\x{3000}"
INVISIBLE = r"[\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}\x{2066}-\x{2069}\x{FEFF}]"
# Where Java's lower() is not the simple mapping of one code point to one.
EXCEPTIONS = r"[\x{0130}\x{03A3}\x{1C89}\x{A7CB}\x{A7CC}\x{A7DA}\x{A7DC}\x{10D50}-\x{10D65}]"
PLACEHOLDERS = ["n/a", "na", "n.a.", "-", "--", "null", "none", "unknown", "?"]
ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = rf"\A{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])\z"
GB = r"\A(?:GIR0AA|(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLN-UW-Z]{2})\z"
CA = r"\A[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]\z"
AMOUNT = r"\A(?:[0-9]+(?:\.[0-9]{1,2})?|(?:\$|USD )(?:[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?:\.[0-9]{1,2})?|\([0-9]{1,3}(?:,[0-9]{3})*\.[0-9]{2}\))\z"
TEXTS = COLUMNS[1:]
SOME = ["full name", "city", "notes"]
nothing = F.lit(None).cast("string")


def lowered(text):
    unknown = F.raise_error(F.lit("a letter that is not in this file"))
    return F.when(text.rlike(EXCEPTIONS), unknown).otherwise(F.lower(text))


def titled(text):
    words = F.regexp_extract_all(lowered(text), F.lit(r"""([^ /,.()"-]+|[ /,.()"-]+)"""), F.lit(1))
    return F.array_join(F.transform(words, lambda word: F.concat(F.upper(F.substring(word, 1, 1)), word.substr(F.lit(2), F.length(word)))), "")


def parted(code, tail, by):
    return F.concat(code.substr(F.lit(1), F.length(code) - tail), F.lit(by), F.right(code, F.lit(tail)))


def postal(country, code):
    fits, tail = code.rlike, F.right(code, F.lit(5))
    return (
        F.when(country == "US", F.when(fits(r"\A[0-9]{5}\z"), code).when(fits(r"\A[0-9]{9}\z"), parted(code, 4, "-")))
        .when(
            country == "GB",
            F.when(fits(GB), parted(code, 3, " ")).when(fits(r"\ABFPO[0-9]{1,4}\z"), F.concat(F.lit("BFPO "), code.substr(5, 4))),
        )
        .when(country == "DE", F.when(fits(r"\A(?:DE?)?[0-9]{5}\z"), tail))
        .when(country == "FR", F.when(fits(r"\A(?:FR?)?[0-9]{5}\z"), tail))
        .when(country == "SE", F.when(fits(r"\A(?:SE?)?[0-9]{5}\z"), parted(tail, 2, " ")))
        .when(country == "AU", F.when(fits(r"\A[0-9]{4}\z"), code))
        .when(country == "CA", F.when(fits(CA), parted(code, 3, " ")))
        .otherwise(F.raise_error(F.lit("a country that is not in this file")))
    )


def day(text):
    forms = [
        (r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z", "yyyy-MM-dd"),
        (r"\A[0-9]{2}\.[0-9]{2}\.[0-9]{4}\z", "dd.MM.yyyy"),
        (r"\A[0-9]{2}/[0-9]{2}/[0-9]{4}\z", "MM/dd/yyyy"),
    ]
    found = F.when(text.contains("0000"), F.lit(None).cast("date"))
    for pattern, form in forms:
        found = found.when(text.rlike(pattern), F.to_date(text, form))
    return found.cast("string")


def amount(text):
    digits = F.regexp_replace(text, "[^0-9.]+", "")
    value = F.concat(F.when(text.startswith("("), F.lit("-")).otherwise(F.lit("")), digits).cast("decimal(20,2)")
    unknown = F.raise_error(F.lit("an amount that is not in this file"))
    return (
        F.when(text.isNull() | text.rlike(r"\A(?:about [0-9]+|\x{20AC} [0-9]+)\z"), nothing)
        .when(text.rlike(AMOUNT), value.cast("string"))
        .otherwise(unknown)
    )


changed = []


def quoted(name):
    return F.col("`%s`" % name)


def step(frame, number, values):
    """Takes a step, and marks the cells it changes in rows that are still there."""
    # Columns of this name are the latest versions; the raw ones have names of their own.
    made = frame.select("*", *[value.alias("~" + name) for name, value in values.items()])
    there = set(frame.columns)
    marks = []
    for name in values:
        before = quoted(name) if name in there else nothing
        mark = "s%d %s" % (number, name)
        changed.append(("s%d" % number, name, mark))
        marks.append((~quoted("~" + name).eqNullSafe(before) & F.col("fate").isNull()).alias(mark))
    others = [quoted(name) for name in frame.columns if name not in values]
    return made.select(*others, *[quoted("~" + name).alias(name) for name in values], *marks)


def leave(frame, number, when):
    leaving = F.col("fate").isNull() & F.coalesce(when, F.lit(False))
    fate = F.when(leaving, F.lit(number)).otherwise(F.col("fate"))
    return frame.withColumn("fate", fate)


def each(frame, number, names, change):
    return step(frame, number, {name: change(quoted(name)) for name in names})


def main():
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.conf.set("spark.sql.legacy.timeParserPolicy", "CORRECTED")
    schema = StructType([StructField(name, StringType()) for name in COLUMNS])
    raw = (
        spark.read.schema(schema)
        .options(header=True, quote='"', escape='"', nullValue="\u0001", emptyValue="", mode="FAILFAST")
        .options(ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False, enforceSchema=False)
        .csv(source)
    )
    frame = raw.select(
        "*", *[quoted(name).alias("raw " + name) for name in COLUMNS], F.lit(None).cast("int").alias("fate")
    )
    ends = rf"\A[{SPACES}]+|(?<![{SPACES}])[{SPACES}]+\z"
    frame = each(frame, 1, TEXTS, lambda text: F.regexp_replace(text, ends, ""))
    frame = each(frame, 2, SOME, lambda text: F.regexp_replace(text, f"[{SPACES}]+", " "))
    frame = each(frame, 3, SOME, lambda text: F.regexp_replace(text, INVISIBLE, ""))
    frame = each(frame, 4, TEXTS, lambda text: F.when(lowered(text).isin(PLACEHOLDERS), nothing).otherwise(text))
    frame = step(frame, 5, {"city": titled(F.col("city"))})
    frame = step(frame, 6, {"segment": lowered(F.col("segment"))})
    mail = F.col("`e-mail`")
    valid = mail.rlike(ADDRESS) & (F.length(mail) <= 254) & (F.length(F.substring_index(mail, "@", 1)) <= 64)
    frame = frame.withColumn("is_mail", valid)
    bad = mail.isNotNull() & ~F.col("is_mail")
    frame = frame.withColumn("bad_mail", bad)
    frame = step(frame, 7, {"e-mail": F.when(F.col("is_mail"), F.lower(mail)).otherwise(mail)})
    frame = leave(frame, 7, F.col("bad_mail"))
    names = spark.read.options(header=True).csv(countries)
    key = F.regexp_replace(lowered(F.col("country")), rf"[{SPACES}.,'\x{{2019}}`\x{{2010}}\x{{2011}}\x{{2013}}()&/*-]+", "")
    frame = frame.withColumn("key", key).join(F.broadcast(names), "key", "left")
    frame = step(frame, 8, {"country": F.coalesce("alpha2", "country")})
    compact = F.regexp_replace(F.upper(F.col("`postal code`")), "[ .-]+", "")
    frame = step(frame, 9, {"postal code": postal(F.coalesce("alpha2", F.lit("US")), compact)})
    frame = step(frame, 10, {"birth date": day(F.col("`birth date`"))})
    frame = frame.withColumn("signup", day(F.col("`signup date`")))
    frame = frame.withColumn("bad_signup", F.col("signup").isNull() & F.col("`signup date`").isNotNull())
    frame = step(frame, 11, {"signup date": F.coalesce("signup", "`signup date`")})
    frame = leave(frame, 11, F.col("bad_signup"))
    frame = step(frame, 12, {"spent": amount(F.col("spent"))})
    answer = lowered(F.col("newsletter"))
    frame = step(
        frame, 13,
        {"newsletter": F.when(answer.isin("yes", "y", "true", "1"), "yes").when(answer.isin("no", "n", "false", "0"), "no")},
    )
    frame = step(frame, 14, {"notes": F.regexp_replace(F.col("notes"), "[0-9]+", "#")})
    name = F.col("`full name`")
    at = F.instr(name, " ")
    frame = step(
        frame, 15,
        {
            "given name": F.substring_index(name, " ", 1),
            "family name": F.when(at > 0, name.substr(at + 1, F.length(name))),
        },
    )
    segment = F.col("segment")
    frame = step(frame, 16, {"segment": F.when(F.coalesce(segment, F.lit("")) == "", "consumer").otherwise(segment)})
    city, country = F.col("city"), F.col("country")
    place = F.concat_ws(", ", F.when(city != "", city), F.when(country != "", country))
    frame = step(frame, 17, {"place": F.when(city.isNotNull() | country.isNotNull(), place)})
    test = F.coalesce(mail.endswith("@qa.test"), F.lit(False)) | F.coalesce(lowered(name).startswith("test account"), F.lit(False))
    frame = leave(frame, 18, test)
    birth = F.col("`birth date`")
    frame = leave(frame, 19, (birth < "1900-01-01") | (birth > "2010-12-31"))
    keyed = F.col("fate").isNull() & (mail != "")
    # Rows that are alike in nothing: a partition of each.
    alone = F.when(~F.coalesce(keyed, F.lit(False)), F.xxhash64(*[quoted("raw " + one) for one in COLUMNS]))
    order = [F.col("`signup date`").desc_nulls_last(), *[quoted("raw " + one).asc_nulls_last() for one in COLUMNS]]
    frame = frame.withColumn("place in group", F.row_number().over(Window.partitionBy(alone, F.when(keyed, mail)).orderBy(*order)))
    frame = leave(frame, 20, keyed & (F.col("place in group") > 1))

    output = [*COLUMNS, "given name", "family name", "place"]
    marks = [mark for _, _, mark in changed]
    kept = frame.select(
        *[quoted(one) for one in output], *[quoted("raw " + one) for one in COLUMNS], "fate", *[quoted(one) for one in marks]
    ).persist()
    fates = [7, 11, 18, 19, 20]
    counts = kept.agg(
        F.count(F.lit(1)), *[F.count_if(F.col("fate") == fate) for fate in fates], *[F.count_if(quoted(one)) for one in marks]
    ).first()
    kept.filter("fate IS NULL").select(*[quoted(one) for one in output]).write.parquet(f"{folder}/output")
    told = {
        "_fate": ["rejected", "rejected", "filtered", "rejected", "merged"],
        "_step": ["s7", "s11", "s18", "s19", "s20"],
        "_column": ["e-mail", "signup date", None, "birth date", "e-mail"],
        "_reason": [
            "not a valid e-mail address", "not a date in the stated formats", "meets the conditions to drop",
            "is no date within the limits", "duplicate of a kept row",
        ],
    }

    def note(words):
        found = F.when(F.lit(False), nothing)
        for fate, word in zip(fates, words):
            found = found.when(F.col("fate") == fate, F.lit(word))
        return found

    kept.filter("fate IS NOT NULL").select(
        *[quoted("raw " + one).alias(one) for one in COLUMNS], *[note(words).alias(name) for name, words in told.items()]
    ).write.parquet(f"{folder}/rejects")
    read, left, cells = counts[0], counts[1 : 1 + len(fates)], counts[1 + len(fates) :]
    by_step = {}
    for (number, name, _), count in zip(changed, cells):
        by_step.setdefault(number, {})[name] = count
    report = {
        "read": read,
        "kept": read - sum(left),
        "left": {"s%d" % fate: count for fate, count in zip(fates, left)},
        "changed": by_step,
    }
    with open(f"{folder}/report.json", "w") as file:
        json.dump(report, file)
    spark.stop()


main()
