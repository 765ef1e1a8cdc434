import { classBody, WHITE_SPACE } from '../characters';
import { operand, primitive } from '../primitive';

const WS = `[${classBody(WHITE_SPACE)}]`;
const NO_SPACE = WHITE_SPACE.filter(([first]) => first !== 0x20);

export type Sides = 'both' | 'start' | 'end';
const EDGES: Record<Sides, string> = { both: `\\A${WS}+|${WS}+\\z`, start: `\\A${WS}+`, end: `${WS}+\\z` };
const AT_EDGES: Record<Sides, string> = { both: `\\A${WS}|${WS}\\z`, start: `\\A${WS}`, end: `${WS}\\z` };
const SPARK_SIDES: Record<Sides, string> = { both: 'BOTH', start: 'LEADING', end: 'TRAILING' };
/** Every character of white space, once. */
const WHITE_SPACES = WHITE_SPACE.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
).join('');

export const trimWhiteSpace = primitive<{ sides: Sides }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The text without white space at the stated sides.',
  // Left to themselves, DuckDB's trim() strips 17 characters, Spark's only U+0020; \s lacks U+000B in RE2.
  // Most texts have none there, which is found out sooner than it is replaced.
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text(AT_EDGES[constants.sides])}) THEN ` +
    `regexp_replace(${operand(operands, 0)}, ${quote.text(EDGES[constants.sides])}, '', 'g') ELSE ${operand(operands, 0)} END`,
  spark: ({ operands, constants, quote }) =>
    `trim(${SPARK_SIDES[constants.sides]} ${quote.text(WHITE_SPACES)} FROM ${operand(operands, 0)})`,
  samples: [{ sides: 'both' }, { sides: 'start' }, { sides: 'end' }],
});

export const collapseWhiteSpace = primitive<Record<string, never>>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'Each run of white space as one space.',
  // To find where a pattern matches takes far longer than whether it does: most texts have nothing to collapse.
  duckdb: ({ operands, quote }) =>
    `CASE WHEN regexp_matches(${operand(operands, 0)}, ${quote.text(`[${classBody(NO_SPACE)}]|  `)}) ` +
    `THEN regexp_replace(${operand(operands, 0)}, ${quote.text(`${WS}+`)}, ' ', 'g') ELSE ${operand(operands, 0)} END`,
  spark: ({ operands, quote }) =>
    `CASE WHEN ${operand(operands, 0)} RLIKE ${quote.text(`[${classBody(NO_SPACE)}]|  `)} ` +
    `THEN regexp_replace(${operand(operands, 0)}, ${quote.text(`${WS}+`)}, ' ') ELSE ${operand(operands, 0)} END`,
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

export const textAfter = primitive<{ find: string }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'What follows the first occurrence of a literal text that is not empty; null where there is none.',
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN contains(${operand(operands, 0)}, ${quote.text(constants.find)}) THEN substring(${operand(operands, 0)}, ` +
    `strpos(${operand(operands, 0)}, ${quote.text(constants.find)}) + ${quote.integer([...constants.find].length)}) END`,
  spark: ({ operands, constants, quote }) =>
    `CASE WHEN contains(${operand(operands, 0)}, ${quote.text(constants.find)}) THEN substring(${operand(operands, 0)}, ` +
    `locate(${quote.text(constants.find)}, ${operand(operands, 0)}) + ${quote.integer([...constants.find].length)}) END`,
  samples: [
    { find: ' ' },
    { find: 'aa' },
    { find: '😀' },
    { find: '\u0301' },
    { find: '\u0000' },
    { find: '\\' },
    { find: "'" },
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
