import { isAscii, sparkBeyondAscii } from '../ascii';
import { type CaseTable, lowercaseTable, uppercaseTable } from '../case-table';
import { escapePoint } from '../characters';
import { operand, primitive } from '../primitive';
import { DUCKDB_LOWER_EXCEPTIONS, DUCKDB_UPPER_EXCEPTIONS } from '../unicode-tables';
import type { Removed } from './characters';

/** Each code point in the lower-case form of its upper-case form, where that is another. */
const folded: CaseTable = new Map(
  [...new Set([...lowercaseTable.keys(), ...uppercaseTable.keys()])].flatMap((point) => {
    const upper = uppercaseTable.get(point) ?? point;
    const lower = lowercaseTable.get(upper) ?? upper;
    return lower === point ? [] : [[point, lower] as const];
  }),
);
const FROM = String.fromCodePoint(...folded.keys());
const TO = String.fromCodePoint(...folded.values());

/** Code points of which DuckDB's lower(upper()) answers otherwise, and a few more. */
const LOWERED_WRONG = new Set(DUCKDB_LOWER_EXCEPTIONS);
const EXCEPTIONAL = [
  ...DUCKDB_LOWER_EXCEPTIONS,
  ...DUCKDB_UPPER_EXCEPTIONS,
  ...[...uppercaseTable].flatMap(([point, upper]) => (LOWERED_WRONG.has(upper) ? [point] : [])),
];
const EXCEPTIONS = `[${[...new Set(EXCEPTIONAL)].map(escapePoint).join('')}]`;

/**
 * `lower(upper(removeCharacters()))` in one: put together, each would repeat the one inside it several times, and a scan
 * of all keys of a source would take ten times as long.
 */
export const comparedKey = primitive<Removed>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'What keys are compared by: the text without the characters of a class, each code point in the simple lower-case ' +
    'form of its simple upper-case form.',
  // translate() is slow: DuckDB builds its map for each row.
  duckdb: ({ operands, constants: { pattern, asciiPattern }, quote }) => {
    const value = operand(operands, 0);
    const without = (characters: string) =>
      characters === '' ? value : `regexp_replace(${value}, ${quote.text(characters)}, '', 'g')`;
    return (
      `CASE WHEN ${isAscii(value)} THEN lower(${without(asciiPattern)}) ` +
      `WHEN regexp_matches(${value}, ${quote.text(EXCEPTIONS)}) ` +
      `THEN translate(${without(pattern)}, ${quote.text(FROM)}, ${quote.text(TO)}) ` +
      `ELSE lower(upper(${without(pattern)})) END`
    );
  },
  spark: ({ operands, constants: { sparkPattern, asciiPattern }, quote }) => {
    const value = operand(operands, 0);
    const without = (characters: string) =>
      characters === '' ? value : `regexp_replace(${value}, ${quote.text(characters)}, '')`;
    return (
      `CASE WHEN ${sparkBeyondAscii(value)} ` +
      `THEN translate(${without(sparkPattern)}, ${quote.text(FROM)}, ${quote.text(TO)}) ` +
      `ELSE lower(${without(asciiPattern)}) END`
    );
  },
  samples: [
    { pattern: '[ a\\x{00E9}]+', sparkPattern: '[ a\\x{00E9}]+', asciiPattern: '[ a]+' },
    {
      pattern: '[\\x{00AD}\\x{200B}-\\x{200F}]+',
      sparkPattern: '[\\x{00AD}\\x{200B}-\\x{200F}]+',
      asciiPattern: '',
    },
  ],
});
