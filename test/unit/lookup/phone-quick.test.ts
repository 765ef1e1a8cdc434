import libphonenumber from 'google-libphonenumber';
import { expect, test } from 'vitest';
import { askLibrary, supportedRegions } from '../../../shared/lookup/phone';
import { quickE164 } from '../../../shared/lookup/phone-quick';

const { PhoneNumberUtil, PhoneNumberType } = libphonenumber;
const util = PhoneNumberUtil.getInstance();
const types = Object.values(PhoneNumberType).filter(
  (one): one is number => typeof one === 'number' && one >= 0,
);

/** A generator of whole numbers below a bound; the same on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Roll = (below: number) => number;
const digits = (length: number, roll: Roll) => Array.from({ length }, () => String(roll(10))).join('');
const SEPARATORS = [' ', '-', '.', '/', '(', ') ', '  ', ' - '];

/** The digits with marks between them. */
const parted = (number: string, roll: Roll): string =>
  [...number]
    .map((one) => (roll(4) === 0 ? one + (SEPARATORS[roll(SEPARATORS.length)] ?? '') : one))
    .join('');

/** National numbers of a region: examples of every type, those with a digit changed, cut or added, and random ones. */
function nationals(region: string, roll: Roll): string[] {
  const examples = types.flatMap((type) => {
    const example = util.getExampleNumberForType(region, type);
    return example ? [util.getNationalSignificantNumber(example)] : [];
  });
  const changed = examples.flatMap((one) => {
    const at = roll(one.length);
    const other = one.slice(0, at) + roll(10) + one.slice(at + 1);
    return [one, other, one.slice(0, -1), one.slice(1), one + roll(10), `0${one}`, `1${one}`, `8${one}`];
  });
  return [...new Set([...changed, ...Array.from({ length: 30 }, () => digits(2 + roll(16), roll))])];
}

/** The ways in which a national number of a region is dialled. */
function spellings(region: string, national: string, roll: Roll): string[] {
  const code = util.getCountryCodeForRegion(region);
  const plain = [
    ...[national, `0${national}`, `+${code}${national}`, `+${code}0${national}`, `${code}${national}`],
    ...[`00${code}${national}`, `011${code}${national}`, `0011${code}${national}`, `+0${code}${national}`],
  ];
  return [...plain, ...plain.map((one) => parted(one, roll)), `(${national}`, ` /+${code}.${national})`];
}

function unlike(region: string, asked: string | null, numbers: readonly string[]): string[] {
  const options = { format: 'e164', extension: 'drop' } as const;
  return numbers
    .filter((one) => {
      const quick = quickE164(one, asked);
      return quick !== undefined && quick !== askLibrary(one, asked, options).number;
    })
    .map((one) => `${region} ${asked}: ${one}`);
}

test.each(supportedRegions())('%s: numbers told from their digits are those of the library', (region) => {
  const roll = dice(region.charCodeAt(0) * 256 + region.charCodeAt(1));
  const numbers = nationals(region, roll).flatMap((one) => spellings(region, one, roll));
  expect(unlike(region, region, numbers)).toEqual([]);
  const elsewhere = ['US', 'DE', 'AU', 'RU', 'BR'][roll(5)] ?? 'US';
  expect(unlike(region, elsewhere, numbers)).toEqual([]);
});

test('most numbers are told from their digits', () => {
  const roll = dice(7);
  const told = supportedRegions().map((region) => {
    const numbers = nationals(region, roll).flatMap((one) => spellings(region, one, roll));
    return numbers.filter((one) => quickE164(one, region) !== undefined).length / numbers.length;
  });
  expect(told.reduce((sum, one) => sum + one, 0) / told.length).toBeGreaterThan(0.5);
});

test('what takes more than digits is left to the library', () => {
  const left = [
    '12',
    '+49 30 1 x5',
    '030 12345#7',
    'tel:+493012345',
    '030\u00a012345',
    '++493012345',
    '٠٣٠١٢٣٤٥',
    '',
  ];
  expect(left.filter((one) => quickE164(one, 'DE') !== undefined)).toEqual([]);
  expect(quickE164('030 12345678', null)).toBeUndefined();
  expect(quickE164('030 12345678', 'XX')).toBeUndefined();
  expect(quickE164('+49 30 12345678', null)).toBe('+493012345678');
  expect(quickE164('+1 212 555 0', null)).toBeNull();
});
