import { operand, primitive } from '../primitive';

type NoConstants = Record<string, never>;

const compared = (operator: string, meaning: string) =>
  primitive<NoConstants>({
    takes: ['same', 'same'],
    returns: 'boolean',
    nulls: 'propagates',
    meaning,
    duckdb: ({ operands }) => `(${operand(operands, 0)} ${operator} ${operand(operands, 1)})`,
    spark: ({ operands }) => `(${operand(operands, 0)} ${operator} ${operand(operands, 1)})`,
    samples: [{}],
  });

export const equal = compared('=', 'Whether two values are the same.');
export const less = compared('<', 'Whether the first value comes before the second; text by code point.');
export const lessOrEqual = compared('<=', 'Whether the first value does not come after the second.');

export const holds = primitive<NoConstants>({
  takes: ['boolean'],
  returns: 'boolean',
  nulls: 'total',
  meaning: 'Whether a condition is true, and neither false nor null.',
  duckdb: ({ operands }) => `coalesce(${operand(operands, 0)}, FALSE)`,
  spark: ({ operands }) => `coalesce(${operand(operands, 0)}, FALSE)`,
  samples: [{}],
});

export const firstPresent = primitive<NoConstants>({
  takes: ['same', '*'],
  returns: 'same',
  nulls: 'total',
  meaning: 'The first value that is not null.',
  duckdb: ({ operands }) => `coalesce(${operands.join(', ')})`,
  spark: ({ operands }) => `coalesce(${operands.join(', ')})`,
  samples: [{}],
});
