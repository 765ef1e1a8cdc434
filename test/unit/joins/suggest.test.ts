import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KeyTable, namesAgree, suggestJoins } from '../../../shared/joins/suggest';
import type { Engine } from '../../../shared/ports/engine';
import { openHost } from '../../conformance/engines';

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
});
afterAll(() => engine?.close());

const range = (rows: number, cell: (row: number) => string | null) =>
  Array.from({ length: rows }, (_, i) => cell(i));
async function table(
  name: string,
  role: KeyTable['role'],
  columns: Readonly<Record<string, (string | null)[]>>,
  complete = true,
): Promise<KeyTable> {
  await engine.load(name, Object.keys(columns), Object.values(columns));
  return { source: name, name, role, table: name, columns: Object.keys(columns), complete };
}

const people = () =>
  table('customers', 'customers', {
    customer_id: range(100, (i) => `C${i}`),
    segment: range(100, (i) => (i % 2 === 0 ? 'new' : 'old')),
    number: range(100, (i) => String(i)),
  });
const sales = (complete = true) =>
  table(
    'transactions',
    'transactions',
    {
      transaction_id: range(400, (i) => `T${i}`),
      customer_id: range(400, (i) => (i < 8 ? null : i < 12 ? 'X' : `C${i % 100}`)),
      buyer: range(400, (i) => `C${i % 90}`),
      items: range(400, (i) => String(i % 6)),
    },
    complete,
  );

test('joins are suggested by names and contents, with their evidence', async () => {
  const found = await suggestJoins(engine, [await people(), await sales()], []);
  expect(found.map(({ evidence }) => evidence)).toEqual([
    '400 of 400 transactions’ buyer are found among customers’ customer_id',
    '388 of 392 transactions’ customer_id are found among customers',
  ]);
  expect(found[1]?.join).toEqual({
    from: { source: 'transactions', columns: ['customer_id'] },
    to: { source: 'customers', columns: ['customer_id'] },
    cardinality: 'many-to-one',
  });
});

test('a part of the rows says so, and what is joined already is not suggested', async () => {
  const tables = [await people(), await sales(false)];
  const all = await suggestJoins(engine, tables, []);
  expect(all[0]?.evidence).toMatch(/ in the sample$/);
  const joined = all.map(({ join }, i) => ({ ...join, id: String(i) }));
  expect(await suggestJoins(engine, tables, joined)).toEqual([]);
});

test('two tables of the same things are joined once, one to one', async () => {
  const people1 = await people();
  const more = await table('addresses', 'other', { customer_id: range(100, (i) => `C${99 - i}`) });
  const found = await suggestJoins(engine, [people1, more], []);
  expect(found.map(({ join }) => [join.from.source, join.to.source, join.cardinality])).toEqual([
    ['addresses', 'customers', 'one-to-one'],
  ]);
});

test('names agree by the owner that they tell', () => {
  const to = { name: 'customers.csv', role: 'customers' } as const;
  expect(namesAgree('Customer ID', to, 'customer_id')).toBe(true);
  expect(namesAgree('customer_id', to, 'id')).toBe(true);
  expect(namesAgree('customer', to, 'id')).toBe(true);
  expect(namesAgree('items', to, 'id')).toBe(false);
  expect(namesAgree('order_id', to, 'id')).toBe(false);
});
