import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAnalysis } from '../../../shared/analysis/run';
import { spend } from '../../../shared/analysis/spend/spend';
import { load, openEngine, rowsOf } from './native';

let opened: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  opened = await openEngine();
  const { engine } = opened;
  await load(
    engine,
    'people',
    ['id', 'segment'],
    [
      ['A', 'new'],
      ['B', 'new'],
      ['B', 'new'],
      ['C', 'old'],
      ['D', null],
      ['', 'old'],
      [null, 'old'],
    ],
  );
  await load(
    engine,
    'sales',
    ['who', 'how much', 'state', 'money'],
    [
      ['A', '10.10', 'paid', 'EUR'],
      ['A', '-0.10', 'refunded', 'EUR'],
      ['B', '10', 'paid', 'USD'],
      ['X', '5', 'paid', 'EUR'],
      ['D', 'free', 'paid', 'EUR'],
      ['C', '7', 'cancelled', 'EUR'],
      [null, '7', 'paid', 'EUR'],
      ['Z', '3', 'paid', 'EUR'],
    ],
  );
  await load(engine, 'moved', ['from', 'into'], [['X', 'A']]);
});
afterAll(() => opened?.close());

const bindings = {
  customers: { table: 'people', columns: { id: 'id', group: 'segment' } },
  transactions: {
    table: 'sales',
    columns: { customer: 'who', amount: 'how much', status: 'state', currency: 'money' },
  },
};

test('transactions are joined to their customers; who has none is listed; what does not count is told', async () => {
  const parameters = { statuses: ['paid', 'refunded'], rates: ['EUR 1', 'USD 0.5'] };
  const merged = { table: 'moved', columns: { from: 'from', into: 'into' } };
  const run = await runAnalysis(opened.engine, spend, {
    bindings: { ...bindings, merged },
    parameters,
    name: 'clean',
  });
  expect(rowsOf(run.results.groups)).toEqual([
    ['new', 2, 0, 0, 4, 20, 10],
    ['(none)', 1, 1, 1, 0, 0, 0],
    ['old', 1, 1, 1, 0, 0, 0],
  ]);
  expect(rowsOf(run.results.without)).toEqual([
    ['C', 'old'],
    ['D', '(none)'],
  ]);
  const quality: Record<string, number> = Object.fromEntries(
    rowsOf(run.results.quality).map(([title, rows]) => [String(title), Number(rows)]),
  );
  expect(quality).toMatchObject({
    'Transactions read': 8,
    'Transactions without a customer': 1,
    'Transactions of a customer who is not there': 1,
    'Transactions whose status does not count': 1,
    'Amounts that cannot be read': 1,
    'Transactions that count': 4,
  });
  const [read = 0, ...parts] = Object.values(quality);
  expect(parts.reduce((sum, n) => sum + n, 0)).toBe(read);
  await run.dispose();
});

test('without a group all customers are one', async () => {
  const customers = { table: 'people', columns: { id: 'id' } };
  const run = await runAnalysis(opened.engine, spend, {
    bindings: { ...bindings, customers },
    parameters: {},
    name: 'raw',
  });
  expect(rowsOf(run.results.groups, ['group', 'customers', 'without'])).toEqual([['(none)', 4, 1]]);
  await run.dispose();
});
