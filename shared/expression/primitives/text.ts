import { classBody, WHITE_SPACE } from '../characters';
import { operand, primitive } from '../primitive';

const WS = `[${classBody(WHITE_SPACE)}]`;
const NO_SPACE = WHITE_SPACE.filter(([first]) => first !== 0x20);

export type Sides = 'both' | 'start' | 'end';
const EDGES: Record<Sides, string> = { both: `\\A${WS}+|${WS}+\\z`, start: `\\A${WS}+`, end: `${WS}+\\z` };
const AT_EDGES: Record<Sides, string> = { both: `\\A${WS}|${WS}\\z`, start: `\\A${WS}`, end: `${WS}\\z` };
// Java tries a run of white space inside the text from each of its characters, unless told where runs begin.
const SPARK_END = `(?<!${WS})${WS}+\\z`;
const SPARK_EDGES: Record<Sides, string> = {
  both: `\\A${WS}+|${SPARK_END}`,
  start: `\\A${WS}+`,
  end: SPARK_END,
};

export const trimWhiteSpace = primitive<{ sides: Sides }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The text without white space at the stated sides.',
  // DuckDB's trim() strips 17 characters, Spark's only U+0020; \s lacks U+000B in RE2.
  // Most texts have none there, which is found out sooner than it is replaced.
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text(AT_EDGES[constants.sides])}) THEN ` +
    `regexp_replace(${operand(operands, 0)}, ${quote.text(EDGES[constants.sides])}, '', 'g') ELSE ${operand(operands, 0)} END`,
  spark: ({ operands, constants, quote }) =>
    `regexp_replace(${operand(operands, 0)}, ${quote.text(SPARK_EDGES[constants.sides])}, '')`,
  samples: [{ sides: 'both' }, { sides: 'start' }, { sides: 'end' }],
});

export const collapseWhiteSpace = primitive<Record<string, never>>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'Each run of white space as one space.',
  // DuckDB finds where a pattern matches far more slowly than whether it does: most texts have nothing to collapse.
  duckdb: ({ operands, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text(`[${classBody(NO_SPACE)}]|  `)}) ` +
    `THEN regexp_replace(${operand(operands, 0)}, ${quote.text(`${WS}+`)}, ' ', 'g') ELSE ${operand(operands, 0)} END`,
  spark: ({ operands, quote }) => `regexp_replace(${operand(operands, 0)}, ${quote.text(`${WS}+`)}, ' ')`,
  samples: [{}],
});

export const join = primitive<Record<string, never>>({
  takes: ['text', '*'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The texts one after another.',
  // DuckDB's concat() takes null for ''; its || does not. Spark's concat() is null for null.
  duckdb: ({ operands }) => `(${operands.join(' || ')})`,
  spark: ({ operands }) => `concat(${operands.join(', ')})`,
  samples: [{}],
});

export const splitPart = primitive<{ separator: string; part: number }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The n-th part (from 1, or from -1 at the end) between literal separators; empty where there is none.',
  duckdb: ({ operands, constants, quote }) =>
    `split_part(${operand(operands, 0)}, ${quote.text(constants.separator)}, ${quote.integer(constants.part)})`,
  spark: ({ operands, constants, quote }) =>
    `split_part(${operand(operands, 0)}, ${quote.text(constants.separator)}, ${quote.integer(constants.part)})`,
  samples: [
    { separator: '@', part: 1 },
    { separator: '@', part: 2 },
    { separator: '+', part: 1 },
    { separator: '.', part: -1 },
  ],
});

export const removeText = primitive<{ find: string }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The text without any occurrence of a literal text that is not empty.',
  duckdb: ({ operands, constants, quote }) =>
    `replace(${operand(operands, 0)}, ${quote.text(constants.find)}, '')`,
  spark: ({ operands, constants, quote }) =>
    `replace(${operand(operands, 0)}, ${quote.text(constants.find)}, '')`,
  samples: [{ find: '.' }, { find: ' ' }, { find: 'aa' }, { find: '$1' }, { find: '\\' }],
});

export const length = primitive<Record<string, never>>({
  takes: ['text'],
  returns: 'integer',
  nulls: 'propagates',
  meaning: 'The number of code points.',
  duckdb: ({ operands }) => `length(${operand(operands, 0)})`,
  spark: ({ operands }) => `length(${operand(operands, 0)})`,
  samples: [{}],
});
