import { operand, primitive } from '../primitive';

type NoConstants = Record<string, never>;

/** Days from 0001-01-01 to 9999-12-31. */
const LAST_DAY = 3_652_058;
const DAY = 86_400_000_000;
/** Of the first and the last microsecond of these years. */
const FIRST_MOMENT = -62_135_596_800_000_000n;
const LAST_MOMENT = 253_402_300_799_999_999n;

const ISO_DATE = '\\A[0-9]{4}-[0-9]{2}-[0-9]{2}\\z';
const SPARK_ISO_DATE = '\\A(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}\\z';
const EPOCH = "DATE '1970-01-01'";

export const parseIsoDate = primitive<NoConstants>({
  takes: ['text'],
  returns: 'date',
  nulls: 'total',
  meaning: 'The date that a text spells as 2024-02-29, from year 1 on; null for anything else.',
  // DuckDB also reads 2024/01/02, 2024-01-02x and epoch, Spark 2024 and blanks: only this form gets to the cast.
  duckdb: ({ operands, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text(ISO_DATE)}) ` +
    `AND NOT starts_with(${operand(operands, 0)}, '0000') THEN TRY_CAST(${operand(operands, 0)} AS DATE) END`,
  spark: ({ operands, quote }) =>
    `CASE WHEN ${operand(operands, 0)} RLIKE ${quote.text(SPARK_ISO_DATE)} ` +
    `THEN try_cast(${operand(operands, 0)} AS DATE) END`,
  samples: [{}],
});

export const makeDate = primitive<NoConstants>({
  takes: ['integer', 'integer', 'integer'],
  returns: 'date',
  nulls: 'propagates',
  meaning: 'The date of a year, a month and a day; null where there is no such day in the years 1 to 9999.',
  // Both engines' make_date() can throw.
  duckdb: ({ operands: [year = '', month = '', day = ''] }) =>
    `CASE WHEN ${year} BETWEEN 1 AND 9999 AND ${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND 31 THEN ` +
    `TRY_CAST(lpad(CAST(${year} AS VARCHAR), 4, '0') || '-' || lpad(CAST(${month} AS VARCHAR), 2, '0') || '-' || ` +
    `lpad(CAST(${day} AS VARCHAR), 2, '0') AS DATE) END`,
  spark: ({ operands: [year = '', month = '', day = ''] }) =>
    `CASE WHEN ${year} BETWEEN 1 AND 9999 AND ${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND 31 THEN ` +
    `try_cast(lpad(CAST(${year} AS STRING), 4, '0') || '-' || lpad(CAST(${month} AS STRING), 2, '0') || '-' || ` +
    `lpad(CAST(${day} AS STRING), 2, '0') AS DATE) END`,
  samples: [{}],
});

export const dateText = primitive<NoConstants>({
  takes: ['date'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The date in ISO form.',
  // Both write years of four digits; below 1 and above 9999, where they differ, there is no date.
  duckdb: ({ operands }) => `CAST(${operand(operands, 0)} AS VARCHAR)`,
  spark: ({ operands }) => `CAST(${operand(operands, 0)} AS STRING)`,
  samples: [{}],
});

export const DATE_PARTS = [
  'year',
  'quarter',
  'month',
  'day',
  'weekday',
  'dayOfYear',
  'isoWeek',
  'isoYear',
] as const;
export type DatePart = (typeof DATE_PARTS)[number];
const DUCKDB_PARTS: Record<DatePart, string> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  day: 'day',
  weekday: 'isodow',
  dayOfYear: 'doy',
  isoWeek: 'week',
  isoYear: 'isoyear',
};
const SPARK_PARTS: Record<DatePart, string> = {
  year: 'YEAR',
  quarter: 'QUARTER',
  month: 'MONTH',
  day: 'DAY',
  weekday: 'DAYOFWEEK_ISO',
  dayOfYear: 'DOY',
  isoWeek: 'WEEK',
  isoYear: 'YEAROFWEEK',
};

export const datePart = primitive<{ part: DatePart }>({
  takes: ['date'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'A part of a date; weekdays from Monday, 1; weeks as in ISO 8601.',
  // Only the ISO names count alike: dow begins with Sunday as 0 in DuckDB, dayofweek as 1 in Spark.
  duckdb: ({ operands, constants }) =>
    `date_part('${DUCKDB_PARTS[constants.part]}', ${operand(operands, 0)})`,
  spark: ({ operands, constants }) =>
    `CAST(extract(${SPARK_PARTS[constants.part]} FROM ${operand(operands, 0)}) AS BIGINT)`,
  samples: DATE_PARTS.map((part) => ({ part })),
});

export const daysBetween = primitive<NoConstants>({
  takes: ['date', 'date'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'Days from the first date to the second; below zero where the second is earlier.',
  // Spark answers the difference of two dates with an interval.
  duckdb: ({ operands }) => `(${operand(operands, 1)} - ${operand(operands, 0)})`,
  spark: ({ operands }) => `CAST(datediff(${operand(operands, 1)}, ${operand(operands, 0)}) AS BIGINT)`,
  samples: [{}],
});

export const addDays = primitive<NoConstants>({
  takes: ['date', 'integer'],
  returns: 'date',
  nulls: 'propagates',
  meaning: 'The date so many days later; null outside the years 1 to 9999.',
  // Past the last date DuckDB ends the query, and Spark counts on.
  duckdb: ({ operands: [date = '', days = ''] }) =>
    `CASE WHEN ${days} BETWEEN -(${date} - DATE '0001-01-01') AND ${LAST_DAY} - (${date} - DATE '0001-01-01') ` +
    `THEN ${date} + CAST(${days} AS INTEGER) END`,
  spark: ({ operands: [date = '', days = ''] }) =>
    `CASE WHEN ${days} BETWEEN -datediff(${date}, DATE '0001-01-01') AND ${LAST_DAY} - datediff(${date}, DATE '0001-01-01') ` +
    `THEN date_add(${date}, CAST(${days} AS INT)) END`,
  samples: [{}],
});

const monthOf = (date: string) => `(year(${date}) * 12 + month(${date}) - 1)`;
const FIRST_MONTH = 12;
const LAST_MONTH = 9999 * 12 + 11;

export const addMonths = primitive<NoConstants>({
  takes: ['date', 'integer'],
  returns: 'date',
  nulls: 'propagates',
  meaning:
    'The same day so many months later, or the last of that month where it has no such day; null outside the years 1 to 9999.',
  // With an interval DuckDB makes a timestamp; the 31st becomes the last day of a shorter month in both.
  duckdb: ({ operands: [date = '', months = ''] }) =>
    `CASE WHEN ${months} BETWEEN ${FIRST_MONTH} - ${monthOf(date)} AND ${LAST_MONTH} - ${monthOf(date)} ` +
    `THEN CAST(${date} + to_months(CAST(${months} AS INTEGER)) AS DATE) END`,
  spark: ({ operands: [date = '', months = ''] }) =>
    `CASE WHEN ${months} BETWEEN ${FIRST_MONTH} - ${monthOf(date)} AND ${LAST_MONTH} - ${monthOf(date)} ` +
    `THEN add_months(${date}, CAST(${months} AS INT)) END`,
  samples: [{}],
});

const within = (moment: string) =>
  `CASE WHEN ${moment} BETWEEN ${FIRST_MOMENT} AND ${LAST_MOMENT} THEN ${moment} END`;
/** More than this many microseconds are never a part of a moment, and might overflow. */
const MOST_MICROSECONDS = '1000000000000000000';
const few = (microseconds: string, then: string) =>
  `CASE WHEN ${microseconds} BETWEEN -${MOST_MICROSECONDS} AND ${MOST_MICROSECONDS} THEN ${then} END`;

export const makeTimestamp = primitive<NoConstants>({
  takes: ['date', 'integer'],
  returns: 'timestamp',
  nulls: 'propagates',
  meaning: 'The moment so many microseconds after a date began (in UTC); null outside the years 1 to 9999.',
  duckdb: ({ operands: [date = '', microseconds = ''] }) =>
    few(microseconds, within(`((${date} - ${EPOCH}) * ${DAY} + ${microseconds})`)),
  spark: ({ operands: [date = '', microseconds = ''] }) =>
    few(microseconds, within(`(CAST(datediff(${date}, ${EPOCH}) AS BIGINT) * ${DAY} + ${microseconds})`)),
  samples: [{}],
});

// From the first moment on nothing is below zero, so that division need not round down.
const sinceFirst = (moment: string) => `(${moment} + ${-FIRST_MOMENT})`;

export const timestampDate = primitive<NoConstants>({
  takes: ['timestamp'],
  returns: 'date',
  nulls: 'propagates',
  meaning: 'The date of a moment in UTC.',
  duckdb: ({ operands }) =>
    `(DATE '0001-01-01' + CAST(${sinceFirst(operand(operands, 0))} // ${DAY} AS INTEGER))`,
  spark: ({ operands }) =>
    `date_add(DATE '0001-01-01', CAST(${sinceFirst(operand(operands, 0))} div ${DAY} AS INT))`,
  samples: [{}],
});

export const microsecondOfDay = primitive<NoConstants>({
  takes: ['timestamp'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'Microseconds from midnight in UTC to a moment.',
  duckdb: ({ operands }) => `(${sinceFirst(operand(operands, 0))} % ${DAY})`,
  spark: ({ operands }) => `(${sinceFirst(operand(operands, 0))} % ${DAY})`,
  samples: [{}],
});

export const microsecondsBetween = primitive<NoConstants>({
  takes: ['timestamp', 'timestamp'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'Microseconds from the first moment to the second.',
  duckdb: ({ operands }) => `(${operand(operands, 1)} - ${operand(operands, 0)})`,
  spark: ({ operands }) => `(${operand(operands, 1)} - ${operand(operands, 0)})`,
  samples: [{}],
});
