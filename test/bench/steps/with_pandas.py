"""The twenty steps with pandas, by someone who knows this file: INPUT FOLDER COUNTRIES."""

import json
import re
import sys
from decimal import Decimal

import pandas as pd

source, folder, countries = sys.argv[1:]
COLUMNS = "customer_id,full name,e-mail,spent,country,city,postal code,birth date,signup date,segment,newsletter,notes".split(",")
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
PLACEHOLDERS = {"n/a", "na", "n.a.", "-", "--", "null", "none", "unknown", "?"}
ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])")
GB = re.compile(
    "GIR0AA|(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLN-UW-Z]{2}"
)
CA = re.compile("[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]")
KNOWN = re.compile(
    r"[0-9]+(?:\.[0-9]{1,2})?|(?:\$|USD )(?:[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?:\.[0-9]{1,2})?|\([0-9]{1,3}(?:,[0-9]{3})*\.[0-9]{2}\)"
)
TEXTS, SOME = COLUMNS[1:], ["full name", "city", "notes"]


def titled(text):
    begins, letters = True, []
    for letter in text.lower():
        letters.append(letter.upper() if begins else letter)
        begins = letter in ' /,.()"-'
    return "".join(letters)


def postal(country, code):
    if country == "US":
        return code if re.fullmatch("[0-9]{5}", code) else f"{code[:5]}-{code[5:]}" if re.fullmatch("[0-9]{9}", code) else None
    if country == "GB":
        return f"{code[:-3]} {code[-3:]}" if GB.fullmatch(code) else f"BFPO {code[4:]}" if re.fullmatch("BFPO[0-9]{1,4}", code) else None
    if country == "CA":
        return f"{code[:3]} {code[3:]}" if CA.fullmatch(code) else None
    if country == "AU":
        return code if re.fullmatch("[0-9]{4}", code) else None
    found = re.fullmatch({"DE": "(?:DE?)?([0-9]{5})", "FR": "(?:FR?)?([0-9]{5})", "SE": "(?:SE?)?([0-9]{5})"}[country], code)
    return None if not found else f"{found[1][:3]} {found[1][3:]}" if country == "SE" else found[1]


def amount(text):
    if not KNOWN.fullmatch(text):
        return None
    digits = Decimal(re.sub("[^0-9.]+", "", text))
    return f"{-digits if text.startswith('(') else digits:.2f}"


def mapped(column, change):
    """A column with each of its different values changed once."""
    table = {value: change(value) for value in column.dropna().unique()}
    return column.map(table).astype(object).where(column.notna(), None)


def day(column):
    def read(pattern, form):
        fits = column.where(column.str.fullmatch(pattern).eq(True))
        return pd.to_datetime(fits, format=form, errors="coerce")

    found = read("[0-9]{4}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d")
    found = found.fillna(read(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}", "%d.%m.%Y"))
    found = found.fillna(read("[0-9]{2}/[0-9]{2}/[0-9]{4}", "%m/%d/%Y"))
    return found.dt.strftime("%Y-%m-%d").astype(object).where(found.notna(), None)


if __name__ == "__main__":
    raw = pd.read_csv(source, dtype=str, keep_default_na=False, na_values=[""]).astype(object)
    raw = raw.where(raw.notna(), None)
    table = raw.copy()
    fate = pd.Series(0, index=raw.index)
    changed, left = {}, {}

    def assign(step, name, values):
        before = table[name] if name in table else pd.Series(None, index=raw.index, dtype=object)
        differs = values.ne(before) & ~(values.isna() & before.isna()) & fate.eq(0)
        changed.setdefault(f"s{step}", {})[name] = int(differs.sum())
        table[name] = values

    def leave(step, when):
        leaving = when & fate.eq(0)
        left[f"s{step}"] = int(leaving.sum())
        fate[leaving] = step

    for name in TEXTS:
        assign(1, name, table[name].str.strip(SPACES))
    for name in SOME:
        assign(2, name, table[name].str.replace(f"[{SPACES}]+", " ", regex=True))
    for name in SOME:
        assign(3, name, table[name].str.replace(INVISIBLE, "", regex=True))
    for name in TEXTS:
        assign(4, name, table[name].where(~table[name].str.lower().isin(PLACEHOLDERS), None))
    assign(5, "city", mapped(table["city"], titled))
    assign(6, "segment", table["segment"].str.lower())
    mail = table["e-mail"]
    valid = mail.map(
        lambda one: bool(ADDRESS.fullmatch(one)) and len(one) <= 254 and one.index("@") <= 64, na_action="ignore"
    ).eq(True)
    bad = mail.notna() & ~valid
    assign(7, "e-mail", mail.str.lower().where(valid, mail))
    leave(7, bad)
    names = pd.read_csv(countries, dtype=str, keep_default_na=False).set_index("key")["alpha2"].to_dict()
    ignored = re.compile(rf"[{SPACES}.,'’`\-‐‑–()&/*]+")
    codes = mapped(table["country"], lambda one: names.get(ignored.sub("", one.lower())))
    assign(8, "country", codes.fillna(table["country"]))
    compact = table["postal code"].str.upper().str.replace("[ .-]+", "", regex=True)
    found = [None if code is None or code != code else postal(country or "US", code) for country, code in zip(codes, compact)]
    assign(9, "postal code", pd.Series(found, index=raw.index, dtype=object))
    assign(10, "birth date", day(table["birth date"]))
    signup = day(table["signup date"])
    bad = signup.isna() & table["signup date"].notna()
    assign(11, "signup date", signup.fillna(table["signup date"]))
    leave(11, bad)
    assign(12, "spent", table["spent"].map(amount, na_action="ignore").astype(object))
    answers = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
    assign(13, "newsletter", table["newsletter"].str.lower().map(answers).astype(object))
    assign(14, "notes", table["notes"].str.replace("[0-9]+", "#", regex=True))
    parts = table["full name"].str.partition(" ")
    assign(15, "given name", parts[0])
    assign(15, "family name", parts[2].where(parts[1].eq(" "), None))
    segment = table["segment"]
    assign(16, "segment", segment.where(segment.fillna("").ne(""), "consumer"))
    city, country = table["city"].fillna(""), table["country"].fillna("")
    both = (city + ", " + country).where(city.ne("") & country.ne(""), city + country)
    assign(17, "place", both.where(table["city"].notna() | table["country"].notna(), None))
    leave(
        18,
        table["e-mail"].str.endswith("@qa.test").eq(True) | table["full name"].str.lower().str.startswith("test account").eq(True),
    )
    birth = table["birth date"].fillna("1900-01-01")
    leave(19, birth.lt("1900-01-01") | birth.gt("2010-12-31"))
    keyed = table.index[fate.eq(0) & table["e-mail"].fillna("").ne("")]
    twice = table.loc[keyed, "e-mail"]
    twice = twice.index[twice.duplicated(keep=False)]
    order = raw.loc[twice].assign(mail=table["e-mail"], since=table["signup date"])
    order = order.sort_values(COLUMNS, na_position="last", kind="stable")
    order = order.sort_values("since", ascending=False, na_position="last", kind="stable")
    merged = pd.Series(False, index=raw.index)
    merged[order.index[order["mail"].duplicated()]] = True
    leave(20, merged)

    output = [*COLUMNS, "given name", "family name", "place"]
    table.loc[fate.eq(0), output].to_parquet(f"{folder}/output.parquet", index=False)
    told = {
        7: ("rejected", "e-mail", "not a valid e-mail address"),
        11: ("rejected", "signup date", "not a date in the stated formats"),
        18: ("filtered", None, "meets the conditions to drop"),
        19: ("rejected", "birth date", "is no date within the limits"),
        20: ("merged", "e-mail", "duplicate of a kept row"),
    }
    gone = fate[fate.ne(0)]
    rejects = raw.loc[gone.index].assign(
        _fate=gone.map(lambda one: told[one][0]),
        _step="s" + gone.astype(str),
        _column=gone.map(lambda one: told[one][1]),
        _reason=gone.map(lambda one: told[one][2]),
    )
    rejects.to_csv(f"{folder}/rejects.csv", index=False)
    with open(f"{folder}/report.json", "w") as report:
        json.dump({"read": len(raw), "kept": int(fate.eq(0).sum()), "left": left, "changed": changed}, report)
