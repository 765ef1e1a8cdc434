import { expect, test } from 'vitest';
import { type ForecastSample, forecastOf, interval, reconcile } from '../../../renderer/publish/forecast';

const counts = (read: number, kept: number, filtered: number, rejected: number, merged: number) => ({
  read,
  added: 0,
  kept,
  filtered,
  rejected,
  merged,
  steps: [],
  stopped: [],
});
const cell = [{ scope: 'cell' as const }];
const first: ForecastSample = {
  complete: false,
  drawn: { how: 'first-rows', parts: null },
  wholeGroups: new Set(),
};

test('the interval covers the true share in about 95 of 100 samples', () => {
  // Mulberry32, so that the test is the same each time.
  let state = 42;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (const share of [0.01, 0.124, 0.5]) {
    const [n, samples] = [1_000, 2_000];
    let covered = 0;
    for (let i = 0; i < samples; i++) {
      let hits = 0;
      for (let row = 0; row < n; row++) if (random() < share) hits++;
      const [low, high] = interval(hits / n, n);
      if (low <= share && share <= high) covered++;
    }
    expect(covered / samples).toBeGreaterThan(0.93);
    expect(covered / samples).toBeLessThan(0.97);
  }
});

test('nothing seen in the sample is not a promise of nothing', () => {
  const [low, high] = interval(0, 20_000);
  expect(low).toBe(0);
  expect(high).toBeGreaterThan(0);
  expect(interval(0, 0)).toEqual([0, 1]);
});

test('a run is compared with what the sample let expect', () => {
  const forecast = forecastOf(counts(20_000, 18_000, 0, 2_000, 0), cell, first);
  const verdicts = (found: ReturnType<typeof counts>) => reconcile(forecast, found).map((one) => one.verdict);
  expect(verdicts(counts(1_000_000, 900_500, 0, 99_500, 0))).toEqual(Array(4).fill('as expected'));
  expect(verdicts(counts(1_000_000, 800_000, 0, 200_000, 0))).toEqual([
    'fewer than expected',
    'as expected',
    'more than expected',
    'as expected',
  ]);
});

test('a whole source is forecast exactly', () => {
  const forecast = forecastOf(counts(100, 90, 4, 3, 3), [{ scope: 'group' }], {
    ...first,
    complete: true,
  });
  expect(reconcile(forecast, counts(100, 90, 4, 3, 3)).every((one) => one.verdict === 'as expected')).toBe(
    true,
  );
  expect(reconcile(forecast, counts(100, 89, 5, 3, 3))[0]?.verdict).toBe('fewer than expected');
});

test('what depends on rows outside the sample is left open', () => {
  const forecast = forecastOf(counts(1_000, 950, 0, 0, 50), [{ scope: 'group' }], first);
  expect(reconcile(forecast, counts(10_000, 5_000, 0, 0, 5_000)).map((one) => one.verdict)).toEqual([
    'open',
    'as expected',
    'as expected',
    'open',
  ]);
});

test('whole groups make their steps exact; blocks count for less than their rows', () => {
  const seen = counts(1_000, 950, 0, 0, 50);
  const group = [{ scope: 'group' as const }];
  const whole = forecastOf(seen, group, {
    ...first,
    drawn: { how: 'whole-groups', parts: null },
    wholeGroups: new Set([0]),
  });
  expect(reconcile(whole, counts(10_000, 9_500, 0, 0, 500)).map((one) => one.verdict)).toEqual(
    Array(4).fill('as expected'),
  );
  const drawn = { how: 'random-blocks' as const, parts: { read: 50, of: 9_000 } };
  const blocks = forecastOf(seen, cell, { ...first, drawn });
  const width = (forecast: typeof blocks) => {
    const [low, high] = reconcile(forecast, counts(10_000, 9_500, 0, 0, 500))[0]?.expected ?? [0, 0];
    return high - low;
  };
  expect(width(blocks)).toBeGreaterThan(2 * width(forecastOf(seen, cell, first)));
});

test('rows that meet conditions foretell nothing', () => {
  const forecast = forecastOf(counts(100, 100, 0, 0, 0), cell, {
    ...first,
    drawn: { how: 'filtered', parts: null },
  });
  expect(reconcile(forecast, counts(1_000, 10, 990, 0, 0)).every((one) => one.verdict === 'open')).toBe(true);
});
