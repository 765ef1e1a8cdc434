import { operand, primitive } from '../primitive';

type NoConstants = Record<string, never>;

export const parseInteger = primitive<NoConstants>({
  takes: ['text'],
  returns: 'integer',
  nulls: 'total',
  meaning:
    'The integer that a text of 1 to 18 ASCII digits spells, with a sign or without; null for anything else.',
  // DuckDB’s cast reads 1.5 as 2, 1e5 and 1_000; Spark’s takes Arabic digits.
  duckdb: ({ operands, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text('\\A[+-]?[0-9]{1,18}\\z')}) ` +
    `THEN TRY_CAST(${operand(operands, 0)} AS BIGINT) END`,
  spark: ({ operands, quote }) =>
    `CASE WHEN ${operand(operands, 0)} RLIKE ${quote.text('\\A[+-]?[0-9]{1,18}\\z')} ` +
    `THEN try_cast(${operand(operands, 0)} AS BIGINT) END`,
  samples: [{}],
});

export const integerText = primitive<{ digits: number }>({
  takes: ['integer'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The digits of an integer, with zeros before them up to a stated number of digits.',
  // lpad() cuts what is longer.
  duckdb: ({ operands, constants, quote }) => {
    const digits = `replace(CAST(${operand(operands, 0)} AS VARCHAR), '-', '')`;
    const fewest = quote.integer(constants.digits);
    return (
      `(CASE WHEN ${operand(operands, 0)} < 0 THEN '-' ELSE '' END || ` +
      `CASE WHEN length(${digits}) >= ${fewest} THEN ${digits} ELSE lpad(${digits}, ${fewest}, '0') END)`
    );
  },
  spark: ({ operands, constants, quote }) => {
    const digits = `replace(CAST(${operand(operands, 0)} AS STRING), '-', '')`;
    const fewest = quote.integer(constants.digits);
    return (
      `(CASE WHEN ${operand(operands, 0)} < 0 THEN '-' ELSE '' END || ` +
      `CASE WHEN length(${digits}) >= ${fewest} THEN ${digits} ELSE lpad(${digits}, ${fewest}, '0') END)`
    );
  },
  samples: [{ digits: 1 }, { digits: 2 }, { digits: 6 }],
});

const exact = (operator: string) =>
  primitive<NoConstants>({
    takes: ['integer', 'integer'],
    returns: 'integer',
    nulls: 'propagates',
    meaning: `The answer of ${operator}; null where 64 bits do not hold it.`,
    // On overflow DuckDB throws and Spark wraps around: both work with more digits.
    duckdb: ({ operands }) =>
      `TRY_CAST(CAST(${operand(operands, 0)} AS HUGEINT) ${operator} ${operand(operands, 1)} AS BIGINT)`,
    spark: ({ operands }) =>
      `try_cast(CAST(${operand(operands, 0)} AS DECIMAL(19,0)) ${operator} ` +
      `CAST(${operand(operands, 1)} AS DECIMAL(19,0)) AS BIGINT)`,
    samples: [{}],
  });

export const addIntegers = exact('+');
export const subtractIntegers = exact('-');
export const multiplyIntegers = exact('*');

export const floorQuotient = primitive<{ by: number }>({
  takes: ['integer'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'How often a stated positive integer goes into the integer, rounded down (-1 / 12 is -1).',
  duckdb: ({ operands, constants, quote }) =>
    `(${operand(operands, 0)} // ${quote.integer(constants.by)} - ` +
    `CASE WHEN ${operand(operands, 0)} % ${quote.integer(constants.by)} < 0 THEN 1 ELSE 0 END)`,
  spark: ({ operands, constants, quote }) =>
    `(CAST(${operand(operands, 0)} AS BIGINT) div ${quote.integer(constants.by)} - ` +
    `CASE WHEN ${operand(operands, 0)} % ${quote.integer(constants.by)} < 0 THEN 1 ELSE 0 END)`,
  samples: [{ by: 12 }, { by: 1 }, { by: 86_400_000_000 }],
});

export const floorModulo = primitive<{ by: number }>({
  takes: ['integer'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'What floorQuotient leaves: from 0 to one below the stated positive integer.',
  // The remainder takes the sign of the dividend in both.
  duckdb: ({ operands, constants, quote }) =>
    `((${operand(operands, 0)} % ${quote.integer(constants.by)} + ${quote.integer(constants.by)}) % ${quote.integer(constants.by)})`,
  spark: ({ operands, constants, quote }) =>
    `((CAST(${operand(operands, 0)} AS BIGINT) % ${quote.integer(constants.by)} + ${quote.integer(constants.by)}) % ${quote.integer(constants.by)})`,
  samples: [{ by: 12 }, { by: 1 }, { by: 86_400_000_000 }],
});

const branches = (values: readonly string[], quoted: (text: string) => string): string =>
  values
    .flatMap((spellings, i) => spellings.split('|').map((one) => `WHEN ${quoted(one)} THEN ${i + 1}`))
    .join(' ');

export const placeIn = primitive<{ values: readonly string[] }>({
  takes: ['text'],
  returns: 'integer',
  nulls: 'propagates',
  meaning:
    'The place, from 1, of the entry of a list that has the text among its spellings, which | parts; null where none has.',
  duckdb: ({ operands, constants, quote }) =>
    `CASE ${operand(operands, 0)} ${branches(constants.values, quote.text)} END`,
  spark: ({ operands, constants, quote }) =>
    `CASE ${operand(operands, 0)} ${branches(constants.values, quote.text)} END`,
  samples: [{ values: ['null|NULL', 'N/A', '😀', ''] }],
});

export const elementOf = primitive<{ values: readonly string[] }>({
  takes: ['integer'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The text at a place, from 1, of a list; null where there is none.',
  duckdb: ({ operands, constants, quote }) =>
    `CASE ${operand(operands, 0)} ${constants.values.map((one, i) => `WHEN ${i + 1} THEN ${quote.text(one)}`).join(' ')} END`,
  spark: ({ operands, constants, quote }) =>
    `CASE ${operand(operands, 0)} ${constants.values.map((one, i) => `WHEN ${i + 1} THEN ${quote.text(one)}`).join(' ')} END`,
  samples: [{ values: ['one', "t'wo", 'März'] }],
});
