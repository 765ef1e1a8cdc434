import { type CaseTable, lowercaseTable, uppercaseTable } from '../case-table';
import { classBody, escapePoint, WORD_SEPARATORS } from '../characters';
import { isAscii } from '../duckdb-ascii';
import { operand, primitive, type TemplateInput } from '../primitive';
import { DIGIT_ZEROS, DUCKDB_LOWER_EXCEPTIONS, DUCKDB_UPPER_EXCEPTIONS } from '../unicode-tables';

type NoConstants = Record<string, never>;
type Mapping = { from: string; to: string };
type Render = (value: string, input: TemplateInput<NoConstants>) => string;

const NON_ASCII = `[^${escapePoint(0)}-${escapePoint(0x7f)}]`;

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
    `CASE WHEN ${value} RLIKE ${quote.text(NON_ASCII)} ` +
    `THEN translate(${value}, ${quote.text(from)}, ${quote.text(to)}) ELSE ${name}(${value}) END`;
}

const duckdbLower = duckdbCase('lower', lowercaseTable, DUCKDB_LOWER_EXCEPTIONS);
const duckdbUpper = duckdbCase('upper', uppercaseTable, DUCKDB_UPPER_EXCEPTIONS);
const sparkLower = sparkCase('lower', lowercaseTable);
const sparkUpper = sparkCase('upper', uppercaseTable);

const separators = classBody(WORD_SEPARATORS);
const WORD_OR_GAP = `[^${separators}]+|[${separators}]+`;
const LEADING_GAP = `\\A[${separators}]*`;

const first = (input: TemplateInput<NoConstants>) => operand(input.operands, 0);

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
  // DuckDB knows the length of a text in bytes at once; Spark finds another character sooner by a pattern.
  duckdb: (input) =>
    `CASE WHEN ${isAscii(first(input))} THEN ${first(input)} ` +
    `WHEN regexp_matches(${first(input)}, ${input.quote.text(OTHER_DIGITS)}) THEN translate(${first(input)}, ` +
    `${input.quote.text(digitMapping.from)}, ${input.quote.text(digitMapping.to)}) ELSE ${first(input)} END`,
  spark: (input) =>
    `CASE WHEN ${first(input)} RLIKE ${input.quote.text(NON_ASCII)} THEN translate(${first(input)}, ` +
    `${input.quote.text(digitMapping.from)}, ${input.quote.text(digitMapping.to)}) ELSE ${first(input)} END`,
  samples: [{}],
});
