import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerAll, answerLookup } from '../../../main/engine/lookups';
import type { Lookup } from '../../../shared/compile/plan';
import { answerPhone, supportedRegions } from '../../../shared/lookup/phone';
import { PHONE_FORMATS } from '../../../shared/lookup/phone-options';
import { PHONE_REGIONS } from '../../../shared/lookup/phone-regions';

const drop = { format: 'e164', extension: 'drop' } as const;
const keep = { format: 'e164', extension: 'keep' } as const;

describe('phone numbers', () => {
  test('the regions of the library are those the rules offer', () => {
    expect([...supportedRegions()].sort()).toEqual([...PHONE_REGIONS].sort());
  });

  test.each([
    ['e164', '+12125550147 ext. 12'],
    ['international', '+1 212-555-0147 ext. 12'],
    ['national', '(212) 555-0147 ext. 12'],
    ['rfc3966', 'tel:+1-212-555-0147;ext=12'],
  ] as const)('%s with and without the extension', (format, kept) => {
    const number = '(212) 555-0147 x12';
    expect(answerPhone(number, 'US', { format, extension: 'keep' })).toEqual({
      number: kept,
      extension: '12',
    });
    expect(answerPhone(number, 'US', { format, extension: 'drop' })).toEqual({
      number: kept.replace(/( ext\. |;ext=)12/, ''),
      extension: '12',
    });
  });

  test.each<[string | null, string | null, string | null]>([
    ['020 7946 0018', 'GB', '+442079460018'],
    ['020 7946 0018', 'US', null],
    ['020 7946 0018', null, null],
    ['+44 20 7946 0018', null, '+442079460018'],
    ['\ufeff+44 20 7946 0018', null, '+442079460018'],
    ['1-800-FLOWERS', 'US', '+18003569377'],
    ['+999 12 34 56 78', 'US', null],
    ['555', 'US', null],
    ['', 'US', null],
    [null, 'US', null],
    ['9'.repeat(300), 'US', null],
    ['+44 20 7946 0018', 'nowhere', '+442079460018'],
  ])('%s in %s is %s', (number, region, expected) => {
    expect(answerPhone(number, region, drop).number).toBe(expected);
  });

  test('answers for whatever it is given, and what it wrote it reads alike', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'+0123456789 ()-./xX;=,ext#A\u0661\ud83d\u0000'),
      maxLength: 24,
    });
    fc.assert(
      fc.property(text, fc.constantFrom(null, 'US', 'DE', 'GB', 'ZZ'), (number, region) => {
        for (const format of PHONE_FORMATS) answerPhone(number, region, { format, extension: 'drop' });
        const { number: first } = answerPhone(number, region, keep);
        if (first !== null) expect(answerPhone(first, null, keep).number).toBe(first);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([answerAll, answerLookup])('lookups answer row by row, again and again', async (answer) => {
    const lookup: Lookup = {
      ...{ kind: 'lookup', step: 0, lookup: 'phone', inputs: [], ids: ['c1', 'c2'] },
      options: keep,
    };
    const numbers = Array.from({ length: 12_000 }, (_, i) =>
      i % 3 === 0 ? null : `(212) 555-${1000 + (i % 4000)} x${i % 5}`,
    );
    const regions = numbers.map((_, i) => (i % 2 === 0 ? 'US' : null));
    const expected = numbers.map((number, i) => answerPhone(number, regions[i] ?? null, keep));
    for (let round = 0; round < 2; round++) {
      expect(await answer(lookup, [numbers, regions])).toEqual([
        expected.map(({ number }) => number),
        expected.map(({ extension }) => extension),
      ]);
    }
  });
});
