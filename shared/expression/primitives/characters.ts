import { isAscii, sparkBeyondAscii } from '../ascii';
import { ACCENTED, LATIN_AND_GREEK, UNACCENTED } from '../character-tables';
import { classBody, parseRanges } from '../characters';
import { operand, primitive, type TemplateInput } from '../primitive';

type NoConstants = Record<string, never>;

const pointsOf = (text: string): number[] => [...text].map((one) => one.codePointAt(0) ?? 0);

export type Removed = {
  /** A class of characters, as each engine is best told; and what it holds of ASCII, or nothing, for text that is all ASCII. */
  pattern: string;
  sparkPattern: string;
  asciiPattern: string;
};

export const removeCharacters = primitive<Removed>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The text without the characters of a class.',
  // Classes of hundreds of ranges are slow, and most texts are ASCII.
  duckdb: ({ operands, constants: { pattern, asciiPattern }, quote }) => {
    const value = operand(operands, 0);
    const ascii =
      asciiPattern === '' ? value : `regexp_replace(${value}, ${quote.text(asciiPattern)}, '', 'g')`;
    return (
      `CASE WHEN NOT ${isAscii(value)} ` +
      `THEN regexp_replace(${value}, ${quote.text(pattern)}, '', 'g') ELSE ${ascii} END`
    );
  },
  spark: ({ operands, constants: { sparkPattern, asciiPattern }, quote }) => {
    const value = operand(operands, 0);
    const ascii = asciiPattern === '' ? value : `regexp_replace(${value}, ${quote.text(asciiPattern)}, '')`;
    return (
      `CASE WHEN ${sparkBeyondAscii(value)} ` +
      `THEN regexp_replace(${value}, ${quote.text(sparkPattern)}, '') ELSE ${ascii} END`
    );
  },
  samples: [
    { pattern: '[a-z\\x{00E9}]+', sparkPattern: '[a-z\\x{00E9}]+', asciiPattern: '[a-z]+' },
    {
      pattern: '[\\x{00AD}\\x{200B}-\\x{200F}]+',
      sparkPattern: '[[\\x{00AD}][\\x{2000}-\\x{20FF}&&[\\x{200B}-\\x{200F}]]]+',
      asciiPattern: '',
    },
    { pattern: '[^a-z\\x{1F600}]+', sparkPattern: '[^a-z\\x{1F600}]+', asciiPattern: '[^a-z]+' },
  ],
});

// One to one first, then what is longer: translate() can't lengthen. U+2026 is three full stops.
const STRAIGHT: readonly (readonly [string, string])[] = [
  ['\u2018\u2019\u201a\u201b', "'"],
  ['\u201c\u201d\u201e\u201f', '"'],
  ['\u2010\u2011\u2012\u2013\u2014\u2015\u2212', '-'],
];
const CURLY = STRAIGHT.map(([from]) => from).join('');
const PLAIN = STRAIGHT.map(([from, to]) => to.repeat([...from].length)).join('');
const ELLIPSIS = '\u2026';
const TYPOGRAPHIC = `[${classBody(pointsOf(CURLY + ELLIPSIS).map((one) => [one, one] as const))}]`;

const straight = (input: TemplateInput<NoConstants>, found: string): string => {
  const [value, { text }] = [operand(input.operands, 0), input.quote];
  const mapped = `translate(${value}, ${text(CURLY)}, ${text(PLAIN)})`;
  return `CASE WHEN ${found} THEN replace(${mapped}, ${text(ELLIPSIS)}, '...') ELSE ${value} END`;
};

export const straightenPunctuation = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'Curly quotes as straight ones, every dash and the minus sign as a hyphen, the ellipsis as three full stops.',
  // DuckDB's translate() builds its map for each row.
  duckdb: (input) =>
    straight(input, `regexp_matches(${operand(input.operands, 0)}, ${input.quote.text(TYPOGRAPHIC)})`),
  spark: (input) => straight(input, `${operand(input.operands, 0)} RLIKE ${input.quote.text(TYPOGRAPHIC)}`),
  samples: [{}],
});

/** Marks that are accents: the blocks of combining diacritical marks. */
const ACCENTS = classBody([
  [0x0300, 0x036f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
]);
const WITH_ACCENTS = `[${classBody(pointsOf(ACCENTED).map((one) => [one, one] as const))}${ACCENTS}]`;
const LETTER_AND_ACCENTS = `([${classBody(parseRanges(LATIN_AND_GREEK))}])[${ACCENTS}]+`;

export const stripAccents = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'Latin and Greek letters without accents and strokes, whether these are part of the character or follow it; ' +
    'all else as it is.',
  // Neither engine takes accents off in the same way: DuckDB's strip_accents follows its own Unicode, Spark has none.
  duckdb: ({ operands, quote }) => {
    const value = operand(operands, 0);
    const mapped = `translate(${value}, ${quote.text(ACCENTED)}, ${quote.text(UNACCENTED)})`;
    return (
      `CASE WHEN regexp_matches(${value}, ${quote.text(WITH_ACCENTS)}) ` +
      `THEN regexp_replace(${mapped}, ${quote.text(LETTER_AND_ACCENTS)}, '\\1', 'g') ELSE ${value} END`
    );
  },
  spark: ({ operands, quote }) => {
    const value = operand(operands, 0);
    const mapped = `translate(${value}, ${quote.text(ACCENTED)}, ${quote.text(UNACCENTED)})`;
    return (
      `CASE WHEN ${value} RLIKE ${quote.text(WITH_ACCENTS)} ` +
      `THEN regexp_replace(${mapped}, ${quote.text(LETTER_AND_ACCENTS)}, '$1') ELSE ${value} END`
    );
  },
  samples: [{}],
});
