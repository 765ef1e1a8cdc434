import libphonenumber from 'google-libphonenumber';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { supportedRegions } from '../../shared/lookup/phone';
import { PHONE_FORMATS } from '../../shared/lookup/phone-options';
import { PHONE_REGIONS } from '../../shared/lookup/phone-regions';
import type { Engine } from '../../shared/ports/engine';
import { answerLookups } from './answer';
import { texts } from './corpus';
import { openHost } from './engines';
import { ruleSetOf } from './rule-sets';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { runOnDuckdb, runOnSparkServer } from './trace';
import { shown } from './values';

let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [native, spark] = await Promise.all([openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([native?.close(), spark?.close()]));

const { PhoneNumberUtil, PhoneNumberType } = libphonenumber;
const util = PhoneNumberUtil.getInstance();

/** A generator of whole numbers below a bound; the same on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const scripts = [0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce];
const inScript = (zero: number) => (number: string) =>
  number.replace(/[0-9]/g, (one) => String.fromCodePoint(zero + Number(one)));

/** A number in ways that people write it. */
function written(region: string, national: string, roll: (below: number) => number): string[] {
  const code = String(util.getCountryCodeForRegion(region));
  const cut = 1 + roll(Math.max(1, national.length - 1));
  const [head, tail] = [national.slice(0, cut), national.slice(cut)];
  const ext = String(1 + roll(9999));
  const script = inScript(scripts[roll(scripts.length)] ?? 0x660);
  const all = [
    national,
    `0${national}`,
    `1${national}`,
    `8${national}`,
    `+${code}${national}`,
    `+${code} ${head}-${tail}`,
    `+${code} (0) ${head} ${tail}`,
    `00${code}${national}`,
    `011 ${code} ${national}`,
    `0011 ${code}.${head}.${tail}`,
    `(${head}) ${tail}`,
    `(0${head})/${tail}`,
    `${head}\u2013${tail}`,
    `\u00a0${head}\u2011${tail}\u200b`,
    `${national} x${ext}`,
    `${national} ext. ${ext}`,
    `${national}#${ext}`,
    `${national},,${ext}`,
    `${national};${ext}`,
    `+${code}${national};ext=${ext}`,
    `0${national} extension ${ext}`,
    `+${code}${national} anexo ${ext}`,
    `+${code}${national} доб. ${ext}`,
    `tel:+${code}-${national}`,
    `tel:${national};phone-context=+${code}`,
    `tel:${national};phone-context=example.com`,
    `tel:+${code}${national};isub=12`,
    script(national),
    script(`+${code}${national}`),
    `＋${code}${national}`,
    `++${code}${national}`,
    `+${code}+${national}`,
    `${code}${national}`,
    national.slice(0, -2),
    `${national}123`,
    `${national}.0`,
    `${national} / ${national}`,
    `Tel. ${national}`,
    `${national} (home)`,
    `*67${national}`,
    `#31#${national}`,
    `${head}O${tail}`,
    `${head} CALL NOW`,
    [...national].reverse().join(''),
  ];
  return [...all.slice(0, 7), ...Array.from({ length: 12 }, () => all[roll(all.length)] ?? '')];
}

const TYPES = [
  PhoneNumberType.FIXED_LINE,
  PhoneNumberType.MOBILE,
  PhoneNumberType.TOLL_FREE,
  PhoneNumberType.PREMIUM_RATE,
  PhoneNumberType.VOIP,
  PhoneNumberType.UAN,
  PhoneNumberType.SHARED_COST,
];

function messy(): Cells[] {
  const roll = dice(7);
  const found: Cells[] = [];
  for (const region of PHONE_REGIONS) {
    for (const type of TYPES.slice(0, 2 + roll(TYPES.length - 1))) {
      const example = util.getExampleNumberForType(region, type);
      if (!example) continue;
      const number = [...util.getNationalSignificantNumber(example)];
      for (let i = 3; i < number.length; i++) if (roll(3) === 0) number[i] = String(roll(10));
      for (const one of written(region, number.join(''), roll))
        found.push([
          one,
          roll(10) === 0 ? 'ZZ' : roll(12) === 0 ? (PHONE_REGIONS[roll(PHONE_REGIONS.length)] ?? '') : region,
        ]);
    }
  }
  for (const text of texts) found.push([text, PHONE_REGIONS[roll(PHONE_REGIONS.length)] ?? 'US']);
  const odd = [
    '911',
    '112',
    '+800 1234 5678',
    '+979 123456789',
    '+881 612345678',
    '+',
    '+0',
    '1'.repeat(300),
    '+1'.repeat(90),
  ];
  for (const text of odd) found.push([text, 'US'], [text, null]);
  return found;
}

const rows = messy();

test('the regions are those the library supports', () => {
  expect([...supportedRegions()].sort()).toEqual([...PHONE_REGIONS].sort());
});

test.each(
  PHONE_FORMATS.flatMap((format) => ['keep', 'column'].map((extension) => [format, extension] as const)),
)('messy numbers as %s, extension: %s', async (format, extension) => {
  const parameters = { regionColumn: 'region', format, extension, invalid: 'null' };
  const plan = compilePlan(ruleSetOf('phones', [{ operation: 'phone', columns: ['phone'], parameters }]), [
    'phone',
    'region',
  ]);
  const expected = await runOnDuckdb(native, plan, rows, answerLookups);
  const found = await runOnSparkServer(spark, plan, rows, { partitions: 4 });
  const differing = rows.flatMap(([number, region], r) => {
    const [a, b] = [JSON.stringify(expected.rows[r]), JSON.stringify(found.rows[r])];
    return a === b ? [] : [`${shown(number)} in ${region}: JavaScript ${a} Python ${b}`];
  });
  expect({ of: rows.length, differing: differing.length, first: differing.slice(0, 15) }).toEqual({
    of: rows.length,
    differing: 0,
    first: [],
  });
  const valid = expected.rows.filter((row) => !('left' in row) && row[0] !== null).length;
  expect(valid).toBeGreaterThan(3000);
});
