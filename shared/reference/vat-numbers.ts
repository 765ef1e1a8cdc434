import type { DigitTest, IdentifierForm } from './identifiers';

const DIGITS = '0123456789';
const PLAIN = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
/** Irish check letters by remainder; Spanish ones likewise, of persons and of companies. */
const IRISH = `${DIGITS}WABCDEFGHIJKLMNOPQRSTUV`;
const SPANISH = `${DIGITS}TRWAGMYFPDXBNJZSQVHLCKE`;
const SPANISH_LETTER = '[A-HJ-NP-TV-Z]';
const SPANISH_COMPANY = `${DIGITS}JABCDEFGHIKLMNOPQRSTUVWXYZ`;

/** Powers of ten, the last digit's first, from the start of a number. */
const powers = (count: number, modulus: number, times = 1): number[] => {
  const found = [times % modulus];
  while (found.length < count) found.unshift(((found[0] as number) * 10) % modulus);
  return found;
};
const zeros = (count: number): number[] => new Array<number>(count).fill(0);
const ends = (pattern: string): DigitTest => ({ kind: 'pattern', pattern });

/** A weighted sum over what follows a country code. */
const sum = (
  weights: readonly number[],
  modulus: number,
  remainder = 0,
  { alphabet = PLAIN, before = 2 }: { alphabet?: string; before?: number } = {},
): DigitTest => ({ kind: 'weighted', weights: [...zeros(before), ...weights], modulus, remainder, alphabet });
const luhnSum = (
  weights: readonly number[],
  remainder = 0,
  { alphabet = PLAIN, before = 2 }: { alphabet?: string; before?: number } = {},
): DigitTest => ({
  kind: 'weighted',
  weights: [...zeros(before), ...weights],
  modulus: 10,
  remainder,
  alphabet,
  digitSums: true,
});

/** A check digit of 11 less the remainder: 10 counts as 0. */
const elevenOrZero = (weights: readonly number[]): readonly (readonly DigitTest[])[] => [
  [sum(weights, 11)],
  [sum(weights, 11, 1), ends('.*0')],
];
/** A check digit that is the remainder itself, by other weights where the first leave 10, and 0 where both do. */
const twoTries = (first: readonly number[], second: readonly number[]): readonly (readonly DigitTest[])[] => [
  [sum([...first, 10], 11)],
  [sum([...first, 0], 11, 10), sum([...second, 10], 11)],
  [sum([...first, 0], 11, 10), sum([...second, 0], 11, 10), ends('.*0')],
];

const DOUBLED = [2, 1, 2, 1, 2, 1, 2];
const SIREN = [0, 0, 1, 2, 1, 2, 1, 2, 1, 2, 1];
const EIGHT_TO_TWO = [8, 7, 6, 5, 4, 3, 2];
const UNITED_KINGDOM = [...EIGHT_TO_TWO, 10, 1];
/** Ten times the sum, modulo 11, modulo 10, is the check digit. */
const romanian = (remainder: number): DigitTest => ({
  kind: 'weighted',
  weights: [10, 9, 8, 6, 4, 10, 9, 8, 6, 4],
  modulus: 11,
  remainder,
  from: 'end',
  prefix: 'RO',
});
const SWISS = sum([5, 4, 3, 2, 7, 6, 5, 4, 1, ...zeros(4)], 11, 0, { before: 3 });

const FORMS: readonly IdentifierForm[] = [
  { pattern: 'ATU[0-9]{8}', tests: [[luhnSum([1, 2, 1, 2, 1, 2, 1, 1], 6, { before: 3 })]] },
  {
    pattern: 'BE[01][0-9]{9}',
    tests: [[sum([...powers(8, 97), 10, 1], 97), ends('.*(?:0[1-9]|[1-8][0-9]|9[0-7])')]],
  },
  { pattern: 'BG[0-9]{9}', tests: twoTries([1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10]) },
  { pattern: 'BG[0-9]{10}', tests: [] },
  { pattern: 'CY[0-9]{8}[A-Z]', tests: [] },
  {
    pattern: 'CZ[0-8][0-9]{7}',
    tests: [
      [sum([...EIGHT_TO_TWO, 1], 11), ends('.*[1-9]')],
      [sum([...EIGHT_TO_TWO, 1], 11, 1), ends('.*[01]')],
    ],
  },
  { pattern: 'CZ[0-9]{9,10}', tests: [] },
  { pattern: 'DE[1-9][0-9]{8}', tests: [[{ kind: 'hybrid', prefix: 'DE' }]] },
  { pattern: 'DK[1-9][0-9]{7}', tests: [[sum([2, 7, 6, 5, 4, 3, 2, 1], 11)]] },
  { pattern: 'EE[0-9]{9}', tests: [[sum([3, 7, 1, 3, 7, 1, 3, 7, 1], 10)]] },
  {
    pattern: '(?:EL|GR)[0-9]{9}',
    tests: [
      [sum([256, 128, 64, 32, 16, 8, 4, 2, 10], 11)],
      [sum([256, 128, 64, 32, 16, 8, 4, 2, 0], 11, 10), ends('.*0')],
    ],
  },
  {
    pattern: `ES[0-9]{8}${SPANISH_LETTER}`,
    tests: [[sum([...powers(8, 23), 22], 23, 13, { alphabet: SPANISH })]],
  },
  ...(['X', 'Y', 'Z'] as const).map((letter, i) => ({
    pattern: `ES${letter}[0-9]{7}${SPANISH_LETTER}`,
    tests: [
      [
        sum([0, ...powers(7, 23), 22], 23, (13 + 3 * 23 - 14 * i) % 23, {
          alphabet: `${SPANISH}IOU`,
        }),
      ],
    ],
  })),
  {
    pattern: `ES[KLM][0-9]{7}${SPANISH_LETTER}`,
    tests: [[sum([0, ...powers(7, 23), 22], 23, 13, { alphabet: SPANISH })]],
  },
  {
    pattern: 'ES[ABCDEFGHJUV][0-9]{8}',
    tests: [[luhnSum([...DOUBLED, 1], 0, { before: 3 })]],
  },
  {
    pattern: 'ES[ABCDEFGHJUVNPQRSW][0-9]{7}[A-J]',
    tests: [[luhnSum([...DOUBLED, 1], 1, { alphabet: SPANISH_COMPANY, before: 3 })]],
  },
  { pattern: 'FI[0-9]{8}', tests: [[sum([7, 9, 10, 5, 8, 4, 2, 1], 11)]] },
  {
    pattern: 'FR[0-9]{11}',
    tests: [[luhnSum(SIREN), sum([87, 96, ...powers(9, 97, 3)], 97, 85)]],
  },
  { pattern: 'FR(?:[0-9][A-HJ-NP-Z]|[A-HJ-NP-Z][0-9A-HJ-NP-Z])[0-9]{9}', tests: [[luhnSum(SIREN)]] },
  { pattern: 'HR[0-9]{11}', tests: [[{ kind: 'hybrid', prefix: 'HR' }]] },
  { pattern: 'HU[0-9]{8}', tests: [[sum([9, 7, 3, 1, 9, 7, 3, 1], 10)]] },
  {
    pattern: 'IE[0-9]{7}[A-W]',
    tests: [[sum([...EIGHT_TO_TWO, 22], 23, 13, { alphabet: `${IRISH}XYZ` })]],
  },
  {
    pattern: 'IE[0-9]{7}[A-W][A-IW]',
    // The second letter counts nine times its place in the alphabet.
    tests: [[sum([...EIGHT_TO_TWO, 22, 9], 23, (13 + 90) % 23, { alphabet: `${IRISH}XYZ` })]],
  },
  { pattern: 'IE[0-9][A-Z+*][0-9]{5}[A-W]', tests: [] },
  {
    pattern: 'IT[0-9]{7}(?:0(?:0[1-9]|[1-9][0-9])|100|12[01]|888|999)[0-9]',
    tests: [[luhnSum([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])]],
  },
  { pattern: 'LT[0-9]{7}1[0-9]', tests: twoTries([1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 1]) },
  {
    pattern: 'LT[0-9]{10}1[0-9]',
    tests: twoTries([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]),
  },
  { pattern: 'LU[0-9]{8}', tests: [[sum([...powers(6, 89), 79, 88], 89), ends('.*[0-8][0-9]')]] },
  { pattern: 'LV[4-9][0-9]{10}', tests: [[sum([9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1], 11, 3)]] },
  { pattern: 'LV[0-3][0-9]{10}', tests: [] },
  { pattern: 'MT[1-9][0-9]{7}', tests: [[sum([3, 4, 6, 7, 8, 9, 10, 1], 37)]] },
  {
    pattern: 'NL[0-9]{9}B(?:0[1-9]|[1-9][0-9])',
    tests: [
      [sum([9, 8, 7, 6, 5, 4, 3, 2, 10, 0, 0, 0], 11)],
      [{ kind: 'decimal', modulus: 97, remainder: 1 }],
    ],
  },
  { pattern: 'PL[0-9]{10}', tests: [[sum([6, 5, 7, 2, 3, 4, 5, 6, 7, 10], 11)]] },
  { pattern: 'PT[1-9][0-9]{8}', tests: elevenOrZero([9, ...EIGHT_TO_TWO, 1]) },
  { pattern: 'RO[1-9][0-9]{1,9}', tests: [[romanian(0)], [romanian(10), ends('.*0')]] },
  {
    pattern: 'SE[0-9]{10}(?:0[1-9]|[1-8][0-9]|9[0-4])',
    tests: [[luhnSum([2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 0, 0])]],
  },
  {
    pattern: 'SI[1-9][0-9]{7}',
    tests: [
      [sum([...EIGHT_TO_TWO, 1], 11), ends('.*[1-9]')],
      [sum([...EIGHT_TO_TWO, 1], 11, 1), ends('.*0')],
    ],
  },
  { pattern: 'SK[1-9][0-9][2-47-9][0-9]{7}', tests: [[sum(powers(10, 11), 11)]] },
  { pattern: '(?:GB|XI)[0-9]{9}', tests: [[sum(UNITED_KINGDOM, 97)], [sum(UNITED_KINGDOM, 97, 42)]] },
  {
    pattern: '(?:GB|XI)[0-9]{12}',
    tests: [[sum([...UNITED_KINGDOM, 0, 0, 0], 97)], [sum([...UNITED_KINGDOM, 0, 0, 0], 97, 42)]],
  },
  { pattern: '(?:GB|XI)(?:GD[0-4]|HA[5-9])[0-9]{2}', tests: [] },
  { pattern: 'CHE[0-9]{9}', tests: [[SWISS]] },
  { pattern: 'CHE[0-9]{9}(?:MWST|TVA|IVA|TPV)', tests: [[SWISS]] },
  { pattern: 'NO[0-9]{9}(?:MVA)?', tests: [[sum([3, 2, 7, 6, 5, 4, 3, 2, 1, ...zeros(3)], 11)]] },
];

/** The country codes that a pattern begins with: `AT` or `(?:GB|XI)`. */
const countriesOf = (pattern: string): readonly string[] =>
  /^(?:\(\?:)?([A-Z]{2}(?:\|[A-Z]{2})*)/.exec(pattern)?.[1]?.split('|') ?? [];

/**
 * VAT numbers with their country code. Shapes after the European Commission's VIES, HMRC, the Swiss UID register and
 * the Norwegian register of entities; check digits after the issuers' published rules. Of Cyprus, Latvian persons,
 * Czech persons, Bulgarian persons, Lithuanian temporary numbers and old Irish numbers only the shape is tested.
 */
export const VAT_FORMS: readonly IdentifierForm[] = FORMS.map((form) => ({
  ...form,
  begins: countriesOf(form.pattern),
}));
