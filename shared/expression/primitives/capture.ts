import { operand, primitive } from '../primitive';

export const capture = primitive<{ pattern: string; sparkPattern: string; group: number; longest: number }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'What a group of a pattern holds where the pattern is first found (group 0: all of it); empty where it is not ' +
    'found, where the group takes no part, and for text over the length limit.',
  // Java tries every way back, RE2 none: text that is longer than Java surely manages is tried by neither.
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) > ${quote.integer(constants.longest)} THEN '' ELSE ` +
    `regexp_extract(${operand(operands, 0)}, ${quote.text(constants.pattern)}, ${quote.integer(constants.group)}) END`,
  spark: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) > ${quote.integer(constants.longest)} THEN '' ELSE ` +
    `regexp_extract(${operand(operands, 0)}, ${quote.text(constants.sparkPattern)}, ${quote.integer(constants.group)}) END`,
  samples: [
    {
      pattern: '\\A([0-9]+)[,.]?([0-9]*)\\z',
      sparkPattern: '\\A([0-9]+)[,.]?([0-9]*)\\z',
      group: 2,
      longest: 100,
    },
    { pattern: '([a-c])|([d-z])', sparkPattern: '([a-c])|([d-z])', group: 2, longest: 4000 },
    { pattern: '[^\\x{0000}-\\x{007F}]+', sparkPattern: '[^\\x{0000}-\\x{007F}]+', group: 0, longest: 4000 },
  ],
});
