import { expect, test } from 'vitest';
import { duration, percent, plural, roughCount, since, size } from '../../../renderer/shell/words';

test('numbers as a person would say them', () => {
  expect(roughCount(20_000)).toBe('20,000');
  expect(roughCount(8_100_000)).toBe('8.1 M');
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(1_204, 'entry', 'entries')).toBe('1,204 entries');
});

test('sizes in the unit a person would say', () => {
  expect([0, 1, 999, 1_000, 999_499, 999_500, 14_200_000].map(size)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '999 kB',
    '1.0 MB',
    '14 MB',
  ]);
});

test('a share that is not zero never reads as zero, one that is not all never as all', () => {
  expect([0, 0.000_01, 0.124, 0.999_99, 1].map(percent)).toEqual([
    '0 %',
    '<0.1 %',
    '12.4 %',
    '>99.9 %',
    '100 %',
  ]);
});

test('times and spans', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(since('2026-11-23T11:59:50Z', now).words).toBe('just now');
  expect(since('2026-11-23T09:00:00Z', now).words).toBe('3 hours ago');
  expect(since('nonsense', now).words).toBe('at an unknown time');
  expect([0.0001, 0.04, 0.4, 12.4, 200].map(duration)).toEqual([
    '1 ms',
    '40 ms',
    '0.4 s',
    '12 s',
    '3 min 20 s',
  ]);
});
