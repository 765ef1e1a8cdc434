import { operand, primitive } from '../primitive';

type NoConstants = Record<string, never>;

export const isNull = primitive<NoConstants>({
  takes: ['same'],
  returns: 'boolean',
  nulls: 'total',
  meaning: 'Whether there is no value.',
  duckdb: ({ operands }) => `(${operand(operands, 0)} IS NULL)`,
  spark: ({ operands }) => `(${operand(operands, 0)} IS NULL)`,
  samples: [{}],
});

export const isMissing = primitive<NoConstants>({
  takes: ['text'],
  returns: 'boolean',
  nulls: 'total',
  meaning: 'Whether the value is null or empty text.',
  duckdb: ({ operands }) => `(coalesce(${operand(operands, 0)}, '') = '')`,
  spark: ({ operands }) => `(coalesce(${operand(operands, 0)}, '') = '')`,
  samples: [{}],
});

export const isOneOf = primitive<{ values: readonly string[] }>({
  takes: ['text'],
  returns: 'boolean',
  nulls: 'total',
  meaning: 'Whether the text equals one of the listed ones, code point for code point; null equals none.',
  // DuckDB plans IN as a join for each column, which takes far longer than finding the text in a list.
  duckdb: ({ operands, constants, quote }) =>
    constants.values.length === 0
      ? 'FALSE'
      : `coalesce(list_contains([${constants.values.map(quote.text).join(', ')}], ${operand(operands, 0)}), FALSE)`,
  spark: ({ operands, constants, quote }) =>
    constants.values.length === 0
      ? 'FALSE'
      : `coalesce(${operand(operands, 0)} IN (${constants.values.map(quote.text).join(', ')}), FALSE)`,
  samples: [
    { values: ['N/A', 'a', ''] },
    { values: ['\u0000', "o'Brien", '\\1', '$1', '$\u007Bx}'] },
    { values: [] },
  ],
});

type Position = 'anywhere' | 'start' | 'end';
const DUCKDB_CONTAINS: Record<Position, string> = {
  anywhere: 'contains',
  start: 'starts_with',
  end: 'ends_with',
};
const SPARK_CONTAINS: Record<Position, string> = {
  anywhere: 'contains',
  start: 'startswith',
  end: 'endswith',
};

export const contains = primitive<{ find: string; position: Position }>({
  takes: ['text'],
  returns: 'boolean',
  nulls: 'total',
  meaning: 'Whether the text holds a literal text at the stated position; null holds none.',
  duckdb: ({ operands, constants, quote }) =>
    `coalesce(${DUCKDB_CONTAINS[constants.position]}(${operand(operands, 0)}, ${quote.text(constants.find)}), FALSE)`,
  spark: ({ operands, constants, quote }) =>
    `coalesce(${SPARK_CONTAINS[constants.position]}(${operand(operands, 0)}, ${quote.text(constants.find)}), FALSE)`,
  samples: [
    { find: 'a', position: 'anywhere' },
    { find: '%', position: 'start' },
    { find: '\\', position: 'end' },
    { find: '', position: 'anywhere' },
  ],
});

export const matches = primitive<{ pattern: string; sparkPattern: string; longest: number }>({
  takes: ['text'],
  returns: 'boolean',
  nulls: 'total',
  meaning:
    'Whether a pattern is found in the text; null, and text over the pattern’s length limit, match nothing.',
  // Java overflows its stack, or takes hours, on texts that RE2 reads at once: hence the limit.
  duckdb: ({ operands, constants, quote }) =>
    `coalesce(length(${operand(operands, 0)}) <= ${quote.integer(constants.longest)} ` +
    `AND regexp_matches(${operand(operands, 0)}, ${quote.text(constants.pattern)}), FALSE)`,
  spark: ({ operands, constants, quote }) =>
    `coalesce(length(${operand(operands, 0)}) <= ${quote.integer(constants.longest)} ` +
    `AND ${operand(operands, 0)} RLIKE ${quote.text(constants.sparkPattern)}, FALSE)`,
  samples: [
    { pattern: '\\A[0-9]+\\z', sparkPattern: '\\A[0-9]+\\z', longest: 4000 },
    { pattern: '[a-c]', sparkPattern: '[a-c]', longest: 4000 },
    { pattern: '(?:a|b)*\\z', sparkPattern: '(?:a|b)*\\z', longest: 600 },
    { pattern: '[^\\x{000A}]{3}', sparkPattern: '[^\\x{000A}]{3}', longest: 4000 },
  ],
});

export const not = primitive<NoConstants>({
  takes: ['boolean'],
  returns: 'boolean',
  nulls: 'propagates',
  meaning: 'The opposite.',
  duckdb: ({ operands }) => `(NOT ${operand(operands, 0)})`,
  spark: ({ operands }) => `(NOT ${operand(operands, 0)})`,
  samples: [{}],
});

export const and = primitive<NoConstants>({
  takes: ['boolean', '*'],
  returns: 'boolean',
  nulls: 'propagates',
  meaning: 'Whether all hold.',
  duckdb: ({ operands }) => `(${operands.join(' AND ')})`,
  spark: ({ operands }) => `(${operands.join(' AND ')})`,
  samples: [{}],
});

export const or = primitive<NoConstants>({
  takes: ['boolean', '*'],
  returns: 'boolean',
  nulls: 'propagates',
  meaning: 'Whether any holds.',
  duckdb: ({ operands }) => `(${operands.join(' OR ')})`,
  spark: ({ operands }) => `(${operands.join(' OR ')})`,
  samples: [{}],
});

export const choose = primitive<NoConstants>({
  takes: ['boolean', 'same', 'same'],
  returns: 'same',
  nulls: 'total',
  meaning: 'The first value where the condition holds, else the second.',
  duckdb: ({ operands }) =>
    `CASE WHEN ${operand(operands, 0)} THEN ${operand(operands, 1)} ELSE ${operand(operands, 2)} END`,
  spark: ({ operands }) =>
    `CASE WHEN ${operand(operands, 0)} THEN ${operand(operands, 1)} ELSE ${operand(operands, 2)} END`,
  samples: [{}],
});

export const atMost = primitive<{ limit: number }>({
  takes: ['integer'],
  returns: 'boolean',
  nulls: 'total',
  meaning: 'Whether the number is no more than the limit; null is not.',
  duckdb: ({ operands, constants, quote }) =>
    `coalesce(${operand(operands, 0)} <= ${quote.integer(constants.limit)}, FALSE)`,
  spark: ({ operands, constants, quote }) =>
    `coalesce(${operand(operands, 0)} <= ${quote.integer(constants.limit)}, FALSE)`,
  samples: [{ limit: 0 }, { limit: 3 }],
});

/** How many of the given texts are neither null nor empty. */
export const countPresent = primitive<NoConstants>({
  takes: ['text', '*'],
  returns: 'integer',
  nulls: 'total',
  meaning: 'How many of the texts are neither null nor empty.',
  duckdb: ({ operands }) =>
    `(${operands.map((value) => `CASE WHEN coalesce(${value}, '') = '' THEN 0 ELSE 1 END`).join(' + ')})`,
  spark: ({ operands }) =>
    `(${operands.map((value) => `CASE WHEN coalesce(${value}, '') = '' THEN 0 ELSE 1 END`).join(' + ')})`,
  samples: [{}],
});
