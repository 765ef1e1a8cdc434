import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsOf, countsSql, type JoinCounts } from '../../../shared/joins/check';
import type { Keyed } from '../../../shared/joins/keyed';
import { isProblem, PROBLEMS, type Problem, problemRows, problemsSql } from '../../../shared/joins/problems';
import type { Engine } from '../../../shared/ports/engine';
import { openHost } from '../../conformance/engines';

type Row = readonly [left: string | null, ...keys: (string | null)[]];

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
});
afterAll(() => engine?.close());

async function keyed(table: string, rows: readonly Row[], keys: number): Promise<Keyed> {
  const ids = Array.from({ length: keys }, (_, i) => `o${i}`);
  const columns = [
    rows.map((_, i) => String(i + 1)),
    ...['l', ...ids].map((_, i) => rows.map((row) => row[i] ?? null)),
  ];
  await engine.load(table, ['r', 'l', ...ids], columns);
  return { relation: table, keys: ids };
}

const customers: readonly Row[] = [
  [null, 'C1'],
  [null, 'C2'],
  [null, 'C2'],
  ['merged', 'C3'],
  ['rejected', 'C4'],
  ['filtered', 'C5'],
  ['filtered', 'C4'],
  [null, ''],
  [null, null],
  [null, 'C9'],
  ['merged', 'C1'],
];
const transactions: readonly Row[] = [
  [null, 'C1'],
  [null, 'C1'],
  [null, 'C2'],
  [null, 'C3'],
  [null, 'C4'],
  [null, 'C5'],
  [null, 'C7'],
  [null, 'C7'],
  [null, 'c1'],
  [null, null],
  [null, ''],
  ['filtered', 'C9'],
  ['rejected', null],
];

const sides = async () => ({
  from: await keyed('transactions', transactions, 1),
  to: await keyed('customers', customers, 1),
});
const counted = async ({ from, to }: { from: Keyed; to: Keyed }): Promise<JoinCounts> =>
  countsOf(await engine.query(countsSql(from, to)));

test('rows of each side are counted along the key; those that left say why it is missing', async () => {
  expect(await counted(await sides())).toEqual({
    from: {
      ...{ rows: 11, missing: 2, matched: 3, orphans: 6, orphanKeys: 5 },
      gone: { filtered: 1, rejected: 1, merged: 1 },
      ...{ duplicateKeys: 2, duplicateRows: 4 },
    },
    to: { rows: 6, missing: 2, duplicateKeys: 1, duplicateRows: 2, unused: 1 },
  });
});

test('each problem lists as many rows as are counted, in the order of the source', async () => {
  const given = await sides();
  const counts = await counted(given);
  const found: Record<string, (readonly unknown[])[]> = {};
  for (const problem of Object.keys(PROBLEMS) as Problem[]) {
    const sql = problemsSql(problem, given, { row: 'CAST(r AS INTEGER)', cells: ['o0'], limit: 100 });
    const { columns, rows } = await engine.query(sql);
    expect(rows, problem).toBe(problemRows(counts, problem));
    found[problem] = Array.from({ length: rows }, (_, i) => columns.map((column) => column[i]));
  }
  expect(found).toEqual({
    orphans: [
      [4, 'merged', 'C3'],
      [5, 'rejected', 'C4'],
      [6, 'filtered', 'C5'],
      [7, null, 'C7'],
      [8, null, 'C7'],
      [9, null, 'c1'],
    ],
    'missing-from': [
      [10, null, null],
      [11, null, ''],
    ],
    'missing-to': [
      [8, null, ''],
      [9, null, null],
    ],
    'duplicates-from': [
      [1, null, 'C1'],
      [2, null, 'C1'],
      [7, null, 'C7'],
      [8, null, 'C7'],
    ],
    'duplicates-to': [
      [2, null, 'C2'],
      [3, null, 'C2'],
    ],
    unused: [[10, null, 'C9']],
  });
});

test('a key of several columns is whole or missing', async () => {
  const from = await keyed(
    'lines',
    [
      [null, 'a', '1'],
      [null, 'a', '2'],
      [null, 'a', null],
      [null, '', '1'],
    ],
    2,
  );
  const to = await keyed(
    'orders',
    [
      [null, 'a', '1'],
      [null, '1', 'a'],
      [null, null, '2'],
    ],
    2,
  );
  expect(await counted({ from, to })).toMatchObject({
    from: { rows: 4, missing: 2, matched: 1, orphans: 1 },
    to: { rows: 3, missing: 1, duplicateKeys: 0, unused: 1 },
  });
});

test('empty sides are counted too', async () => {
  const from = await keyed('none', [], 1);
  const { to } = await sides();
  expect(await counted({ from, to })).toMatchObject({ from: { rows: 0, matched: 0 }, to: { unused: 4 } });
  expect(await counted({ from: to, to: from })).toMatchObject({
    from: { rows: 6, orphans: 4 },
    to: { rows: 0 },
  });
});

test('what is wrong depends on what the key is expected to be', () => {
  const wrong = (cardinality: 'many-to-one' | 'one-to-one' | 'many-to-many') =>
    (Object.keys(PROBLEMS) as Problem[]).filter((one) => isProblem({ cardinality }, one));
  expect(wrong('many-to-one')).toEqual(['orphans', 'duplicates-to', 'missing-to']);
  expect(wrong('one-to-one')).toEqual(['orphans', 'duplicates-to', 'duplicates-from', 'missing-to']);
  expect(wrong('many-to-many')).toEqual(['orphans']);
});
