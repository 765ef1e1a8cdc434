import { formulaFault, LONGEST_FORMULA, type Span } from './syntax';

export type Token = Span &
  (
    | { readonly kind: 'text' | 'number' | 'date' | 'column' | 'name'; readonly value: string }
    | { readonly kind: 'mark'; readonly value: string }
    | { readonly kind: 'end'; readonly value: '' }
  );

const SPACE = /[\s\u0085]+/uy;
const NUMBER = /[0-9]+(?:\.[0-9]+)?/uy;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const DATE = /#([0-9]{4}-[0-9]{2}-[0-9]{2})#/uy;
const COLUMN = /\[((?:[^\]]|\]\])+)\]/uy;
const TEXTS = [/'((?:[^']|'')*)'/uy, /"((?:[^"]|"")*)"/uy];
const MARK = /<>|!=|<=|>=|[=<>&+\-*/(),]/uy;
export const LARGEST_NUMBER = /^[0-9]{1,20}(\.[0-9]{1,9})?$/;

function at(pattern: RegExp, source: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(source);
}

const isDay = (iso: string): boolean => {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** The tokens of a formula, an `end` last. Throws a Fault at what is none. */
export function tokensOf(source: string): readonly Token[] {
  if (source.length > LONGEST_FORMULA) {
    const span = { from: LONGEST_FORMULA, to: source.length };
    throw formulaFault(`A formula has ${LONGEST_FORMULA} characters at most.`, span);
  }
  const half = source.search(/\p{Surrogate}/u);
  if (half >= 0) throw formulaFault('This is half a character.', { from: half, to: half + 1 });
  const tokens: Token[] = [];
  let from = 0;
  while (from < source.length) {
    const space = at(SPACE, source, from);
    if (space) {
      from += space[0].length;
      continue;
    }
    const token = tokenAt(source, from);
    tokens.push(token);
    from = token.to;
  }
  return [...tokens, { kind: 'end', value: '', from, to: from }];
}

function tokenAt(source: string, from: number): Token {
  const spanOf = (found: RegExpExecArray): Span => ({ from, to: from + found[0].length });
  const number = at(NUMBER, source, from);
  if (number) {
    if (!LARGEST_NUMBER.test(number[0]))
      throw formulaFault('A number has at most 20 digits before the point and 9 after it.', spanOf(number));
    return { kind: 'number', value: number[0], ...spanOf(number) };
  }
  const name = at(NAME, source, from);
  if (name) return { kind: 'name', value: name[0], ...spanOf(name) };
  const mark = at(MARK, source, from);
  if (mark) return { kind: 'mark', value: mark[0] === '!=' ? '<>' : mark[0], ...spanOf(mark) };
  for (const pattern of TEXTS) {
    const text = at(pattern, source, from);
    const quote = source.charAt(from);
    if (text)
      return { kind: 'text', value: (text[1] ?? '').replaceAll(quote + quote, quote), ...spanOf(text) };
  }
  const column = at(COLUMN, source, from);
  if (column) return { kind: 'column', value: (column[1] ?? '').replaceAll(']]', ']'), ...spanOf(column) };
  const date = at(DATE, source, from);
  if (date) {
    if (!isDay(date[1] ?? '')) throw formulaFault('There is no such day.', spanOf(date));
    return { kind: 'date', value: date[1] ?? '', ...spanOf(date) };
  }
  throw formulaFault(UNREADABLE[source.charAt(from)] ?? 'This is no part of a formula.', {
    from,
    to: from + String.fromCodePoint(source.codePointAt(from) ?? 0).length,
  });
}

const UNREADABLE: Record<string, string> = {
  "'": 'The text is not closed: it ends with another apostrophe.',
  '"': 'The text is not closed: it ends with another quotation mark.',
  '[': 'The name of the column is not closed: it ends with ].',
  '#': 'A date is written as #2024-12-31#.',
  '|': 'Texts are joined with &.',
  '%': 'The rest of a division is mod(a, b).',
  '.': 'A number begins with a digit: 0.5.',
};
