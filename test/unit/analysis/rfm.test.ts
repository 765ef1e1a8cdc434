import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_RFM } from '../../../shared/analysis/rfm/parameters';
import { rfm } from '../../../shared/analysis/rfm/rfm';
import { NO_PURCHASES, SEGMENTS } from '../../../shared/analysis/rfm/segments';
import { compareRuns, runAnalysis } from '../../../shared/analysis/run';
import type { Engine } from '../../../shared/ports/engine';
import { load, openEngine, rowsOf } from './native';

const TRANSACTIONS = ['no "1"', 'who', 'when', 'how much', 'state', 'money'];
type Row = (string | null)[];
const ROWS: Row[] = [
  ['t1', 'A', '2026-01-01', '10.00', 'paid', 'EUR'],
  ['t2', 'B', '2026-02-01T08:00:00Z', '20.00', 'paid', 'EUR'],
  ['t3', 'B', '2026-02-02 08:00', '+10', 'paid', 'USD'],
  ['t4', 'C', '2026-03-01T10:00Z', '10.0', 'paid', 'EUR'],
  ['t5', 'C', '2026-03-01T10:00Z', '10.0', 'paid', 'EUR'],
  ['t5', 'C', '2026-03-01T10:00Z', '10.0', 'paid', 'EUR'],
  ['t6', 'D', '2026-04-01', '100', 'paid', 'EUR'],
  ['t7', 'D', '2026-05-12', '-50', 'refunded', 'EUR'],
  ['t8', 'E', '2026-05-11T00:30:00+02:00', '1.0049', 'paid', 'EUR'],
];
const BAD: [reason: string, Row][] = [
  ['no-customer', ['b1', null, '2026-01-01', '1', 'paid', 'EUR']],
  ['no-customer', ['b2', '', 'never', 'x', 'cancelled', null]],
  ['unknown-customer', ['b3', 'a', '2026-01-01', '1', 'paid', 'EUR']],
  ['unknown-customer', ['b4', 'A ', '2026-01-01', '1', 'paid', 'EUR']],
  ['other-status', ['b5', 'A', '2026-01-01', 'x', 'Paid', 'EUR']],
  ['other-status', ['b6', 'A', '2026-01-01', '1', null, 'EUR']],
  ...[
    '12,50',
    ' 5',
    '',
    '1e5',
    '.5',
    '1.',
    '0x1F',
    '1_000',
    'NaN',
    '1.00000',
    '٣',
    '12345678901234',
    null,
  ].map((amount): [string, Row] => ['unreadable-amount', ['b7', 'A', '2026-01-01', amount, 'paid', 'EUR']]),
  ...[
    '2026-02-30',
    '2026-02-30T10:00:00Z',
    '31.03.2026',
    '2026-3-1',
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:00:00+99:00',
    '2026-01-01x',
    'epoch',
    '0000-01-01',
    '',
    null,
  ].map((time): [string, Row] => ['unreadable-time', ['b8', 'A', time, '1', 'paid', 'EUR']]),
  ['no-rate', ['b9', 'A', '2026-01-01', '1', 'paid', 'eur']],
  ['no-rate', ['b10', 'A', '2026-01-01', '1', 'paid', null]],
];
const PARAMETERS = { statuses: ['paid', 'refunded'], rates: ['EUR 1', 'USD 0.5'] };
const BINDINGS = {
  customers: { table: 'cust"omers', columns: { id: 'the id' } },
  transactions: {
    table: 'transactions',
    columns: {
      id: 'no "1"',
      customer: 'who',
      time: 'when',
      amount: 'how much',
      status: 'state',
      currency: 'money',
    },
  },
};

let opened: Awaited<ReturnType<typeof openEngine>>;
let engine: Engine;
beforeAll(async () => {
  opened = await openEngine();
  engine = opened.engine;
  await load(
    engine,
    'cust"omers',
    ['the id'],
    [...'ABCDEFF'].map((id) => [id]).concat([[''], [null as never]]),
  );
  await load(engine, 'transactions', TRANSACTIONS, [...ROWS, ...BAD.map(([, row]) => row)]);
});
afterAll(() => opened.close());

const run = (parameters: unknown = PARAMETERS, name = 'rfm', bindings: typeof BINDINGS = BINDINGS) =>
  runAnalysis(engine, rfm, { bindings, parameters, name });

test('every pair of scores has exactly one segment', () => {
  for (let recency = 1; recency <= 5; recency++) {
    for (let value = 1; value <= 5; value++) {
      const fitting = SEGMENTS.filter(
        (one) =>
          one.recency[0] <= recency &&
          recency <= one.recency[1] &&
          one.value[0] <= value &&
          value <= one.value[1],
      );
      expect(fitting.length, `${recency} ${value}`).toBe(1);
    }
  }
});

test('scores and segments as computed by hand', async () => {
  const { results, dispose } = await run();
  // 2026-05-10 is the latest purchase: a refund later than that is none, and E bought before midnight UTC.
  expect(rowsOf(results.customers)).toEqual([
    ['A', '2026-01-01', 129, 1, 10, 1, 1, 2, 2, 'Hibernating'],
    ['B', '2026-02-02', 97, 2, 25, 2, 4, 3, 4, 'At risk'],
    ['C', '2026-03-01', 70, 3, 30, 3, 5, 4, 5, 'Loyal'],
    ['D', '2026-04-01', 39, 1, 50, 4, 1, 5, 3, 'Potential loyalists'],
    ['E', '2026-05-10', 0, 1, 1, 5, 1, 1, 1, 'New'],
    ['F', null, null, 0, 0, null, null, null, null, NO_PURCHASES],
  ]);
  const segments = rowsOf(results.segments, [
    'segment',
    'customers',
    'purchases',
    'monetary',
    'median_recency_days',
  ]);
  expect(segments).toEqual([
    ['Champions', 0, 0, 0, null],
    ['Loyal', 1, 3, 30, 70],
    ['Potential loyalists', 1, 1, 50, 39],
    ['New', 1, 1, 1, 0],
    ['Promising', 0, 0, 0, null],
    ['Need attention', 0, 0, 0, null],
    ['About to sleep', 0, 0, 0, null],
    ['At risk', 1, 2, 25, 97],
    ['Cannot lose', 0, 0, 0, null],
    ['Hibernating', 1, 1, 10, 129],
    [NO_PURCHASES, 1, 0, 0, null],
  ]);
  const shares = rowsOf(results.segments, ['share']).map(([share]) => Number(share));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(rowsOf(results.grid).filter(([, , customers]) => customers !== 0)).toEqual([
    [1, 2, 1],
    [2, 4, 1],
    [3, 5, 1],
    [4, 3, 1],
    [5, 1, 1],
  ]);
  expect(results.grid.rows).toBe(25);
  await dispose();
  const left = await engine.query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%:rfm:%'");
  expect(left.rows).toBe(0);
});

test('nothing is dropped silently: each row read is counted under one reason', async () => {
  const { results, dispose } = await run();
  const counts = new Map(
    rowsOf(results.quality, ['table', 'measure', 'rows']).map(([table, measure, rows]) => [
      `${table} ${measure}`,
      rows,
    ]),
  );
  const reasons = new Map<string, number>();
  for (const [reason] of BAD) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const [reason, rows] of reasons) expect(counts.get(`transactions ${reason}`), reason).toBe(rows);
  expect(counts.get('transactions counted')).toBe(ROWS.length);
  expect(counts.get('transactions later')).toBe(0);
  expect(counts.get('transactions refunds')).toBe(1);
  expect(counts.get('transactions repeated')).toBe(1);
  expect(counts.get('transactions currencies')).toBe(2);
  expect(counts.get('customers read')).toBe(9);
  expect(counts.get('customers no-id')).toBe(2);
  expect(counts.get('customers repeated')).toBe(1);
  for (const table of ['transactions', 'customers']) {
    const lines = rowsOf(results.quality, ['table', 'part', 'rows']).filter(
      ([of, part]) => of === table && part,
    );
    expect(lines.reduce((sum, [, , rows]) => sum + Number(rows), 0)).toBe(counts.get(`${table} read`));
  }
  await dispose();
});

test('a day of reference leaves later transactions out', async () => {
  const { results, dispose } = await run({ ...PARAMETERS, referenceDate: '2026-03-31' });
  const customers = rowsOf(results.customers, ['customer', 'recency_days', 'monetary']);
  expect(customers.slice(0, 4)).toEqual([
    ['A', 89, 10],
    ['B', 57, 25],
    ['C', 30, 30],
    ['D', null, 0],
  ]);
  const later = rowsOf(results.quality, ['measure', 'rows']).find(([measure]) => measure === 'later');
  expect(later).toEqual(['later', 3]);
  await dispose();
});

test('without statuses and rates all count, as they are', async () => {
  const { results, dispose } = await run({});
  const counted = rowsOf(results.quality, ['measure', 'rows']).find(([measure]) => measure === 'counted');
  expect(counted).toEqual(['counted', ROWS.length + 3]);
  const b = rowsOf(results.customers, ['customer', 'monetary'])[1];
  expect(b).toEqual(['B', 30]);
  await dispose();
});

test('before and after: purchases of a merged customer go on with the kept one, and moves add up', async () => {
  await load(engine, 'kept', ['id'], [['A'], ['B'], ['C'], ['E'], ['G']]);
  await load(engine, 'merged', ['gone', 'stays'], [['D', 'A']]);
  const before = await run(PARAMETERS, 'before');
  const after = await runAnalysis(engine, rfm, {
    bindings: {
      ...BINDINGS,
      customers: { table: 'kept', columns: { id: 'id' } },
      merged: { table: 'merged', columns: { from: 'gone', into: 'stays' } },
    },
    parameters: PARAMETERS,
    name: 'after',
  });
  expect(rowsOf(after.results.customers, ['customer', 'frequency', 'monetary'])[0]).toEqual(['A', 2, 60]);
  const moved = rowsOf(after.results.quality, ['measure', 'rows']).find(([measure]) => measure === 'moved');
  expect(moved).toEqual(['moved', 2]);

  if (!rfm.comparison) throw new Error('no comparison');
  const compared = await compareRuns(engine, rfm.comparison, { before: 'before', after: 'after' });
  // Four with purchases. Recency, frequency, monetary: A 3 2 4, B 1 2 2, C 2 4 3, E 4 1 1.
  const moves = compared.moves as typeof before.results.quality;
  expect(rowsOf(moves)).toEqual([
    ['Loyal', 'At risk', 1, true],
    ['Potential loyalists', 'Not there', 1, true],
    ['New', 'Promising', 1, true],
    ['At risk', 'Hibernating', 1, true],
    ['Hibernating', 'Need attention', 1, true],
    [NO_PURCHASES, 'Not there', 1, true],
    ['Not there', NO_PURCHASES, 1, true],
  ]);
  const totals = compared.totals as typeof before.results.quality;
  expect(rowsOf(totals)).toEqual([[0, 4, 2, 1, 116, 116]]);
  const segments = rowsOf(compared.segments as typeof before.results.quality, [
    'before',
    'after',
    'difference',
  ]);
  const sums = segments.reduce<number[]>(
    ([b = 0, a = 0, d = 0], [x, y, z]) => [b + Number(x), a + Number(y), d + Number(z)],
    [],
  );
  expect(sums).toEqual([6, 5, -1]);
  await before.dispose();
  await after.dispose();
});

test('the order of rows decides nothing', async () => {
  const first = await run();
  await load(engine, 'transactions2', TRANSACTIONS, [...BAD.map(([, row]) => row), ...ROWS].reverse());
  const bindings = { ...BINDINGS, transactions: { ...BINDINGS.transactions, table: 'transactions2' } };
  const second = await run(PARAMETERS, 'second', bindings);
  expect(second.results).toEqual(first.results);
  await first.dispose();
  await second.dispose();
});

test('no customers, no transactions: empty results, no failure', async () => {
  await load(engine, 'none', ['id', 'time', 'amount'], []);
  const { results, dispose } = await runAnalysis(engine, rfm, {
    bindings: {
      customers: { table: 'none', columns: { id: 'id' } },
      transactions: { table: 'none', columns: { customer: 'id', time: 'time', amount: 'amount' } },
    },
    parameters: SAMPLE_RFM,
    name: 'empty',
  });
  expect(results.customers.rows).toBe(0);
  expect(rowsOf(results.segments, ['customers', 'share']).every(([n, share]) => n === 0 && share === 0)).toBe(
    true,
  );
  await dispose();
});

test('columns that are numbers and times already are read too', async () => {
  await engine.execute(
    "CREATE TEMP TABLE typed AS SELECT 7 AS who, TIMESTAMP '2026-01-02 03:04:05' AS moment, 12.5::DOUBLE AS amount " +
      "UNION ALL SELECT 7, TIMESTAMP '2026-01-03 00:00:00', 3::DOUBLE",
  );
  const { results, dispose } = await runAnalysis(engine, rfm, {
    bindings: {
      customers: { table: 'typed', columns: { id: 'who' } },
      transactions: { table: 'typed', columns: { customer: 'who', time: 'moment', amount: 'amount' } },
    },
    parameters: {},
    name: 'typed',
  });
  expect(rowsOf(results.customers, ['customer', 'last_purchase', 'frequency', 'monetary'])).toEqual([
    ['7', '2026-01-03', 2, 15.5],
  ]);
  await dispose();
});

test.each([
  [{ rates: ['USD'] }, 'USD 0.92'],
  [{ rates: ['USD 1', 'USD 2'] }, 'has a rate already'],
  [{ referenceDate: '2026-02-30' }, 'is not a day'],
  [{ colour: 'red' }, 'colour'],
])('refuses parameters %j', async (parameters, words) => {
  await expect(run(parameters)).rejects.toMatchObject({
    code: 'analysis.parameters',
    message: expect.stringContaining(words),
  });
});

test.each([
  [{ customers: BINDINGS.customers }, 'Transactions'],
  [{ ...BINDINGS, transactions: { table: 't', columns: { customer: 'who', time: 'when' } } }, 'Amount'],
  [{ ...BINDINGS, others: BINDINGS.customers }, 'others'],
])('refuses to run without its tables and columns', async (bindings, words) => {
  await expect(runAnalysis(engine, rfm, { bindings, parameters: {}, name: 'x' })).rejects.toMatchObject({
    code: 'analysis.input',
    message: expect.stringContaining(words),
  });
});

test('a run that fails leaves no table behind', async () => {
  const bindings = { ...BINDINGS, customers: { table: 'no such table', columns: { id: 'x' } } };
  await expect(run(PARAMETERS, 'broken', bindings)).rejects.toThrow();
  const left = await engine.query(
    "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%:broken:%'",
  );
  expect(left.rows).toBe(0);
});
