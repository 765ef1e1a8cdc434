import { describe, expect, test } from 'vitest';
import { PHONE_REGIONS } from '../../../shared/lookup/phone-regions';
import { nameKeyOf, nameKeysOf } from '../../../shared/operations/place-names';
import { addressOptions, nameOptions } from '../../../shared/people/tables';
import { COUNTRIES } from '../../../shared/reference/countries';
import { IBAN_PATTERN } from '../../../shared/reference/ibans';
import { IDENTIFIER_IDS, identifierKind } from '../../../shared/reference/identifiers';
import { POSTAL_FORMATS, POSTAL_PREFIXES } from '../../../shared/reference/postal-codes';
import { REGIONS } from '../../../shared/reference/regions';

const repeated = (values: readonly string[]) => values.filter((one, i) => values.indexOf(one) !== i);
const codes = new Set(COUNTRIES.map((one) => one.alpha2));

describe('countries', () => {
  test('each code and each name stands once', () => {
    expect(COUNTRIES).toHaveLength(250);
    for (const one of COUNTRIES) expect([one.alpha2, one.alpha3].join(' ')).toMatch(/^[A-Z]{2} [A-Z]{3}$/);
    expect(repeated(COUNTRIES.flatMap((one) => [one.alpha2, one.alpha3].map(nameKeyOf)))).toEqual([]);
    expect(repeated(COUNTRIES.map((one) => nameKeyOf(one.name)))).toEqual([]);
  });

  test('no spelling stands for two countries', () => {
    const owners = new Map<string, string>();
    const shared: string[] = [];
    for (const one of COUNTRIES) {
      for (const key of [one.alpha2, one.alpha3, one.name, ...one.others].flatMap(nameKeysOf)) {
        const owner = owners.get(key);
        if (owner !== undefined && owner !== one.alpha2) shared.push(`${key}: ${owner} ${one.alpha2}`);
        owners.set(key, one.alpha2);
      }
    }
    expect(shared).toEqual([]);
  });

  test('phone regions are countries, Ascension and Tristan da Cunha apart', () => {
    expect(PHONE_REGIONS.filter((one) => !codes.has(one))).toEqual(['AC', 'TA']);
  });
});

test('regions belong to known countries, each code once', () => {
  expect(REGIONS.filter((one) => !codes.has(one.country))).toEqual([]);
  expect(repeated(REGIONS.map((one) => `${one.country}-${one.code}`))).toEqual([]);
  expect(repeated(REGIONS.map((one) => `${one.country}:${nameKeyOf(one.name)}`))).toEqual([]);
  const count = (country: string) => REGIONS.filter((one) => one.country === country).length;
  expect({ US: count('US'), CA: count('CA'), AU: count('AU'), DE: count('DE'), JP: count('JP') }).toEqual({
    US: 62,
    CA: 13,
    AU: 8,
    DE: 16,
    JP: 47,
  });
});

/** After the examples in Google’s address data, without separators. */
const POSTAL_EXAMPLES: Readonly<Record<string, string>> = {
  AR: 'C1070AAM',
  AT: '1010',
  AU: '2060',
  BE: '4000',
  BR: '40301110',
  CA: 'H3Z2Y7',
  CH: '2544',
  CN: '266033',
  CZ: '10000',
  DE: '26133',
  DK: '8660',
  ES: '28039',
  FR: '33380',
  GB: 'EC1Y8SY',
  IE: 'A65F4E2',
  IN: '110034',
  IT: '00144',
  JP: '1540023',
  KR: '03051',
  LU: '4750',
  MT: 'NXR01',
  MX: '02860',
  NL: '1234AB',
  NO: '0025',
  NZ: '6001',
  PL: '00950',
  PT: '2725079',
  SE: '11455',
  SG: '546080',
  TW: '10603',
  US: '221621010',
  ZA: '0083',
};

test('postal formats belong to known countries and fit their examples', () => {
  const known = new Set(POSTAL_FORMATS.flatMap((one) => one.countries));
  // TA has codes of the Royal Mail, but is no country of ISO 3166-1.
  expect([...known].filter((one) => !codes.has(one))).toEqual(['TA']);
  expect(known.size).toBeGreaterThan(170);
  expect(POSTAL_PREFIXES.filter(([one]) => !known.has(one))).toEqual([]);
  for (const [country, code] of Object.entries(POSTAL_EXAMPLES)) {
    const formats = POSTAL_FORMATS.filter((one) => one.countries.includes(country));
    expect(
      formats.some((one) => new RegExp(`^(?:${one.pattern})$`).test(code)),
      `${country} ${code}`,
    ).toBe(true);
    expect(
      formats.some((one) => new RegExp(`^(?:${one.pattern})$`).test(`${code}X`)),
      country,
    ).toBe(false);
  }
});

test('an IBAN pattern for each country of the registry', () => {
  const pattern = new RegExp(`^(?:${IBAN_PATTERN})$`);
  for (const one of ['GB82WEST12345698765432', 'NO9386011117947', 'MT84MALT011000012345MTLCAST001S'])
    expect(one).toMatch(pattern);
  expect('GB82WEST1234569876543').not.toMatch(pattern);
  expect(IBAN_PATTERN.split('|').length).toBeGreaterThan(80);
});

test.each(IDENTIFIER_IDS)('the tests of %s can be carried out', (id) => {
  for (const { pattern, tests } of identifierKind(id).forms) {
    expect(() => new RegExp(`^(?:${pattern})$`)).not.toThrow();
    for (const one of tests.flat()) {
      if (one.kind !== 'weighted') continue;
      const alphabet = one.alphabet ?? '0123456789';
      expect(repeated([...alphabet])).toEqual([]);
      expect(alphabet).toMatch(/^[0-9A-Za-z]+$/);
      expect(one.weights.every((weight) => Number.isInteger(weight) && weight >= 0)).toBe(true);
      expect(one.remainder).toBeGreaterThanOrEqual(0);
      expect(one.remainder).toBeLessThan(one.modulus);
    }
  }
});

test('tables of words have ASCII keys in lower case; fixed spellings are as long as their keys', () => {
  const name = nameOptions('always', 'keep');
  const address = addressOptions('always', 'abbreviated', 'english');
  const fixed = [name.titles, name.suffixes, name.spellings, address.spellings];
  for (const table of fixed)
    for (const [key, written] of Object.entries(table)) expect(written.toLowerCase()).toBe(key);
  for (const table of [...fixed, address.suffixes, address.directions, address.units, address.alone])
    for (const key of Object.keys(table)) expect(key).toMatch(/^[0-9a-z-]+$/);
});

test('printed forms have room for every identifier', () => {
  const longest: Partial<Record<(typeof IDENTIFIER_IDS)[number], number>> = { iban: 34, card: 19 };
  for (const id of IDENTIFIER_IDS) {
    const { print, forms } = identifierKind(id);
    if (!print) continue;
    const room = print.groups.reduce((sum, one) => sum + one, 0);
    const most = longest[id];
    if (most !== undefined) expect(room, id).toBeGreaterThanOrEqual(most);
    // Other kinds have one length, or their groups would be cut off.
    else for (const one of forms) expect(lengthOf(one.pattern), id).toBe(room);
    if (typeof print.by !== 'string') expect(print.by).toHaveLength(print.groups.length - 1);
  }
});

/** How many characters a pattern without alternatives of other lengths takes. */
function lengthOf(pattern: string): number {
  const classes = pattern.replace(
    /\((?:\?:)?((?:[^()|]*)(?:\|[^()]*)?)\)/g,
    (_, inside: string) => inside.split('|')[0] ?? '',
  );
  return [...classes.matchAll(/(?:\[[^\]]*\]|.)(?:\{(\d+)\})?/g)].reduce(
    (sum, one) => sum + Number(one[1] ?? 1),
    0,
  );
}
