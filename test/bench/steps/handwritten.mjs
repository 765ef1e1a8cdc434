// The twenty steps by hand in DuckDB, by someone who knows this file: the same meaning, outputs and counts. What would
// have to be told apart in other files, and is not in this one, ends the run, so that it can't be answered otherwise.
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [input, folder, countries] = process.argv.slice(2);
const COLUMNS =
  'customer_id,full name,e-mail,spent,country,city,postal code,birth date,signup date,segment,newsletter,notes'.split(
    ',',
  );
const SPACES =
  '\\x{0009}-\\x{000D}\\x{0020}\\x{0085}\\x{00A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}-\\x{2029}\\x{202F}\\x{205F}\\x{3000}';
const EXCEPTIONS = '[\\x{1C89}\\x{A7CB}\\x{A7CC}\\x{A7DA}\\x{A7DC}\\x{10D50}-\\x{10D65}]';
const INVISIBLE = '[\\x{00AD}\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}\\x{2066}-\\x{2069}\\x{FEFF}]';
const PLACEHOLDERS = "('n/a', 'na', 'n.a.', '-', '--', 'null', 'none', 'unknown', '?')";
const ATOM = "[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const ADDRESS = `${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])`;
const GB =
  'GIR0AA|(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLN-UW-Z]{2}';
const CA = '[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`
  CREATE MACRO trimmed(v) AS regexp_replace(v, '\\A[${SPACES}]+|[${SPACES}]+\\z', '', 'g');
  CREATE MACRO collapsed(v) AS regexp_replace(v, '[${SPACES}]+', ' ', 'g');
  CREATE MACRO visible(v) AS regexp_replace(v, '${INVISIBLE}', '', 'g');
  -- Where lower() and upper() are not the simple mapping of one code point to one.
  CREATE MACRO lowered(v) AS CASE WHEN regexp_matches(v, '${EXCEPTIONS}') THEN error('a letter that is not in this file') ELSE lower(v) END;
  CREATE MACRO latin(v) AS CASE WHEN regexp_matches(v, '[^\\x{0000}-\\x{017F}\\x{2000}-\\x{206F}]') THEN error('a letter that is not in this file') ELSE v END;
  CREATE MACRO ascii(v) AS CASE WHEN regexp_matches(v, '[^\\x{0000}-\\x{007F}]') THEN error('a character that is not in this file') ELSE v END;
  CREATE MACRO present(v) AS CASE WHEN lowered(v) IN ${PLACEHOLDERS} THEN NULL ELSE v END;
  CREATE MACRO titled(v) AS array_to_string(list_transform(
    regexp_extract_all(lower(latin(v)), '[^ /,.()"-]+|[ /,.()"-]+'), lambda w: upper(w[1]) || w[2:]), '');
  CREATE MACRO day(v) AS CASE
    WHEN regexp_full_match(ascii(v), '[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}|[0-9]{2}/[0-9]{2}/[0-9]{4}') AND v NOT LIKE '%0000%'
    THEN strftime(try_strptime(v, ['%Y-%m-%d', '%d.%m.%Y', '%m/%d/%Y']), '%Y-%m-%d') END;
  CREATE MACRO amount(v) AS CASE
    WHEN v IS NULL OR regexp_full_match(v, 'about [0-9]+|\\x{20AC} [0-9]+') THEN NULL
    WHEN regexp_full_match(v, '[0-9]+(\\.[0-9]{1,2})?|(\\$|USD )([0-9]{1,3}(,[0-9]{3})*|[0-9]+)(\\.[0-9]{1,2})?|\\([0-9]{1,3}(,[0-9]{3})*\\.[0-9]{2}\\)')
    THEN CAST(CAST(CASE WHEN v[1] = '(' THEN '-' ELSE '' END || regexp_replace(v, '[^0-9.]+', '', 'g') AS DECIMAL(20, 2)) AS VARCHAR)
    ELSE error('an amount that is not in this file') END;
  CREATE MACRO postal(country, v) AS CASE country
    WHEN 'US' THEN CASE WHEN regexp_full_match(v, '[0-9]{5}') THEN v WHEN regexp_full_match(v, '[0-9]{9}') THEN v[:5] || '-' || v[6:] END
    WHEN 'GB' THEN CASE WHEN regexp_full_match(v, '${GB}') THEN v[:-4] || ' ' || v[-3:] WHEN regexp_full_match(v, 'BFPO[0-9]{1,4}') THEN 'BFPO ' || v[5:] END
    WHEN 'DE' THEN CASE WHEN regexp_full_match(v, '(?:DE?)?[0-9]{5}') THEN v[-5:] END
    WHEN 'FR' THEN CASE WHEN regexp_full_match(v, '(?:FR?)?[0-9]{5}') THEN v[-5:] END
    WHEN 'SE' THEN CASE WHEN regexp_full_match(v, '(?:SE?)?[0-9]{5}') THEN v[-5:-3] || ' ' || v[-2:] END
    WHEN 'AU' THEN CASE WHEN regexp_full_match(v, '[0-9]{4}') THEN v END
    WHEN 'CA' THEN CASE WHEN regexp_full_match(v, '${CA}') THEN v[:3] || ' ' || v[4:] END
    ELSE error('a country that is not in this file') END;
  CREATE TEMP TABLE countries AS FROM read_csv('${countries}', all_varchar = true, header = true)`);

// Each column in its versions; which row has left is told apart from what became of its cells.
await connection.run(`
  CREATE TEMP TABLE cleaned AS
  WITH raw AS (
    FROM read_csv('${input}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
      allow_quoted_nulls = false, columns = {${COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(', ')}})),
  trimmed AS (
    SELECT *, trimmed("full name") AS name1, trimmed("e-mail") AS mail1, trimmed(spent) AS spent1,
      trimmed(country) AS country1, trimmed(city) AS city1, trimmed("postal code") AS postal1,
      trimmed("birth date") AS birth1, trimmed("signup date") AS signup1, trimmed(segment) AS segment1,
      trimmed(newsletter) AS news1, trimmed(notes) AS notes1
    FROM raw),
  collapsed AS (
    SELECT *, collapsed(name1) AS name2, collapsed(city1) AS city2, collapsed(notes1) AS notes2 FROM trimmed),
  visible AS (
    SELECT *, visible(name2) AS name3, visible(city2) AS city3, visible(notes2) AS notes3 FROM collapsed),
  present AS (
    SELECT *, present(name3) AS name4, present(mail1) AS mail4, present(spent1) AS spent4, present(country1) AS country4,
      present(city3) AS city4, present(postal1) AS postal4, present(birth1) AS birth4, present(signup1) AS signup4,
      present(segment1) AS segment4, present(news1) AS news4, present(notes3) AS notes4
    FROM visible),
  cased AS (
    SELECT *, titled(city4) AS city5, lowered(segment4) AS segment6,
      regexp_full_match(mail4, '${ADDRESS}') AND length(mail4) <= 254 AND length(split_part(mail4, '@', 1)) <= 64 AS is_mail,
      regexp_replace(lowered(country4), '[${SPACES}.,''\\x{2019}\`\\x{2010}\\x{2011}\\x{2013}()&/*-]+', '', 'g') AS country_key
    FROM present),
  known AS (
    SELECT cased.*, alpha2, CASE WHEN is_mail THEN lower(mail4) ELSE mail4 END AS mail7, coalesce(alpha2, country4) AS country8
    FROM cased LEFT JOIN countries ON country_key = key),
  converted AS (
    SELECT *,
      postal(coalesce(alpha2, 'US'), regexp_replace(upper(ascii(postal4)), '[ .-]+', '', 'g')) AS postal9,
      day(birth4) AS birth10, coalesce(day(signup4), signup4) AS signup11, day(signup4) IS NOT NULL AS is_signup,
      amount(spent4) AS spent12,
      CASE WHEN lower(news4) IN ('yes', 'y', 'true', '1') THEN 'yes' WHEN lower(news4) IN ('no', 'n', 'false', '0') THEN 'no' END AS news13,
      regexp_replace(notes4, '[0-9]+', '#', 'g') AS notes14,
      split_part(name4, ' ', 1) AS given15,
      CASE WHEN contains(name4, ' ') THEN substring(name4, strpos(name4, ' ') + 1) END AS family15,
      CASE WHEN coalesce(segment6, '') = '' THEN 'consumer' ELSE segment6 END AS segment16,
      CASE WHEN city5 IS NOT NULL OR country8 IS NOT NULL THEN concat_ws(', ', nullif(city5, ''), nullif(country8, '')) END AS place17
    FROM known),
  fates AS (
    SELECT *, CASE
        WHEN mail4 IS NOT NULL AND NOT is_mail THEN 7
        WHEN signup4 IS NOT NULL AND NOT is_signup THEN 11
        WHEN ends_with(mail7, '@qa.test') OR starts_with(lowered(name4), 'test account') THEN 18
        WHEN birth10 NOT BETWEEN '1900-01-01' AND '2010-12-31' THEN 19
      END AS fate
    FROM converted)
  SELECT ${COLUMNS.map((name) => `"${name}"`).join(', ')}, fate,
    name4, mail7, spent12, country8, city5, postal9, birth10, signup11, segment16, news13, notes14, given15, family15, place17,
    name1 IS DISTINCT FROM "full name" AS trim_name, mail1 IS DISTINCT FROM "e-mail" AS trim_mail,
    spent1 IS DISTINCT FROM spent AS trim_spent, country1 IS DISTINCT FROM country AS trim_country,
    city1 IS DISTINCT FROM city AS trim_city, postal1 IS DISTINCT FROM "postal code" AS trim_postal,
    birth1 IS DISTINCT FROM "birth date" AS trim_birth, signup1 IS DISTINCT FROM "signup date" AS trim_signup,
    segment1 IS DISTINCT FROM segment AS trim_segment, news1 IS DISTINCT FROM newsletter AS trim_news,
    notes1 IS DISTINCT FROM notes AS trim_notes,
    name2 IS DISTINCT FROM name1 AS collapse_name, city2 IS DISTINCT FROM city1 AS collapse_city,
    notes2 IS DISTINCT FROM notes1 AS collapse_notes,
    name3 IS DISTINCT FROM name2 AS visible_name, city3 IS DISTINCT FROM city2 AS visible_city,
    notes3 IS DISTINCT FROM notes2 AS visible_notes,
    name4 IS DISTINCT FROM name3 AS null_name, mail4 IS DISTINCT FROM mail1 AS null_mail,
    spent4 IS DISTINCT FROM spent1 AS null_spent, country4 IS DISTINCT FROM country1 AS null_country,
    city4 IS DISTINCT FROM city3 AS null_city, postal4 IS DISTINCT FROM postal1 AS null_postal,
    birth4 IS DISTINCT FROM birth1 AS null_birth, signup4 IS DISTINCT FROM signup1 AS null_signup,
    segment4 IS DISTINCT FROM segment1 AS null_segment, news4 IS DISTINCT FROM news1 AS null_news,
    notes4 IS DISTINCT FROM notes3 AS null_notes,
    city5 IS DISTINCT FROM city4 AS title_city, segment6 IS DISTINCT FROM segment4 AS lower_segment,
    mail7 IS DISTINCT FROM mail4 AS mail, country8 IS DISTINCT FROM country4 AS country_known,
    postal9 IS DISTINCT FROM postal4 AS postal, birth10 IS DISTINCT FROM birth4 AS birth,
    signup11 IS DISTINCT FROM signup4 AS signup, spent12 IS DISTINCT FROM spent4 AS money,
    news13 IS DISTINCT FROM news4 AS mapped, notes14 IS DISTINCT FROM notes4 AS replaced,
    given15 IS NOT NULL AS given, family15 IS NOT NULL AS family, segment16 IS DISTINCT FROM segment6 AS filled,
    place17 IS NOT NULL AS joined
  FROM fates`);
await connection.run(`
  CREATE TEMP TABLE merged AS
  SELECT rowid AS row FROM cleaned
  WHERE fate IS NULL AND mail7 <> ''
  QUALIFY row_number() OVER (PARTITION BY mail7
    ORDER BY signup11 DESC NULLS LAST, ${COLUMNS.map((name) => `"${name}" ASC NULLS LAST`).join(', ')}) > 1`);

// Columns of the flags by step: a cell counts as changed where its row was still there.
const changed = {
  s1: {
    'full name': 'trim_name',
    'e-mail': 'trim_mail',
    spent: 'trim_spent',
    country: 'trim_country',
    city: 'trim_city',
    'postal code': 'trim_postal',
    'birth date': 'trim_birth',
    'signup date': 'trim_signup',
    segment: 'trim_segment',
    newsletter: 'trim_news',
    notes: 'trim_notes',
  },
  s2: { 'full name': 'collapse_name', city: 'collapse_city', notes: 'collapse_notes' },
  s3: { 'full name': 'visible_name', city: 'visible_city', notes: 'visible_notes' },
  s4: {
    'full name': 'null_name',
    'e-mail': 'null_mail',
    spent: 'null_spent',
    country: 'null_country',
    city: 'null_city',
    'postal code': 'null_postal',
    'birth date': 'null_birth',
    'signup date': 'null_signup',
    segment: 'null_segment',
    newsletter: 'null_news',
    notes: 'null_notes',
  },
  s5: { city: 'title_city' },
  s6: { segment: 'lower_segment' },
  s7: { 'e-mail': 'mail' },
  s8: { country: 'country_known' },
  s9: { 'postal code': 'postal' },
  s10: { 'birth date': 'birth' },
  s11: { 'signup date': 'signup' },
  s12: { spent: 'money' },
  s13: { newsletter: 'mapped' },
  s14: { notes: 'replaced' },
  s15: { 'given name': 'given', 'family name': 'family' },
  s16: { segment: 'filled' },
  s17: { place: 'joined' },
};
const flags = Object.entries(changed).flatMap(([step, columns]) =>
  Object.entries(columns).map(([column, flag]) => ({ step, column, flag, after: Number(step.slice(1)) })),
);
const counted = await connection.runAndReadAll(`
  SELECT count(*), count(*) FILTER (WHERE fate = 7), count(*) FILTER (WHERE fate = 11),
    count(*) FILTER (WHERE fate = 18), count(*) FILTER (WHERE fate = 19), (SELECT count(*) FROM merged),
    ${flags.map(({ flag, after }) => `count(*) FILTER (WHERE ${flag}${after > 7 ? ` AND (fate IS NULL OR fate >= ${after})` : ''})`).join(', ')}
  FROM cleaned`);
const [read, ...rest] = counted.getRows()[0].map(Number);
const left = Object.fromEntries(['s7', 's11', 's18', 's19', 's20'].map((step, i) => [step, rest[i]]));

const output = {
  customer_id: 'customer_id',
  'full name': 'name4',
  'e-mail': 'mail7',
  spent: 'spent12',
  country: 'country8',
  city: 'city5',
  'postal code': 'postal9',
  'birth date': 'birth10',
  'signup date': 'signup11',
  segment: 'segment16',
  newsletter: 'news13',
  notes: 'notes14',
  'given name': 'given15',
  'family name': 'family15',
  place: 'place17',
};
await connection.run(`
  COPY (SELECT ${Object.entries(output)
    .map(([name, version]) => `${version} AS "${name}"`)
    .join(', ')}
    FROM cleaned WHERE fate IS NULL AND rowid NOT IN (SELECT row FROM merged))
  TO '${folder}/output.parquet' (FORMAT parquet)`);
await connection.run(`
  COPY (SELECT ${COLUMNS.map((name) => `"${name}"`).join(', ')},
      CASE fate WHEN 18 THEN 'filtered' ELSE CASE WHEN fate IS NULL THEN 'merged' ELSE 'rejected' END END AS _fate,
      's' || coalesce(fate, 20) AS _step,
      CASE WHEN fate IS NULL OR fate = 7 THEN 'e-mail' WHEN fate = 11 THEN 'signup date' WHEN fate = 19 THEN 'birth date' END AS _column,
      CASE fate WHEN 7 THEN 'not a valid e-mail address' WHEN 11 THEN 'not a date in the stated formats'
        WHEN 18 THEN 'meets the conditions to drop' WHEN 19 THEN 'is no date within the limits' ELSE 'duplicate of a kept row' END AS _reason
    FROM cleaned WHERE fate IS NOT NULL OR rowid IN (SELECT row FROM merged))
  TO '${folder}/rejects.csv' (HEADER, NULLSTR '')`);
const counts = { read, kept: read - Object.values(left).reduce((a, b) => a + b, 0), left, changed: {} };
for (const [i, { step, column }] of flags.entries()) {
  counts.changed[step] ??= {};
  counts.changed[step][column] = rest[5 + i];
}
writeFileSync(`${folder}/report.json`, JSON.stringify(counts));
