import type { Random } from './random';

/** What is wrong with a cell or, without a column, with a row. */
export const DIRT_KINDS = {
  null: 'The cell is missing.',
  'empty-text': 'The cell is empty text, written as "".',
  'null-token': 'The cell holds a word for nothing, such as N/A.',
  'white-space-only': 'The cell holds nothing but white space.',
  'outer-white-space': 'There is white space at the start or the end, no-break and other spaces included.',
  'inner-white-space': 'There is a run of several white-space characters inside.',
  'invisible-character': 'There is a character that no one sees, such as a zero-width space.',
  'letter-case': 'The letter case is not that of the column.',
  'invalid-email': 'It is no e-mail address.',
  'invalid-phone': 'It is no phone number in the region of its row.',
  'phone-format': 'A valid phone number that is not in E.164.',
  'phone-extension': 'The phone number has an extension.',
  'other-digits': 'The digits are not ASCII.',
  'unknown-country': 'The code names no country.',
  'other-date-format': 'The date or time is not in ISO form.',
  'impossible-date': 'There is no such day.',
  'implausible-date': 'No living customer was born on this day.',
  'other-boolean': 'Yes or no in other words.',
  'unreadable-amount': 'The amount is not a plain decimal number with a point.',
  'currency-sign': 'A sign in place of a currency code.',
  'no-customer': 'The cell names a customer who does not exist.',
  'test-account': 'An account of the shop’s own testers.',
  'exact-duplicate': 'The same as an earlier row in every cell.',
  'same-person': 'A customer again under another id, with the same e-mail address apart from letter case.',
  'starter-filtered': 'Leaves as filtered under the starter rule set.',
  'starter-rejected': 'Leaves as rejected under the starter rule set.',
  'starter-merged': 'Leaves as merged under the starter rule set.',
} as const;
export type DirtKind = keyof typeof DIRT_KINDS;

/** Dirt found in a row: the position of the column, or null for the row itself. */
export type Dirt = readonly [column: number | null, kind: DirtKind];

// No line breaks among them, nor what some readers take for one (U+000B, U+0085, U+2028).
const SPACES = [' ', ' ', ' ', '  ', '\t', '\u00a0', '\u00a0', '\u2003', '\u2009', '\u202f', '\u3000'];
const RUNS = ['  ', '  ', '   ', ' \u00a0', '\u00a0 ', '\t ', ' \u2009 '];
const INVISIBLE = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e'];
const TOKENS = ['N/A', 'n/a', '-', '--', 'null', 'NULL', 'unknown', 'Unknown', 'none', '?'];

/** How often, from 0 to 1, a column shows each kind of common dirt. */
export type Rates = Partial<
  Record<
    | 'null'
    | 'empty-text'
    | 'null-token'
    | 'white-space-only'
    | 'letter-case'
    | 'inner-white-space'
    | 'invisible-character'
    | 'outer-white-space',
    number
  >
>;

/** Rewrites a value in letter case that is not the column's. */
export type Recase = (value: string, random: Random) => string;
export const upperOrLower: Recase = (value, random) =>
  random.chance(0.6) ? value.toUpperCase() : value.toLowerCase();
export const upper: Recase = (value) => value.toUpperCase();
export const lower: Recase = (value) => value.toLowerCase();
export const capitalised: Recase = (value) => value.charAt(0).toUpperCase() + value.slice(1);

const insert = (value: string, at: number, added: string) => value.slice(0, at) + added + value.slice(at);

function missing(random: Random, rates: Rates): readonly [string | null, readonly DirtKind[]] | null {
  let left = random.next();
  const falls = (rate = 0) => {
    left -= rate;
    return left < 0;
  };
  if (falls(rates.null)) return [null, ['null']];
  if (falls(rates['empty-text'])) return ['', ['empty-text']];
  if (falls(rates['null-token'])) return [random.pick(TOKENS), ['null-token']];
  if (falls(rates['white-space-only']))
    return [random.pick(SPACES), ['white-space-only', 'outer-white-space']];
  return null;
}

/** Makes a value as dirty as its column's rates say; each kind that was added goes to `note`. */
export function soil(
  random: Random,
  value: string,
  rates: Rates,
  note: (kind: DirtKind) => void,
  recase: Recase = upperOrLower,
): string | null {
  const gone = missing(random, rates);
  if (gone) {
    for (const kind of gone[1]) note(kind);
    return gone[0] !== null && gone[1][0] === 'null-token' ? pad(random, gone[0], rates, note) : gone[0];
  }
  let soiled = value;
  if (random.chance(rates['letter-case'] ?? 0)) {
    const recased = recase(soiled, random);
    if (recased !== soiled) note('letter-case');
    soiled = recased;
  }
  const gap = soiled.indexOf(' ');
  if (gap > 0 && random.chance(rates['inner-white-space'] ?? 0)) {
    soiled = soiled.slice(0, gap) + random.pick(RUNS) + soiled.slice(gap + 1);
    note('inner-white-space');
  }
  if (random.chance(rates['invisible-character'] ?? 0)) {
    const reach = gap > 0 ? gap : soiled.length - 1; // not into a run of white space, which it would split
    soiled = insert(soiled, 1 + random.below(reach), random.pick(INVISIBLE));
    note('invisible-character');
  }
  return pad(random, soiled, rates, note);
}

function pad(random: Random, value: string, rates: Rates, note: (kind: DirtKind) => void): string {
  if (!random.chance(rates['outer-white-space'] ?? 0)) return value;
  note('outer-white-space');
  const side = random.below(4);
  const before = side === 1 || side === 3 ? random.pick(SPACES) : '';
  const after = side !== 1 ? random.pick(SPACES) : '';
  return before + value + after;
}
