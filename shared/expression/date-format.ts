import { classBody, escapePoint, WHITE_SPACE } from './characters';

/** What a part of a format stands for. */
export const DATE_TOKENS = {
  yyyy: 'year, four digits',
  yy: 'year, two digits',
  MMMM: 'name of the month',
  MMM: 'short name of the month',
  MM: 'month, two digits',
  M: 'month, one or two digits',
  dd: 'day, two digits',
  d: 'day, one or two digits',
  EEEE: 'name of the weekday',
  EEE: 'short name of the weekday',
  HH: 'hour 00 to 23, two digits',
  H: 'hour 0 to 23',
  hh: 'hour 01 to 12, two digits',
  h: 'hour 1 to 12',
  mm: 'minute, two digits',
  ss: 'second, two digits',
  S: 'tenths of a second',
  SS: 'hundredths of a second',
  SSS: 'milliseconds',
  SSSS: 'four decimals of the second',
  SSSSS: 'five decimals of the second',
  SSSSSS: 'microseconds',
  a: 'AM or PM',
  X: 'distance from UTC: Z, +02, +02:00 or +0200',
} as const;
export type DateToken = keyof typeof DATE_TOKENS;
export type FormatPart =
  | { readonly kind: 'token'; readonly token: DateToken }
  | { readonly kind: 'literal'; readonly text: string };

/** What a token tells; a format names each once at most. */
const FIELD: Record<DateToken, string> = {
  yyyy: 'year',
  yy: 'year',
  MMMM: 'month',
  MMM: 'month',
  MM: 'month',
  M: 'month',
  dd: 'day',
  d: 'day',
  EEEE: 'weekday',
  EEE: 'weekday',
  HH: 'hour',
  H: 'hour',
  hh: 'hour',
  h: 'hour',
  mm: 'minute',
  ss: 'second',
  S: 'fraction',
  SS: 'fraction',
  SSS: 'fraction',
  SSSS: 'fraction',
  SSSSS: 'fraction',
  SSSSSS: 'fraction',
  a: 'half of the day',
  X: 'distance from UTC',
};

export type FormatFault = { readonly message: string /** Offset, from 0. */; readonly position: number };
export type FormatResult =
  | { readonly ok: true; readonly parts: readonly FormatPart[] }
  | { readonly ok: false; readonly fault: FormatFault };
export const LONGEST_FORMAT = 60;

const HINTS: Record<string, string> = {
  Y: 'The year is yyyy, in small letters.',
  D: 'The day is dd, in small letters.',
  n: 'The minute is mm.',
  z: 'The distance from UTC is X.',
  Z: 'The distance from UTC is X.',
  T: "A letter that stands for itself is put between apostrophes: 'T'.",
};

/** Reads a format: tokens, letters between apostrophes ('' is one apostrophe), and marks that stand for themselves. */
export function parseDateFormat(source: string): FormatResult {
  const parts: FormatPart[] = [];
  const seen = new Set<string>();
  const fail = (message: string, position: number): FormatResult => ({
    ok: false,
    fault: { message, position },
  });
  const literal = (text: string) => {
    const last = parts.at(-1);
    if (last?.kind === 'literal') parts[parts.length - 1] = { kind: 'literal', text: last.text + text };
    else parts.push({ kind: 'literal', text });
  };
  if (source.length > LONGEST_FORMAT)
    return fail(`A format has ${LONGEST_FORMAT} characters at most.`, LONGEST_FORMAT);
  let at = 0;
  while (at < source.length) {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    if (character === "'") {
      const end = /^'((?:[^']|'')*)'/.exec(source.slice(at));
      if (!end) return fail('The apostrophe is not closed.', at);
      literal(end[0] === "''" ? "'" : (end[1] ?? '').replaceAll("''", "'"));
      at += end[0].length;
    } else if (/[A-Za-z]/.test(character)) {
      const run = /^(.)\1*/.exec(source.slice(at))?.[0] ?? character;
      if (!Object.hasOwn(DATE_TOKENS, run))
        return fail(HINTS[character] ?? `“${run}” is no part of a format.`, at);
      const token = run as DateToken;
      if (seen.has(FIELD[token])) return fail(`The ${FIELD[token]} is there twice.`, at);
      seen.add(FIELD[token]);
      parts.push({ kind: 'token', token });
      at += run.length;
    } else {
      literal(character);
      at += character.length;
    }
  }
  return { ok: true, parts };
}

/** Whether a format tells a field (“year”). */
export const tells = (parts: readonly FormatPart[], field: string): boolean =>
  parts.some((part) => part.kind === 'token' && FIELD[part.token] === field);

const NAME = `([^0-9${classBody(WHITE_SPACE)}.,/]{1,20})`;
const PATTERNS: Record<DateToken, string> = {
  yyyy: '([0-9]{4})',
  yy: '([0-9]{2})',
  MMMM: NAME,
  MMM: `${NAME}\\.?`,
  MM: '([0-9]{2})',
  M: '([0-9]{1,2})',
  dd: '([0-9]{2})',
  d: '([0-9]{1,2})',
  EEEE: NAME,
  EEE: `${NAME}\\.?`,
  HH: '([0-9]{2})',
  H: '([0-9]{1,2})',
  hh: '([0-9]{2})',
  h: '([0-9]{1,2})',
  mm: '([0-9]{2})',
  ss: '([0-9]{2})',
  S: '([0-9])',
  SS: '([0-9]{2})',
  SSS: '([0-9]{3})',
  SSSS: '([0-9]{4})',
  SSSSS: '([0-9]{5})',
  SSSSSS: '([0-9]{6})',
  a: '([AaPp])\\.?[Mm]\\.?',
  X: '([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)',
};

const space = `[${classBody(WHITE_SPACE)}]`;
const spelled = (text: string): string =>
  [...text]
    .map((one) => (/\s/u.test(one) ? `${space}+` : escapePoint(one.codePointAt(0) ?? 0)))
    .join('')
    .replaceAll(`${space}+${space}+`, `${space}+`);

/** A pattern for the whole of a text in the format; `groups`: of each token, from 1. White space matches any. */
export function formatPattern(parts: readonly FormatPart[]): {
  readonly pattern: string;
  readonly groups: ReadonlyMap<DateToken, number>;
} {
  const groups = new Map<DateToken, number>();
  const body = parts.map((part) => {
    if (part.kind === 'literal') return spelled(part.text);
    groups.set(part.token, groups.size + 1);
    return PATTERNS[part.token];
  });
  return { pattern: `\\A${body.join('')}\\z`, groups };
}
