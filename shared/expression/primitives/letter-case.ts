import type { Quoting } from '../../compile/sql/quote';
import { isAscii, sparkBeyondAscii } from '../ascii';
import { type CaseTable, caseVariants, lowercaseTable, mapCase, uppercaseTable } from '../case-table';
import { classBody, escapePoint, WORD_SEPARATORS } from '../characters';
import { operand, primitive, type TemplateInput } from '../primitive';
import { DIGIT_ZEROS, DUCKDB_LOWER_EXCEPTIONS, DUCKDB_UPPER_EXCEPTIONS } from '../unicode-tables';

type NoConstants = Record<string, never>;
type Mapping = { from: string; to: string };
type Render = (value: string, input: { quote: Quoting }) => string;

function mappingOf(table: CaseTable): Mapping {
  const entries = [...table];
  return {
    from: String.fromCodePoint(...entries.map(([from]) => from)),
    to: String.fromCodePoint(...entries.map(([, to]) => to)),
  };
}

// DuckDB's own function is right except at a few code points, and its translate() is slow (the map is built
// per row): only values that hold such a code point take the table. ASCII holds none and is told by its length in
// bytes, which is faster than any pattern.
function duckdbCase(name: 'lower' | 'upper', table: CaseTable, exceptions: readonly number[]): Render {
  const { from, to } = mappingOf(table);
  const exceptional = `[${exceptions.map(escapePoint).join('')}]`;
  return (value, { quote }) =>
    `CASE WHEN ${isAscii(value)} THEN ${name}(${value}) ` +
    `WHEN regexp_matches(${value}, ${quote.text(exceptional)}) ` +
    `THEN translate(${value}, ${quote.text(from)}, ${quote.text(to)}) ELSE ${name}(${value}) END`;
}

// Spark's own function is Java's: it follows the JDK's Unicode version and maps final sigma by context.
// Beyond ASCII the table decides, whatever the JDK; Spark caches translate()'s map per expression.
function sparkCase(name: 'lower' | 'upper', table: CaseTable): Render {
  const { from, to } = mappingOf(table);
  return (value, { quote }) =>
    `CASE WHEN ${sparkBeyondAscii(value)} ` +
    `THEN translate(${value}, ${quote.text(from)}, ${quote.text(to)}) ELSE ${name}(${value}) END`;
}

const duckdbLower = duckdbCase('lower', lowercaseTable, DUCKDB_LOWER_EXCEPTIONS);
const duckdbUpper = duckdbCase('upper', uppercaseTable, DUCKDB_UPPER_EXCEPTIONS);
const sparkLower = sparkCase('lower', lowercaseTable);
const sparkUpper = sparkCase('upper', uppercaseTable);

const separators = classBody(WORD_SEPARATORS);
const WORD_OR_GAP = `[^${separators}]+|[${separators}]+`;
const LEADING_GAP = `\\A[${separators}]*`;

const first = ({ operands }: Pick<TemplateInput<never>, 'operands'>) => operand(operands, 0);

export const lower = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'Each code point in its simple lower-case form; no locale.',
  duckdb: (input) => duckdbLower(first(input), input),
  spark: (input) => sparkLower(first(input), input),
  samples: [{}],
});

export const upper = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'Each code point in its simple upper-case form; no locale.',
  duckdb: (input) => duckdbUpper(first(input), input),
  spark: (input) => sparkUpper(first(input), input),
  samples: [{}],
});

/** More ways of writing listed texts than this are not spelled out. */
const MOST_SPELLINGS = 1000;

/** Every text whose lower-case form is the given one; null where there are too many. */
function spellingsOf(lowered: string): readonly string[] | null {
  let found = [''];
  for (const character of lowered) {
    const points = caseVariants(character.codePointAt(0) ?? 0);
    found = found.flatMap((start) => points.map((one) => start + String.fromCodePoint(one)));
    if (found.length > MOST_SPELLINGS) return null;
  }
  return found;
}

export const isOneOfInAnyCase = primitive<{ values: readonly string[] }>({
  takes: ['text'],
  returns: 'boolean',
  nulls: 'total',
  meaning:
    'Whether the text in lower case equals one of the listed ones, which are in lower case; null equals none.',
  // Lower case is as long: what is longer than all of them need not be mapped. To find a text among all spellings is
  // what Spark does sooner than to map it.
  duckdb: (input) => {
    const { values } = input.constants;
    if (values.length === 0) return 'FALSE';
    const longest = Math.max(...values.map((one) => [...one].length));
    const listed = `[${values.map(input.quote.text).join(', ')}]`;
    const lowered = `CASE WHEN length(${first(input)}) <= ${input.quote.integer(longest)} THEN ${duckdbLower(first(input), input)} END`;
    return `coalesce(list_contains(${listed}, ${lowered}), FALSE)`;
  },
  spark: (input) => {
    const { values } = input.constants;
    if (values.length === 0) return 'FALSE';
    const spellings = values.map(spellingsOf);
    const all = spellings.every((one) => one !== null) ? spellings.flat() : [];
    const [value, among] =
      all.length > 0 && all.length <= MOST_SPELLINGS
        ? [first(input), all]
        : [`(${sparkLower(first(input), input)})`, values];
    return `coalesce(${value} IN (${among.map(input.quote.text).join(', ')}), FALSE)`;
  },
  samples: [
    {
      values: [
        'n/a',
        'a',
        '',
        ...DUCKDB_LOWER_EXCEPTIONS.map((one) => mapCase(`a${String.fromCodePoint(one)}Z`, lowercaseTable)),
      ],
    },
    { values: ['unknown', 'i\u0307', 'straße', '\u03c3\u03c2', '\ud801\udc28'] },
    { values: ['\u0000', "o'brien", '\\1', '$1'] },
    // Written in too many ways to spell them out.
    { values: ['n/a', mapCase('\u0130STANBUL \u0131stanbul i\u0307', lowercaseTable)] },
    { values: [] },
  ],
});

/** Takes text that is already lower-case. Neither engine's initcap will do: DuckDB has none, Spark's knows blanks only. */
export const capitalizeWords = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The first character after each run of word separators in upper case; the rest as it is.',
  duckdb: (input) =>
    `array_to_string(list_transform(regexp_extract_all(${first(input)}, ${input.quote.text(WORD_OR_GAP)}), ` +
    `lambda w: concat(${duckdbUpper('substring(w, 1, 1)', input)}, substring(w, 2))), '')`,
  spark: (input) =>
    `array_join(transform(regexp_extract_all(${first(input)}, ${input.quote.text(WORD_OR_GAP)}, 0), ` +
    `w -> concat(${sparkUpper('substring(w, 1, 1)', input)}, substring(w, 2))), '')`,
  samples: [{}],
});

export const capitalizeFirst = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'The first character that is no word separator in upper case; the rest as it is.',
  duckdb: (input) => {
    const gap = `regexp_extract(${first(input)}, ${input.quote.text(LEADING_GAP)})`;
    const initial = `substring(${first(input)}, length(${gap}) + 1, 1)`;
    // || and not concat(), which takes null for ''.
    return `(${gap} || ${duckdbUpper(initial, input)} || substring(${first(input)}, length(${gap}) + 2))`;
  },
  spark: (input) => {
    const gap = `regexp_extract(${first(input)}, ${input.quote.text(LEADING_GAP)}, 0)`;
    const initial = `substring(${first(input)}, length(${gap}) + 1, 1)`;
    return `concat(${gap}, ${sparkUpper(initial, input)}, substring(${first(input)}, length(${gap}) + 2))`;
  },
  samples: [{}],
});

const DIGITS = '0123456789';
const scriptZeros = DIGIT_ZEROS.slice(1);
const OTHER_DIGITS = `[${classBody(scriptZeros.map((zero) => [zero, zero + 9] as const))}]`;
const digitMapping: Mapping = {
  from: scriptZeros.map((zero) => String.fromCodePoint(...[...DIGITS].map((_, i) => zero + i))).join(''),
  to: DIGITS.repeat(scriptZeros.length),
};

export const asciiDigits = primitive<NoConstants>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning: 'Decimal digits of every script as ASCII digits.',
  duckdb: (input) =>
    `CASE WHEN ${isAscii(first(input))} THEN ${first(input)} ` +
    `WHEN regexp_matches(${first(input)}, ${input.quote.text(OTHER_DIGITS)}) THEN translate(${first(input)}, ` +
    `${input.quote.text(digitMapping.from)}, ${input.quote.text(digitMapping.to)}) ELSE ${first(input)} END`,
  spark: (input) =>
    `CASE WHEN ${sparkBeyondAscii(first(input))} THEN translate(${first(input)}, ` +
    `${input.quote.text(digitMapping.from)}, ${input.quote.text(digitMapping.to)}) ELSE ${first(input)} END`,
  samples: [{}],
});
