import { PhoneNumberFormat, PhoneNumberUtil, type RegionCode } from 'google-libphonenumber';

// An independent account of the dirt: read off the written bytes, sharing nothing with the generator.

export type Cells = (string | null)[];

/** Rows of an RFC 4180 text without line breaks in values; throws on anything else. */
export function readCsv(text: string): { header: string[]; rows: Cells[] } {
  if (!text.endsWith('\n') || text.includes('\r')) throw new Error('lines must end with LF');
  const [header = [], ...rows] = text.slice(0, -1).split('\n').map(readLine);
  return { header: header.map((name) => name ?? ''), rows };
}

function readLine(line: string): Cells {
  const cells: Cells = [];
  const field = /("(?:[^"]|"")*"|[^",]*)(,|$)/y;
  for (;;) {
    const found = field.exec(line);
    if (!found) throw new Error('a stray quote');
    const [, raw = '', end] = found;
    cells.push(raw === '' ? null : raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '') return cells;
  }
}

const WHITE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const EDGES = new RegExp(`^${WHITE}+|${WHITE}+$`, 'g');
const RUN = new RegExp(`${WHITE}{2,}`);
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/;
const NOTHING = new Set(['', 'n/a', 'na', '-', '--', 'null', 'none', 'unknown', '?']);

export const trimmed = (value: string): string => value.replace(EDGES, '');
export const present = (value: string | null | undefined): value is string =>
  value != null && !NOTHING.has(trimmed(value).toLowerCase());

type Predicate = (value: string | null) => boolean;
const ofText =
  (predicate: (value: string) => boolean): Predicate =>
  (value) =>
    present(value) && predicate(value);

/** Dirt that any column can show. */
export const COMMON: Record<string, Predicate> = {
  null: (value) => value === null,
  'empty-text': (value) => value === '',
  'null-token': (value) => value !== null && trimmed(value) !== '' && !present(value),
  'white-space-only': (value) => value !== null && value !== '' && trimmed(value) === '',
  'outer-white-space': (value) => value !== null && trimmed(value) !== value,
  'inner-white-space': ofText((value) => RUN.test(trimmed(value))),
  'invisible-character': ofText((value) => INVISIBLE.test(value)),
};

const upper = (value: string) => value === value.toUpperCase();
const lower = (value: string) => value === value.toLowerCase();
export const EITHER_CASE: Predicate = ofText((value) => upper(value) || lower(value));
export const NOT_LOWER: Predicate = ofText((value) => !lower(value));
export const NOT_UPPER: Predicate = ofText((value) => !upper(value));

const util = PhoneNumberUtil.getInstance();
const ZEROS = [0xff10, 0x0660, 0x0966];
export const asciiDigits = (text: string): string =>
  text.replace(/[\uff10-\uff19\u0660-\u0669\u0966-\u096f]/g, (one) => {
    const point = one.codePointAt(0) ?? 0;
    return String(point - Math.max(...ZEROS.filter((zero) => zero <= point)));
  });

/** A number in E.164, or null when the library does not judge it valid. */
export function phoneIn(text: string, region: string): string | null {
  try {
    const number = util.parse(asciiDigits(text), region as RegionCode);
    return util.isValidNumber(number) ? util.format(number, PhoneNumberFormat.E164) : null;
  } catch {
    return null;
  }
}
const regions: ReadonlySet<string> = new Set(util.getSupportedRegions());
export function regionOf(country: string | null): string {
  const code = country === null ? '' : trimmed(country).toUpperCase();
  return regions.has(code) ? code : 'US';
}

export const EMAIL = /^[a-z0-9.]+@(?:[a-z0-9-]+\.)+[a-z]{2,}$/i;
