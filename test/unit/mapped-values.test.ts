import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { traceQuery } from '../../shared/compile/duckdb';
import type { PlanTable } from '../../shared/compile/plan';
import { render } from '../../shared/compile/render';
import { compileSpark } from '../../shared/compile/spark';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { csvDialectSchema } from '../../shared/document/dialect';
import { column } from '../../shared/expression/expression';
import { keyExpression, keyOf, MOST_ENTRIES } from '../../shared/operations/carried-table';
import { findOperation } from '../../shared/operations/registry';
import { texts } from '../conformance/corpus';
import { ruleSetOf } from '../conformance/rule-sets';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();

/** Messages of the faults of an operation's parameters. */
function faults(id: string, parameters: unknown): string[] {
  const result = findOperation(id)?.parameters.safeParse(parameters);
  return result?.success
    ? []
    : (result?.error?.issues.map(({ message }) => message) ?? ['no such operation']);
}

test.each([
  { ignoreCase: false, trim: false },
  { ignoreCase: true, trim: false },
  { ignoreCase: false, trim: true },
  { ignoreCase: true, trim: true },
])('a key in the table is what the engine makes of the same text: %o', async (settings) => {
  const sql = render(keyExpression(column('c0'), settings), 'duckdb');
  const all = texts.filter((text) => text.length < 10_000);
  const values = all.map((text, i) => `(${i}, ${quote.text(text)})`).join(', ');
  // Compared in the engine: clients drop a leading U+FEFF.
  const expected = all.map((text, i) => `(${i}, ${quote.text(keyOf(text, settings))})`).join(', ');
  const differing = await rowsOf(
    `SELECT a.i FROM (VALUES ${values}) a(i, c0) JOIN (VALUES ${expected}) e(i, key) ON a.i = e.i WHERE ${sql} IS DISTINCT FROM e.key`,
  );
  expect(differing.map(([i]) => all[Number(i)])).toEqual([]);
});

test('a map may hold every awkward text, as a value and as what it becomes', async () => {
  const short = texts.filter((text) => text.length < 500);
  const map = short.map((from, i) => ({ from, to: short[(i + 1) % short.length] ?? null }));
  const step = {
    operation: 'map-values',
    columns: ['a'],
    parameters: { map, ignoreCase: false, trim: false },
  };
  const plan = compilePlan(ruleSetOf('awkward', [step]), ['a']);
  const source = `(VALUES ${short.map((text, i) => `(${i}, ${quote.text(text)})`).join(', ')}) v(r, c0)`;
  const trace = traceQuery(plan, { source, lookups: [], survivors: false });
  const expected = map.map(({ to }, i) => `(${i}, ${quote.text(to)})`).join(', ');
  const differing = await rowsOf(
    `SELECT t.r FROM (${trace}) t JOIN (VALUES ${expected}) e(i, o) ON t.r = e.i WHERE t.${plan.output[0]?.id} IS DISTINCT FROM e.o`,
  );
  expect(differing).toEqual([]);
  expect(await rowsOf(`SELECT count(*) FROM (${trace})`)).toEqual([[BigInt(short.length)]]);
});

test('several columns share one table in the plan for Spark', () => {
  const parameters = { map: [{ from: 'a', to: 'b' }] };
  const steps = [{ operation: 'map-values', columns: ['x', 'y'], parameters }];
  const plan = compileSpark(
    compilePlan(ruleSetOf('two', steps), ['x', 'y']),
    csvDialectSchema.parse({ format: 'csv' }),
  );
  expect(plan.tables).toEqual<PlanTable[]>([{ keys: 1, rows: [['a', 'b']] }]);
  expect(plan.stages.filter(({ kind }) => kind === 'join')).toHaveLength(2);
});

test('maps that mean two things, or are too large, are refused', () => {
  const twice = [
    { from: 'Ann', to: '1' },
    { from: ' ANN\u00a0', to: '2' },
  ];
  expect(faults('map-values', { map: twice })).toEqual(['entry 2 maps the same value as entry 1']);
  expect(faults('map-values', { map: twice, trim: false })).toEqual([]);
  expect(faults('map-values', { map: [] })).toHaveLength(1);
  const many = Array.from({ length: MOST_ENTRIES + 1 }, (_, i) => ({ from: `${i}`, to: '' }));
  expect(faults('map-values', { map: many })).toHaveLength(1);
  expect(faults('map-values', { map: many.slice(1) })).toEqual([]);
  const long = Array.from({ length: 1100 }, (_, i) => ({ from: `${i}`, to: 'x'.repeat(1000) }));
  expect(faults('map-values', { map: long })).toEqual([
    'may hold at most 10,000 entries and a million characters',
  ]);
  expect(faults('map-values', { map: [{ from: '\ud800', to: '' }] })).toHaveLength(1);
});

const table = { columns: ['k', 'v'], rows: [['1', 'a'] as (string | null)[]] };
const sound = { table, on: [{ column: 'c', equals: 'k' }], take: [{ from: 'v', into: 'w' }] };
test.each([
  [
    'a key that comes twice',
    {
      ...table,
      rows: [
        ['1', 'a'],
        [' 1', 'b'],
      ],
    },
    'rows 1 and 2 have the same key',
  ],
  ['a missing key', { ...table, rows: [[null, 'a']] }, 'row 1 has no key'],
  ['a row too short', { ...table, rows: [['1']] }, 'row 1 has 1 cells where the table has 2 columns'],
  [
    'columns of one name',
    { columns: ['k', 'k'], rows: [['1', 'a']] },
    'two columns of the table have the same name',
  ],
])('a reference table is refused for %s', (_, broken, message) => {
  expect(faults('lookup', sound)).toEqual([]);
  expect(faults('lookup', { ...sound, table: broken })).toContain(message);
});

test('a lookup names columns of its table', () => {
  expect(faults('lookup', { ...sound, on: [{ column: 'c', equals: 'x' }] })).toEqual([
    'the table has no column “x”',
  ]);
  expect(faults('lookup', { ...sound, take: [{ from: 'x', into: 'w' }] })).toEqual([
    'the table has no column “x”',
  ]);
  const twice = [
    { from: 'v', into: 'w' },
    { from: 'k', into: 'w' },
  ];
  expect(faults('lookup', { ...sound, take: twice })).toEqual(['two columns are taken into the same one']);
});

test('filling needs what to fill with', () => {
  expect(faults('fill-missing', { with: 'constant' })).toEqual(['say what to fill in']);
  expect(faults('fill-missing', { with: 'column' })).toEqual(['choose the column to fill from']);
  expect(faults('fill-missing', { with: 'constant', value: '' })).toEqual([]);
});
