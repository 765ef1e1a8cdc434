import { DECIMAL } from '../../compile/sql/quote';
import { operand, primitive } from '../primitive';

type NoConstants = Record<string, never>;

/** Text of a plain number: as many characters at most, whatever leads it. */
const LONGEST_NUMBER = 100;
// Engines read much more as a number (1e5, 0x1F, 1_000, 1d, NaN, blanks), each something else: only this gets to the
// cast. Leading zeros, and zeros after the ninth decimal, change nothing.
const PLAIN_NUMBER = '\\A[+-]?0*[0-9]{1,20}(?:\\.[0-9]{1,9}0*)?\\z';

// DuckDB computes with more than 64 bits many times slower.
const isShort = (value: string) => `${value} BETWEEN -999999998 AND 999999998`;
const shortened = (value: string) => `CAST(${value} AS DECIMAL(18,9))`;
const SHORT_NUMBER = '\\A[+-]?[0-9]{1,9}(?:\\.[0-9]{1,9})?\\z';

export const parseDecimal = primitive<NoConstants>({
  takes: ['text'],
  returns: 'decimal',
  nulls: 'total',
  meaning:
    'The number that a text spells in plain digits, with a point at most; null for anything else, and for a number ' +
    'with more than 20 digits before the point or 9 after it.',
  // A cast to more than 64 bits takes a hundred times as long: few numbers need it.
  duckdb: ({ operands, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text(SHORT_NUMBER)}) ` +
    `THEN CAST(TRY_CAST(${operand(operands, 0)} AS DECIMAL(18,9)) AS ${DECIMAL}) ` +
    `WHEN length(${operand(operands, 0)}) <= ${LONGEST_NUMBER} AND regexp_matches(${operand(operands, 0)}, ` +
    `${quote.text(PLAIN_NUMBER)}) THEN TRY_CAST(${operand(operands, 0)} AS ${DECIMAL}) END`,
  spark: ({ operands, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) <= ${LONGEST_NUMBER} AND ${operand(operands, 0)} RLIKE ` +
    `${quote.text(PLAIN_NUMBER)} THEN try_cast(${operand(operands, 0)} AS ${DECIMAL}) END`,
  samples: [{}],
});

const trailingZeros = (fewest: number) => (fewest === 0 ? '\\.?0+\\z' : `0{1,${9 - fewest}}\\z`);
const unsigned = (value: string, quoted: string) =>
  `CASE WHEN ${value} < 0 THEN '-' ELSE '' END || ${quoted}`;

export const decimalText = primitive<{ fewest: number }>({
  takes: ['decimal'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The number in plain digits, with no more decimals than it needs, but at least as many as stated (0 to 8).',
  duckdb: ({ operands, constants, quote }) =>
    `(${unsigned(
      operand(operands, 0),
      `regexp_replace(CASE WHEN ${isShort(operand(operands, 0))} THEN CAST(abs(${shortened(operand(operands, 0))}) AS VARCHAR) ` +
        `ELSE CAST(abs(${operand(operands, 0)}) AS VARCHAR) END, ${quote.text(trailingZeros(constants.fewest))}, '')`,
    )})`,
  // Spark writes small decimals with an exponent (1E-9): so 10^20 is added, and its digits are taken off again. Those
  // that need no more than the stated decimals are written with these; with up to 6 Spark writes no exponent.
  spark: ({ operands, constants, quote }) => {
    const short = `CAST(${operand(operands, 0)} AS DECIMAL(29,${Math.min(constants.fewest, 6)}))`;
    const long = unsigned(
      operand(operands, 0),
      `regexp_replace(regexp_replace(substring(CAST(abs(${operand(operands, 0)}) + ` +
        `CAST('100000000000000000000' AS DECIMAL(21,0)) AS STRING), 2), ${quote.text('\\A0{1,19}')}, ''), ` +
        `${quote.text(trailingZeros(constants.fewest))}, '')`,
    );
    return constants.fewest > 6
      ? `(${long})`
      : `CASE WHEN ${short} = ${operand(operands, 0)} THEN CAST(${short} AS STRING) ELSE ${long} END`;
  },
  samples: [{ fewest: 0 }, { fewest: 1 }, { fewest: 2 }, { fewest: 8 }],
});

// Both engines round half away from zero when a decimal loses digits in a cast.
const rounded = (cast: string, value: string, digits: number): string => {
  if (digits >= 0) return `${cast}(CAST(${value} AS DECIMAL(29,${digits})) AS ${DECIMAL})`;
  const share = `CAST('0.${'1'.padStart(-digits, '0')}' AS DECIMAL(${-digits},${-digits}))`;
  const power = `CAST('1${'0'.repeat(-digits)}' AS DECIMAL(${1 - digits},0))`;
  return `${cast}(CAST(${value} * ${share} AS DECIMAL(21,0)) * ${power} AS ${DECIMAL})`;
};

export const roundDecimal = primitive<{ digits: number }>({
  takes: ['decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning:
    'The number rounded to so many decimals (-8 to 9; below 0: to tens, hundreds …), half away from zero; null where ' +
    'that takes a 21st digit.',
  duckdb: ({ operands, constants: { digits } }) => {
    const value = operand(operands, 0);
    const long = rounded('TRY_CAST', value, digits);
    if (digits < 0) return long;
    return `CASE WHEN ${isShort(value)} THEN CAST(CAST(${shortened(value)} AS DECIMAL(18,${digits})) AS ${DECIMAL}) ELSE ${long} END`;
  },
  spark: ({ operands, constants }) => rounded('try_cast', operand(operands, 0), constants.digits),
  samples: [{ digits: 0 }, { digits: 2 }, { digits: 9 }, { digits: -1 }, { digits: -8 }],
});

export const decimalOf = primitive<NoConstants>({
  takes: ['integer'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning: 'An integer as a decimal.',
  duckdb: ({ operands }) => `CAST(${operand(operands, 0)} AS ${DECIMAL})`,
  spark: ({ operands }) => `CAST(${operand(operands, 0)} AS ${DECIMAL})`,
  samples: [{}],
});

export const integerOf = primitive<NoConstants>({
  takes: ['decimal'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'A whole decimal as an integer; null where it has decimals, or more than 64 bits hold.',
  duckdb: ({ operands }) =>
    `CASE WHEN ${operand(operands, 0)} % 1 = 0 THEN TRY_CAST(${operand(operands, 0)} AS BIGINT) END`,
  spark: ({ operands }) =>
    `CASE WHEN ${operand(operands, 0)} % 1 = 0 THEN try_cast(${operand(operands, 0)} AS BIGINT) END`,
  samples: [{}],
});

export const plus = primitive<NoConstants>({
  takes: ['decimal', 'decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning: 'The sum; null where it takes more than 20 digits before the point.',
  duckdb: ({ operands }) => `TRY_CAST(${operand(operands, 0)} + ${operand(operands, 1)} AS ${DECIMAL})`,
  spark: ({ operands }) => `try_cast(${operand(operands, 0)} + ${operand(operands, 1)} AS ${DECIMAL})`,
  samples: [{}],
});

export const minus = primitive<NoConstants>({
  takes: ['decimal', 'decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning: 'The difference; null where it takes more than 20 digits before the point.',
  duckdb: ({ operands }) => `TRY_CAST(${operand(operands, 0)} - ${operand(operands, 1)} AS ${DECIMAL})`,
  spark: ({ operands }) => `try_cast(${operand(operands, 0)} - ${operand(operands, 1)} AS ${DECIMAL})`,
  samples: [{}],
});

const as = (value: string, precision: number) => `try_cast(${value} AS DECIMAL(${precision},9))`;

export const times = primitive<NoConstants>({
  takes: ['decimal', 'decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning:
    'The product, rounded to 9 decimals, half away from zero; null where it takes more than 20 digits before the point.',
  duckdb: ({ operands }) => `TRY_CAST(TRY(${operand(operands, 0)} * ${operand(operands, 1)}) AS ${DECIMAL})`,
  // Spark keeps 9 decimals of a product only where its operands have 28 digits before the point between them.
  // A product that fits has one factor under 10^8, or both under 10^14.
  spark: ({ operands }) => {
    const [a, b] = [operand(operands, 0), operand(operands, 1)];
    return (
      `try_cast(CASE WHEN abs(${b}) < 100000000 THEN ${a} * ${as(b, 17)} ` +
      `WHEN abs(${a}) < 100000000 THEN ${as(a, 17)} * ${b} ELSE ${as(a, 23)} * ${as(b, 23)} END AS ${DECIMAL})`
    );
  },
  samples: [{}],
});

const units = (value: string) => `CAST(abs(${value}) * 1000000000 AS HUGEINT)`;

export const dividedBy = primitive<NoConstants>({
  takes: ['decimal', 'decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning:
    'The quotient, rounded to 9 decimals, half away from zero; null where one divides by zero, or where it takes more ' +
    'than 20 digits before the point.',
  // DuckDB divides decimals as floating point: whole numbers of 10^-9 are divided instead. A tenth decimal, cut off,
  // rounds the ninth; dividends of 20 digits leave no room for it, and are rounded by what the division leaves.
  duckdb: ({ operands }) => {
    const [a, b] = [operand(operands, 0), operand(operands, 1)];
    const sign = `CASE WHEN (${a} < 0) = (${b} < 0) THEN 1 ELSE -1 END`;
    const tenth = `TRY_CAST(${units(a)} * 10000000000 // ${units(b)} AS DECIMAL(38,0))`;
    const dividend = `(${units(a)} * 1000000000)`;
    const rest = `(${dividend} % ${units(b)})`;
    const half = `CASE WHEN ${rest} >= ${units(b)} - ${rest} THEN 1 ELSE 0 END`;
    const ninth = `TRY_CAST(${dividend} // ${units(b)} + ${half} AS DECIMAL(29,0))`;
    return (
      `CASE WHEN ${b} = 0 THEN NULL WHEN abs(${a}) < 10000000000000000000 ` +
      `THEN TRY_CAST(${tenth} * CAST('0.0000000001' AS DECIMAL(10,10)) * ${sign} AS ${DECIMAL}) ` +
      `ELSE TRY_CAST(${ninth} * CAST('0.000000001' AS DECIMAL(9,9)) * ${sign} AS ${DECIMAL}) END`
    );
  },
  spark: ({ operands }) =>
    `CASE WHEN ${operand(operands, 1)} = 0 THEN NULL ELSE ` +
    `try_cast(${operand(operands, 0)} / ${operand(operands, 1)} AS ${DECIMAL}) END`,
  samples: [{}],
});

export const remainder = primitive<NoConstants>({
  takes: ['decimal', 'decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning:
    'What a division to a whole number leaves, with the sign of the dividend; null for a divisor of zero.',
  duckdb: ({ operands }) =>
    `CASE WHEN ${operand(operands, 1)} = 0 THEN NULL ELSE ${operand(operands, 0)} % ${operand(operands, 1)} END`,
  spark: ({ operands }) =>
    `CASE WHEN ${operand(operands, 1)} = 0 THEN NULL ELSE ${operand(operands, 0)} % ${operand(operands, 1)} END`,
  samples: [{}],
});

export const absolute = primitive<NoConstants>({
  takes: ['decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning: 'The number without its sign.',
  duckdb: ({ operands }) => `abs(${operand(operands, 0)})`,
  spark: ({ operands }) => `abs(${operand(operands, 0)})`,
  samples: [{}],
});

export const floor = primitive<NoConstants>({
  takes: ['decimal'],
  returns: 'decimal',
  nulls: 'propagates',
  meaning: 'The greatest whole number that is not above; null where that takes a 21st digit.',
  duckdb: ({ operands }) => `TRY_CAST(floor(${operand(operands, 0)}) AS ${DECIMAL})`,
  spark: ({ operands }) => `try_cast(floor(${operand(operands, 0)}) AS ${DECIMAL})`,
  samples: [{}],
});
