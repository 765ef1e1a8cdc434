import { COUNTRIES } from './countries';
import { IBAN_PATTERN } from './ibans';
import { VAT_FORMS } from './vat-numbers';

/** A test of an identifier without its separators, in upper case. Every test is exact integer arithmetic. */
export type DigitTest =
  /** The sum of values times weights leaves this remainder. See the primitive weightedRemainder. */
  | {
      readonly kind: 'weighted';
      readonly weights: readonly number[];
      readonly modulus: number;
      readonly remainder: number;
      readonly from?: 'start' | 'end';
      readonly alphabet?: string;
      readonly digitSums?: boolean;
      /** Left out of the sum: a country code. */
      readonly prefix?: string;
    }
  /** The whole as a decimal number, letters from 10, leaves this remainder. */
  | {
      readonly kind: 'decimal';
      readonly modulus: number;
      readonly remainder: number;
      readonly moved?: number;
    }
  /** ISO 7064 MOD 11,10 over the digits that follow a prefix. */
  | { readonly kind: 'hybrid'; readonly prefix: string }
  | { readonly kind: 'pattern'; readonly pattern: string };

/** One shape of an identifier. `tests`: all of any one list must hold; none where only the shape is tested. */
export type IdentifierForm = {
  /** Of the whole, without anchors. */
  readonly pattern: string;
  readonly tests: readonly (readonly DigitTest[])[];
  /** What its first two characters are, where that tells it from other forms of the kind. */
  readonly begins?: readonly string[];
};

export type IdentifierKind = {
  readonly label: string;
  readonly forms: readonly IdentifierForm[];
  /** How the standard form is parted: lengths of groups, and what stands after each but the last. */
  readonly print?: { readonly groups: readonly number[]; readonly by: string | readonly string[] };
};

const luhn = (weights: readonly number[] = [1, 2], remainder = 0): DigitTest => ({
  kind: 'weighted',
  weights,
  modulus: 10,
  remainder,
  from: 'end',
  digitSums: true,
});
const weighted = (
  weights: readonly number[],
  modulus: number,
  remainder = 0,
  others: { alphabet?: string; from?: 'start' | 'end' } = {},
): DigitTest => ({ kind: 'weighted', weights, modulus, remainder, ...others });

const DIGITS = '0123456789';
/** The letters of a Spanish tax number, in the order of the remainder, after the digits. */
const SPANISH = `${DIGITS}TRWAGMYFPDXBNJZSQVHLCKE`;
const EAN: DigitTest = weighted([1, 3], 10, 0, { from: 'end' });

/** Two check digits, each over all digits before it; a remainder of 10 counts as 0. */
function brazilian(first: readonly number[], second: readonly number[]): readonly (readonly DigitTest[])[] {
  const skipped = first.length;
  const ways = (weights: readonly number[], last: string): readonly (readonly DigitTest[])[] => [
    [weighted(weights, 11)],
    [weighted(weights, 11, 1), { kind: 'pattern', pattern: last }],
  ];
  const a = ways([...first, 1, 0], `[0-9]{${skipped}}0[0-9]`);
  const b = ways([...second, 1], `[0-9]{${skipped + 1}}0`);
  return a.flatMap((one) => b.map((other) => [...one, ...other]));
}

const COUNTRY_CODES = COUNTRIES.map((one) => one.alpha2).join('|');
const EIGHT_TO_TWO = [8, 7, 6, 5, 4, 3, 2];

/**
 * Kinds of identifiers. Sources: ISO/IEC 7812 (cards), ISO 13616 and the IBAN registry, ISO 9362, GS1 General
 * Specifications, ISO 2108, 3297, 6166 and 17442, and the issuers' own descriptions of national numbers.
 */
export const IDENTIFIERS = {
  luhn: { label: 'number with a Luhn check digit', forms: [{ pattern: '[0-9]{2,40}', tests: [[luhn()]] }] },
  card: {
    label: 'payment card number',
    forms: [{ pattern: '[1-9][0-9]{11,18}', tests: [[luhn()]] }],
    print: { groups: [4, 4, 4, 4, 3], by: ' ' },
  },
  iban: {
    label: 'IBAN',
    forms: [{ pattern: IBAN_PATTERN, tests: [[{ kind: 'decimal', modulus: 97, remainder: 1, moved: 4 }]] }],
    print: { groups: [4, 4, 4, 4, 4, 4, 4, 4, 4], by: ' ' },
  },
  bic: {
    label: 'BIC (SWIFT code)',
    forms: [{ pattern: `[A-Z]{4}(?:${COUNTRY_CODES})[A-Z0-9]{2}(?:[A-Z0-9]{3})?`, tests: [] }],
  },
  ean: {
    label: 'EAN or UPC (GTIN)',
    forms: [{ pattern: '[0-9]{8}|[0-9]{12,14}', tests: [[EAN]] }],
  },
  isbn: {
    label: 'ISBN',
    forms: [
      {
        pattern: '[0-9]{9}[0-9X]',
        tests: [[weighted([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11, 0, { alphabet: `${DIGITS}X` })]],
      },
      { pattern: '97[89][0-9]{10}', tests: [[EAN]] },
    ],
  },
  issn: {
    label: 'ISSN',
    forms: [
      {
        pattern: '[0-9]{7}[0-9X]',
        tests: [[weighted([...EIGHT_TO_TWO, 1], 11, 0, { alphabet: `${DIGITS}X` })]],
      },
    ],
    print: { groups: [4, 4], by: '-' },
  },
  lei: {
    label: 'LEI',
    forms: [{ pattern: '[A-Z0-9]{18}[0-9]{2}', tests: [[{ kind: 'decimal', modulus: 97, remainder: 1 }]] }],
  },
  imei: { label: 'IMEI', forms: [{ pattern: '[0-9]{15}', tests: [[luhn()]] }] },
  vat: { label: 'VAT number (EU, United Kingdom, Switzerland, Norway)', forms: VAT_FORMS },
  ssn: {
    label: 'Social Security number (United States)',
    forms: [
      {
        pattern:
          '(?:00[1-9]|0[1-9][0-9]|[1-578][0-9]{2}|6[0-57-9][0-9]|66[0-57-9])(?:0[1-9]|[1-9][0-9])' +
          '(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})',
        tests: [],
      },
    ],
    print: { groups: [3, 2, 4], by: '-' },
  },
  ein: {
    label: 'Employer Identification Number (United States)',
    forms: [
      {
        pattern:
          '(?:0[123456]|1[0123456]|2[01234567]|3[0123456789]|4[012345678]|5[0123456789]|6[012345678]|7[1234567]|8[012345678]|9[01234589])[0-9]{7}',
        tests: [],
      },
    ],
    print: { groups: [2, 7], by: '-' },
  },
  aba: {
    label: 'bank routing number (United States)',
    forms: [
      {
        pattern: '(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}',
        tests: [[weighted([3, 7, 1], 10)]],
      },
    ],
  },
  npi: {
    label: 'National Provider Identifier (United States)',
    // Luhn over the number after 80840, which adds 24 to the sum.
    forms: [{ pattern: '[12][0-9]{9}', tests: [[luhn([1, 2], 6)]] }],
  },
  sin: {
    label: 'Social Insurance Number (Canada)',
    forms: [{ pattern: '[1-79][0-9]{8}', tests: [[luhn()]] }],
    print: { groups: [3, 3, 3], by: ' ' },
  },
  nhs: {
    label: 'NHS number (England and Wales)',
    forms: [{ pattern: '[0-9]{10}', tests: [[weighted([10, 9, ...EIGHT_TO_TWO, 1], 11)]] }],
    print: { groups: [3, 3, 4], by: ' ' },
  },
  nino: {
    label: 'National Insurance number (United Kingdom)',
    forms: [
      {
        pattern:
          '(?:A[A-CEGHJ-NPR-TW-Z]|B[A-CEHJ-NPR-TW-Z]|[CEHJLMPRSWXY][A-CEGHJ-NPR-TW-Z]|G[ACEGHJ-NPR-TW-Z]|' +
          'K[A-CEGHJ-MPR-TW-Z]|N[A-CEGHJLMNPRSW-Z]|O[A-CEGHJ-NPR-TW-Z]|T[A-CEGHJ-MPR-TW-Z]|Z[A-CEGHJ-NPR-TW-Y])' +
          '[0-9]{6}[A-D]',
        tests: [],
      },
    ],
    print: { groups: [2, 2, 2, 2, 1], by: ' ' },
  },
  siren: { label: 'SIREN (France)', forms: [{ pattern: '[0-9]{9}', tests: [[luhn()]] }] },
  siret: {
    label: 'SIRET (France)',
    forms: [
      { pattern: '[0-9]{14}', tests: [[luhn(), luhn([0, 0, 0, 0, 0, 1, 2, 1, 2, 1, 2, 1, 2, 1])]] },
      // La Poste numbers its branches by the plain sum of digits.
      { pattern: '356000000[0-9]{5}', tests: [[weighted([1], 5)]] },
    ],
  },
  'steuer-id': {
    label: 'tax identification number (Germany)',
    forms: [{ pattern: '[1-9][0-9]{10}', tests: [[{ kind: 'hybrid', prefix: '' }]] }],
  },
  bsn: {
    label: 'citizen service number (Netherlands)',
    forms: [{ pattern: '[0-9]{9}', tests: [[weighted([9, ...EIGHT_TO_TWO, 10], 11)]] }],
  },
  dni: {
    label: 'DNI or NIE (Spain)',
    forms: [
      {
        pattern: '[0-9]{8}[A-HJ-NP-TV-Z]',
        tests: [[weighted([14, 6, 19, 18, 11, 8, 10, 1, 22], 23, 13, { alphabet: SPANISH })]],
      },
      ...(['X', 'Y', 'Z'] as const).map((letter, i) => ({
        pattern: `${letter}[0-9]{7}[A-HJ-NP-TV-Z]`,
        tests: [[weighted([0, 6, 19, 18, 11, 8, 10, 1, 22], 23, (82 - 14 * i) % 23, { alphabet: SPANISH })]],
      })),
    ],
  },
  pesel: {
    label: 'PESEL (Poland)',
    forms: [
      {
        pattern: '[0-9]{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{5}',
        tests: [[weighted([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10)]],
      },
    ],
  },
  cpf: {
    label: 'CPF (Brazil)',
    forms: [
      {
        pattern: '[0-9]{11}',
        tests: brazilian([10, 9, ...EIGHT_TO_TWO], [11, 10, 9, ...EIGHT_TO_TWO]),
      },
    ],
    print: { groups: [3, 3, 3, 2], by: ['.', '.', '-'] },
  },
  cnpj: {
    label: 'CNPJ (Brazil)',
    forms: [
      {
        pattern: '[0-9]{14}',
        tests: brazilian([5, 4, 3, 2, 9, ...EIGHT_TO_TWO], [6, 5, 4, 3, 2, 9, ...EIGHT_TO_TWO]),
      },
    ],
    print: { groups: [2, 3, 3, 4, 2], by: ['.', '.', '/', '-'] },
  },
} as const satisfies Readonly<Record<string, IdentifierKind>>;

export type IdentifierId = keyof typeof IDENTIFIERS;
export const IDENTIFIER_IDS = Object.keys(IDENTIFIERS) as [IdentifierId, ...IdentifierId[]];

/** A kind with its type widened. */
export const identifierKind = (id: IdentifierId): IdentifierKind => IDENTIFIERS[id];
