import { expect, test } from 'vitest';
import { shareFor } from '../../../renderer/joins/draw-groups';
import { holdsWholeGroups, partWords } from '../../../renderer/joins/sampled';

test('a share of keys fits the larger source', () => {
  expect(shareFor(200_000, [1_000, 500_000])).toBe(0.4);
  expect(shareFor(200_000, [1_000, 100_000])).toBe(1);
  expect(shareFor(20_000, [3_000_000])).toBe(0.0067);
});

const drawn = (keys: string[], share: number, seed = 42) => ({
  ...{ rows: 10, total: { rows: 100, exact: true }, complete: false, rawColumns: ['id', 'who'] },
  source: { id: keys[0] } as never,
  drawn: {
    ...{ how: 'whole-groups', share, sampling: { method: 'groups', keys, share: 1, rows: 10, seed } },
  } as never,
});
const join = {
  ...{ id: 'j', cardinality: 'many-to-one' as const },
  from: { source: 'who', columns: ['who'] },
  to: { source: 'id', columns: ['id'] },
};
const holds = (from: ReturnType<typeof drawn>, to: ReturnType<typeof drawn>) =>
  holdsWholeGroups(join, from, to, new Map());

test('the same groups are drawn by the same key and seed, and of no fewer on the side that is referred to', () => {
  expect(holds(drawn(['who'], 0.1), drawn(['id'], 0.1))).toBe(true);
  expect(holds(drawn(['who'], 0.1), drawn(['id'], 1))).toBe(true);
  expect(holds(drawn(['who'], 0.2), drawn(['id'], 0.1))).toBe(false);
  expect(holds(drawn(['who'], 0.1), drawn(['id'], 0.1, 7))).toBe(false);
  expect(holds(drawn(['id'], 0.1), drawn(['id'], 0.1))).toBe(false);
  expect(holds(drawn(['who'], 0.1), { ...drawn(['id'], 0.1), drawn: null as never })).toBe(false);
});

test('what part of a source is looked at says how many rows of how many, and how they were drawn', () => {
  const given = { ...drawn(['who'], 0.1), source: { id: 't', name: 'sales.csv' } as never, rows: 60 };
  expect(partWords(given)).toBe('60 of 100 rows of sales.csv (whole groups of who)');
  expect(partWords({ ...given, complete: true })).toBe('all 60 rows of sales.csv');
});
