import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { lowercaseTable, mapCase } from '../../expression/case-table';
import {
  type DateToken,
  type FormatPart,
  formatPattern,
  parseDateFormat,
  tells,
} from '../../expression/date-format';
import { DATE_NAMES, LANGUAGES, type Language } from '../../expression/date-names';
import { type ColumnReference, type Expression, integer, nothing, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import type { FormField } from '../operation';

/** Longer text is in no format. */
const LONGEST = 100;

/** The parts of a format that its schema has passed. */
export function partsOf(format: string): readonly FormatPart[] {
  const result = parseDateFormat(format);
  if (!result.ok) throw new TypeError(result.fault.message);
  return result.parts;
}

const DATE_FIELDS = ['year', 'month', 'day'];
const TIME_FIELDS = ['hour', 'minute', 'second', 'fraction', 'half of the day', 'distance from UTC'];

/** What keeps a format from being read as a date, or a moment; null where it is sound. */
function readingFault(parts: readonly FormatPart[], kind: 'date' | 'timestamp'): string | null {
  const missing = DATE_FIELDS.find((field) => !tells(parts, field));
  if (missing) return `The format does not tell the ${missing}.`;
  const time = TIME_FIELDS.find((field) => tells(parts, field));
  if (kind === 'date') return time ? `A date has no ${time}; use “Read times” for that.` : null;
  if (time && !tells(parts, 'hour')) return `The format tells the ${time}, but not the hour.`;
  if (tells(parts, 'second') && !tells(parts, 'minute'))
    return 'The format tells the second, but not the minute.';
  if (tells(parts, 'fraction') && !tells(parts, 'second'))
    return 'The format tells decimals of the second, but not the second.';
  const twelve = parts.some((part) => part.kind === 'token' && (part.token === 'h' || part.token === 'hh'));
  if (twelve !== tells(parts, 'half of the day'))
    return twelve ? 'Hours up to 12 need AM or PM: a.' : 'AM or PM needs hours up to 12: h or hh.';
  return null;
}

const formatSchema = (fault: (parts: readonly FormatPart[]) => string | null) =>
  z.string().check(({ value, issues }) => {
    const result = parseDateFormat(value);
    const found = result.ok
      ? fault(result.parts)
      : `at character ${result.fault.position + 1}: ${result.fault.message}`;
    if (found === null) return;
    const position = result.ok ? {} : { position: result.fault.position };
    issues.push({ code: 'custom', message: found, input: value, params: position });
  });

export const readFormatsSchema = (kind: 'date' | 'timestamp') =>
  z
    .array(formatSchema((parts) => readingFault(parts, kind)))
    .min(1)
    .max(20);
/** A format to write dates in. */
export const writeFormatSchema = formatSchema((parts) =>
  parts.some((part) => part.kind === 'token') ? null : 'The format tells nothing of the date.',
);

export const languageSchema = z.enum(LANGUAGES).default('en');
export const pivotSchema = z.int().min(1).max(9900).optional();

const LANGUAGE_WORDS: Record<Language, string> = {
  en: 'English',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
  it: 'Italian',
  nl: 'Dutch',
  pt: 'Portuguese',
};
export const languageField: FormField = {
  name: 'language',
  label: 'Names of months and days',
  control: 'choice',
  choices: LANGUAGES.map((value) => ({ value, label: LANGUAGE_WORDS[value] })),
};
export const pivotField: FormField = {
  name: 'pivotYear',
  label: 'Two-digit years begin at',
  control: 'number',
  least: 1,
  most: 9900,
  help: 'With 1950, 49 is 2049 and 50 is 1950.',
};
export const FORMAT_HELP =
  'yyyy year, yy two digits of it, MM or M month, MMM or MMMM its name, dd or d day; for example dd.MM.yyyy.';

/** A fault where years of two digits have no stated hundred years. */
export const pivotFault = (formats: readonly string[], pivotYear: number | undefined): string | null =>
  pivotYear === undefined &&
  formats.some((format) => {
    const result = parseDateFormat(format);
    return result.ok && result.parts.some((part) => part.kind === 'token' && part.token === 'yy');
  })
    ? 'Years of two digits need the year with which they begin'
    : null;

export type ReadOptions = { readonly language: Language; readonly pivotYear?: number | undefined };
/** What a text tells in a format: each is null where the text is not in it. */
export type Captured = (token: DateToken) => ColumnReference | null;

/** Trimmed, with digits of every script as ASCII. */
export const readableDate = (builder: PlanBuilder, value: Expression): ColumnReference =>
  builder.bind(call('asciiDigits', [builder.bind(call('trimWhiteSpace', [value], { sides: 'both' }))]));

/** What the tokens of a format hold in a text. */
export function captureFormat(
  builder: PlanBuilder,
  value: Expression,
  parts: readonly FormatPart[],
): Captured {
  const { pattern, groups } = formatPattern(parts);
  return (token) => {
    const group = groups.get(token);
    if (group === undefined) return null;
    return builder.bind(
      call('capture', [value], { pattern, sparkPattern: pattern, group, longest: LONGEST }),
    );
  };
}

/**
 * What the first format tells that a text is in; null where it is in none. A text that is read is null for the formats
 * after, as asking those of every row is slow.
 */
export function readInTurn(
  builder: PlanBuilder,
  value: ColumnReference,
  formats: readonly string[],
  read: (value: ColumnReference, parts: readonly FormatPart[]) => ColumnReference,
): ColumnReference {
  let rest = value;
  const found = formats.map((format, i) => {
    const one = read(rest, partsOf(format));
    if (i < formats.length - 1)
      rest = builder.bind(call('choose', [call('isNull', [one]), rest, text(null)]));
    return one;
  });
  return builder.bind(call('firstPresent', found));
}

const lowered = (names: readonly string[]) => names.map((one) => mapCase(one, lowercaseTable));
const both = (long: readonly string[], short: readonly string[]) =>
  lowered(
    long.map((one, i) =>
      `${one}|${short[i]}`
        .split('|')
        .filter((name, at, all) => all.indexOf(name) === at)
        .join('|'),
    ),
  );

function nameIn(builder: PlanBuilder, name: Expression, names: readonly string[]): ColumnReference {
  return builder.bind(call('placeIn', [builder.bind(call('lower', [name]))], { values: names }));
}

function yearOf(builder: PlanBuilder, captured: Captured, pivotYear: number | undefined): Expression {
  const four = captured('yyyy');
  if (four) return call('parseInteger', [four]);
  const two = captured('yy');
  if (!two || pivotYear === undefined) throw new TypeError('The format has no year.');
  const short = builder.bind(call('parseInteger', [two]));
  const [begin, century] = [pivotYear % 100, pivotYear - (pivotYear % 100)];
  const hundreds = call('choose', [
    call('less', [short, integer(begin)]),
    integer(century + 100),
    integer(century),
  ]);
  return call('addIntegers', [short, hundreds]);
}

/** The date that a text in a format tells; null where it is not in it, or there is no such day. */
export function dateOf(
  builder: PlanBuilder,
  captured: Captured,
  { language, pivotYear }: ReadOptions,
): ColumnReference {
  const names = DATE_NAMES[language];
  const digits = (one: ColumnReference) => builder.bind(call('parseInteger', [one]));
  const year = builder.bind(yearOf(builder, captured, pivotYear));
  const number = captured('MM') ?? captured('M');
  const name = captured('MMMM') ?? captured('MMM');
  const month = number
    ? digits(number)
    : nameIn(builder, name ?? text(null), both(names.months, names.shortMonths));
  const day = digits(captured('dd') ?? captured('d') ?? fail());
  const date = builder.bind(call('makeDate', [year, month, day]));
  const weekday = captured('EEEE') ?? captured('EEE');
  if (!weekday) return date;
  const stated = nameIn(builder, weekday, both(names.weekdays, names.shortWeekdays));
  const fits = call('equal', [stated, call('datePart', [date], { part: 'weekday' })]);
  return builder.bind(call('choose', [call('holds', [fits]), date, nothing('date')]));
}

const WIDTHS: Partial<Record<DateToken, number>> = { yyyy: 4, MM: 2, dd: 2 };

/** Where the tokens of a format begin (from 0) when that is the same in every text; null when it is not. */
function placesOf(parts: readonly FormatPart[]): ReadonlyMap<DateToken, number> | null {
  const places = new Map<DateToken, number>();
  let at = 0;
  for (const part of parts) {
    if (part.kind === 'literal') {
      if (/\s/u.test(part.text)) return null;
      at += [...part.text].length;
      continue;
    }
    const width = WIDTHS[part.token];
    if (width === undefined) return null;
    places.set(part.token, at);
    at += width;
  }
  return places;
}

const isIso = (parts: readonly FormatPart[]): boolean =>
  parts.map((part) => (part.kind === 'literal' ? part.text : part.token)).join('') === 'yyyy-MM-dd';

/**
 * A readable text in a format, spelled as a date in ISO form; what is not in the format is spelled as no date, or null.
 * The answer is null where texts of the format are not read by their places.
 */
function spelledIso(
  builder: PlanBuilder,
  value: ColumnReference,
  parts: readonly FormatPart[],
): ColumnReference | null {
  if (isIso(parts)) return value;
  const places = placesOf(parts);
  if (!places) return null;
  // Cutting is many times faster than capturing.
  const part = (token: DateToken) =>
    call('slice', [value], {
      from: 'start',
      skip: places.get(token) ?? fail(),
      take: WIDTHS[token] ?? fail(),
    });
  const { pattern } = formatPattern(parts);
  const fits = call('matches', [value], { pattern, sparkPattern: pattern, longest: LONGEST });
  const iso = call('join', [part('yyyy'), text('-'), part('MM'), text('-'), part('dd')]);
  return builder.bind(call('choose', [fits, iso, text(null)]));
}

/** The date of a readable text in a format; null where it is not in it, or there is no such day. */
export function readDate(
  builder: PlanBuilder,
  value: ColumnReference,
  parts: readonly FormatPart[],
  options: ReadOptions,
): ColumnReference {
  const iso = spelledIso(builder, value, parts);
  if (!iso) return dateOf(builder, captureFormat(builder, value, parts), options);
  return builder.bind(call('parseIsoDate', [iso]));
}

/** The same date in ISO form. */
export function readDateText(
  builder: PlanBuilder,
  value: ColumnReference,
  parts: readonly FormatPart[],
  options: ReadOptions,
): ColumnReference {
  const iso = spelledIso(builder, value, parts);
  if (!iso) return builder.bind(call('dateText', [readDate(builder, value, parts, options)]));
  // Spelled already: writing the date would take longer.
  return builder.bind(call('choose', [call('isNull', [call('parseIsoDate', [iso])]), text(null), iso]));
}

function fail(): never {
  throw new TypeError('The format lacks a part of the date.');
}
