import { ANY_LENGTH } from '../pattern-spans';
import { operand, primitive } from '../primitive';

export const replaceText = primitive<{ find: string; replacement: string }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The text with one literal text, which is not empty, in place of each occurrence of another.',
  duckdb: ({ operands, constants, quote }) =>
    `replace(${operand(operands, 0)}, ${quote.text(constants.find)}, ${quote.text(constants.replacement)})`,
  spark: ({ operands, constants, quote }) =>
    `replace(${operand(operands, 0)}, ${quote.text(constants.find)}, ${quote.text(constants.replacement)})`,
  samples: [
    { find: 'a', replacement: 'aa' },
    { find: 'aa', replacement: 'b' },
    { find: '\u0000', replacement: '0' },
    { find: "'", replacement: "''" },
    { find: '\\', replacement: '\\\\' },
    { find: '$', replacement: '$1' },
    { find: '😀', replacement: '' },
    { find: '\u0301', replacement: '\u0300' },
  ],
});

export const replaceWhole = primitive<{ from: readonly string[]; to: readonly string[] }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'What stands in a list where the text stands in another, in which no two are alike; null where it does not.',
  duckdb: ({ operands, constants: { from, to }, quote }) =>
    `CASE ${operand(operands, 0)} ` +
    `${from.map((one, i) => `WHEN ${quote.text(one)} THEN ${quote.text(to[i] ?? '')}`).join(' ')} END`,
  // Spark makes code of each branch of a CASE, and a table of this once.
  spark: ({ operands, constants: { from, to }, quote }) =>
    `map_from_arrays(array(${from.map(quote.text).join(', ')}), array(${to.map(quote.text).join(', ')}))[${operand(operands, 0)}]`,
  samples: [
    { from: ['a', 'null', 'N/A', '😀', ''], to: ['A', '', 'null', 'a', '0'] },
    { from: ["'", '\\', '\u0000', '\u00e9'], to: ['"', '\\\\', '\u0301', 'e\u0301'] },
  ],
});

export const replaceMatches = primitive<{
  pattern: string;
  sparkPattern: string;
  longest: number;
  replacement: string;
  sparkReplacement: string;
}>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The text with a replacement, which may name groups, in place of each match of a pattern that never matches ' +
    'nothing; text over the pattern’s length limit as it is.',
  // DuckDB replaces the first match only unless told; its groups are \1, Spark's $1.
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) > ${quote.integer(constants.longest)} THEN ${operand(operands, 0)} ` +
    `ELSE regexp_replace(${operand(operands, 0)}, ${quote.text(constants.pattern)}, ` +
    `${quote.text(constants.replacement)}, 'g') END`,
  spark: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) > ${quote.integer(constants.longest)} THEN ${operand(operands, 0)} ` +
    `ELSE regexp_replace(${operand(operands, 0)}, ${quote.text(constants.sparkPattern)}, ` +
    `${quote.text(constants.sparkReplacement)}) END`,
  samples: [
    {
      pattern: '(?:([a-z])([0-9])?)',
      sparkPattern: '(?:([a-z])([0-9])?)',
      longest: 4000,
      replacement: '\\2\\1\\\\1',
      sparkReplacement: '$2$1\\\\\\1',
    },
    {
      pattern: '\\A[^\\x{000A}]',
      sparkPattern: '\\A[^\\x{000A}]',
      longest: ANY_LENGTH,
      replacement: '$',
      sparkReplacement: '\\$',
    },
    {
      pattern: '(?:[^\\x{0000}-\\x{007F}]\\z)',
      sparkPattern: '(?:[^\\x{0000}-\\x{007F}]\\z)',
      longest: 50,
      replacement: '<\\0>',
      sparkReplacement: '<$0>',
    },
  ],
});

export const pad = primitive<{ length: number; with: string; side: 'start' | 'end' }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The text with one character before or after it as often as makes it so long; longer text as it is.',
  // Both engines' functions cut longer text.
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) >= ${quote.integer(constants.length)} THEN ${operand(operands, 0)} ` +
    `ELSE ${constants.side === 'start' ? 'lpad' : 'rpad'}(${operand(operands, 0)}, ` +
    `${quote.integer(constants.length)}, ${quote.text(constants.with)}) END`,
  spark: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) >= ${quote.integer(constants.length)} THEN ${operand(operands, 0)} ` +
    `ELSE ${constants.side === 'start' ? 'lpad' : 'rpad'}(${operand(operands, 0)}, ` +
    `${quote.integer(constants.length)}, ${quote.text(constants.with)}) END`,
  samples: [
    { length: 5, with: '0', side: 'start' },
    { length: 3, with: '😀', side: 'end' },
    { length: 0, with: ' ', side: 'end' },
    { length: 12, with: '\\', side: 'start' },
  ],
});

export const joinPresent = primitive<{ separator: string }>({
  takes: ['text', '*'],
  returns: 'text',
  nulls: 'total',
  meaning:
    'The texts that are not null, in order, with a literal text between them; empty where all are null.',
  duckdb: ({ operands, constants, quote }) =>
    `concat_ws(${quote.text(constants.separator)}, ${operands.join(', ')})`,
  spark: ({ operands, constants, quote }) =>
    `concat_ws(${quote.text(constants.separator)}, ${operands.join(', ')})`,
  samples: [{ separator: ', ' }, { separator: '' }, { separator: '\\' }, { separator: '\u0000' }],
});
