import { expect, test } from 'vitest';
import { createPace } from '../../../renderer/state/pace';

test('a pace tells of the last seconds, falls where nothing comes, and says nothing too early', () => {
  let at = 0;
  const pace = createPace(() => at);
  expect(pace.rate()).toBeNull();
  pace.count(100);
  at = 500;
  pace.count(600);
  expect(pace.rate()).toBeNull();
  for (at = 1_000; at <= 10_000; at += 500) pace.count(100 + at);
  at = 10_000;
  expect(pace.rate()).toBeCloseTo(1_000);
  at = 12_500;
  expect(pace.rate()).toBeCloseTo(500);
  at = 15_000;
  expect(pace.rate()).toBe(0);
  at = 60_000;
  expect(pace.rate()).toBe(0);
  pace.count(10_100 + 5_000);
  expect(pace.rate()).toBeCloseTo(100, 0);
});
