import { expect, test } from 'vitest';
import { proposeChart, sqlChart } from '../../../renderer/analysis/sql-chart';
import { distinctNames, tableNames } from '../../../renderer/analysis/table-names';
import { suggestPaths, withEnding } from '../../../renderer/publish/paths';
import { roleOf } from '../../../renderer/sources/role-field';

test('tables are named after their sources, never two alike', () => {
  const names = tableNames([
    { id: 'a', name: 'Customers 2026.csv' },
    { id: 'b', name: 'customers-2026.parquet' },
    { id: 'c', name: 'customers_2026_raw.csv' },
    { id: 'd', name: '2026.csv' },
    { id: 'e', name: '…' },
  ]);
  const all = [...names.values()].flatMap((one) => Object.values(one));
  expect(new Set(all).size).toBe(all.length);
  expect(names.get('a')).toEqual({
    clean: 'customers_2026',
    raw: 'customers_2026_raw',
    merged: 'customers_2026_merged',
    rows: 'customers_2026_rows',
  });
  expect(names.get('d')?.clean).toBe('t2026');
});

test('columns that DuckDB cannot tell apart are numbered', () => {
  expect(distinctNames(['Email', 'email', 'EMAIL', '', 'email_2'])).toEqual([
    'Email',
    'email_2',
    'EMAIL_3',
    'column',
    'email_2_2',
  ]);
});

test('a chart is proposed where there are names and numbers', () => {
  const result = (types: [string, boolean][], rows = 3) => ({
    columns: types.map(([type, numeric], i) => ({ name: `c${i}`, type, numeric })),
    values: types.map(() => Array(rows).fill('1')),
    rows,
    more: false,
    seconds: 0,
  });
  expect(
    proposeChart(
      result([
        ['VARCHAR', false],
        ['BIGINT', true],
      ]),
    ),
  ).toEqual({
    kind: 'bar',
    category: 0,
    value: 1,
  });
  expect(
    proposeChart(
      result(
        [
          ['DATE', false],
          ['DOUBLE', true],
        ],
        20,
      ),
    )?.kind,
  ).toBe('line');
  expect(
    proposeChart(
      result([
        ['VARCHAR', false],
        ['VARCHAR', false],
      ]),
    ),
  ).toBeNull();
  const many = sqlChart(
    result(
      [
        ['VARCHAR', false],
        ['BIGINT', true],
      ],
      100,
    ),
    { kind: 'bar', category: 0, value: 1 },
  );
  expect(many.kind === 'bar' && many.categories.length).toBe(30);
});

test('outputs lie beside the project and carry their format', () => {
  expect(suggestPaths('/data/shop.dhz', 'in/customers.csv', 'parquet')).toEqual({
    output: '/data/customers.clean.parquet',
    rejects: '/data/customers.rejects.parquet',
    report: '/data/customers.report.json',
  });
  expect(suggestPaths('/data/shop.dhz', 'in/log.jsonl.snappy', 'jsonl').output).toBe('/data/log.clean.jsonl');
  expect(withEnding('/data/a.clean.csv', 'jsonl')).toBe('/data/a.clean.jsonl');
});

test('what a file holds is guessed from its name', () => {
  expect(['Clients.csv', 'orders-2026.csv', 'clicks.jsonl', 'x.csv'].map(roleOf)).toEqual([
    'customers',
    'transactions',
    'events',
    'other',
  ]);
});
