import { operand, primitive } from '../primitive';

export const sha256 = primitive<Record<string, never>>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'SHA-256 of the text’s UTF-8 bytes, 64 lower-case hexadecimal digits.',
  duckdb: ({ operands }) => `sha256(${operand(operands, 0)})`,
  spark: ({ operands }) => `sha2(${operand(operands, 0)}, 256)`,
  samples: [{}],
});

export const maskMiddle = primitive<{ keepFirst: number; keepLast: number; with: string }>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The text with one character in place of each code point but the first and the last ones; a text of no more ' +
    'than these has all of its code points replaced.',
  // DuckDB’s concat() takes null for empty text.
  duckdb: ({ operands, constants, quote }) => {
    const [value, kept] = [operand(operands, 0), constants.keepFirst + constants.keepLast];
    const mask = quote.text(constants.with);
    return (
      `CASE WHEN length(${value}) <= ${quote.integer(kept)} THEN repeat(${mask}, length(${value})) ` +
      `ELSE left(${value}, ${quote.integer(constants.keepFirst)}) || ` +
      `repeat(${mask}, length(${value}) - ${quote.integer(kept)}) || ` +
      `right(${value}, ${quote.integer(constants.keepLast)}) END`
    );
  },
  spark: ({ operands, constants, quote }) => {
    const [value, kept] = [operand(operands, 0), constants.keepFirst + constants.keepLast];
    const mask = quote.text(constants.with);
    return (
      `CASE WHEN length(${value}) <= ${quote.integer(kept)} THEN repeat(${mask}, length(${value})) ` +
      `ELSE concat(left(${value}, ${quote.integer(constants.keepFirst)}), ` +
      `repeat(${mask}, length(${value}) - ${quote.integer(kept)}), ` +
      `right(${value}, ${quote.integer(constants.keepLast)})) END`
    );
  },
  samples: [
    { keepFirst: 0, keepLast: 0, with: '*' },
    { keepFirst: 1, keepLast: 0, with: '😀' },
    { keepFirst: 0, keepLast: 4, with: '\\' },
    { keepFirst: 2, keepLast: 1, with: '$' },
  ],
});

export const redactMatches = primitive<{
  pattern: string;
  sparkPattern: string;
  longest: number;
  label: string;
}>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The text with a label in place of each match of a pattern that never matches nothing; the label alone in place ' +
    'of a text over the pattern’s length limit, which can’t be searched.',
  // A backslash means something in both engines' replacements, a dollar sign in Spark's.
  duckdb: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) > ${quote.integer(constants.longest)} THEN ${quote.text(constants.label)} ` +
    `ELSE regexp_replace(${operand(operands, 0)}, ${quote.text(constants.pattern)}, ` +
    `${quote.text(constants.label.replaceAll('\\', '\\\\'))}, 'g') END`,
  spark: ({ operands, constants, quote }) =>
    `CASE WHEN length(${operand(operands, 0)}) > ${quote.integer(constants.longest)} THEN ${quote.text(constants.label)} ` +
    `ELSE regexp_replace(${operand(operands, 0)}, ${quote.text(constants.sparkPattern)}, ` +
    `${quote.text(constants.label.replace(/[\\$]/g, '\\$&'))}) END`,
  samples: [
    { pattern: '[0-9]{2,}', sparkPattern: '[0-9]{2,}', longest: 4000, label: '[number]' },
    { pattern: '[a-z]+', sparkPattern: '[a-z]+', longest: 1000, label: '\\1 $1 \\0 $\u007Bx}' },
    { pattern: '[^\\x{0020}]', sparkPattern: '[^\\x{0020}]', longest: 4000, label: '' },
  ],
});
