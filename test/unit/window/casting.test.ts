import { expect, test } from 'vitest';
import { proposeCasting } from '../../../renderer/analysis/run-ready';
import type { WorkspaceSource } from '../../../renderer/analysis/workspace';
import type { AnyAnalysis } from '../../../shared/analysis/registry';
import { spend } from '../../../shared/analysis/spend/spend';

const source = (id: 'customers' | 'transactions', rawColumns: string[]) =>
  ({
    source: { id, name: `${id}.csv`, role: id },
    rawColumns,
    columns: rawColumns,
  }) as unknown as WorkspaceSource;
const sources = [
  source('customers', ['customer_id', 'account', 'segment']),
  source('transactions', ['customer', 'account', 'amount']),
];
const analysis = spend as unknown as AnyAnalysis;
const join = (from: string, to: string) => ({
  id: 'j',
  from: { source: 'transactions', columns: [from] },
  to: { source: 'customers', columns: [to] },
  cardinality: 'many-to-one' as const,
});
const keys = (joins: Parameters<typeof proposeCasting>[2]) => {
  const cast = proposeCasting(analysis, sources, joins);
  return [cast.transactions?.columns.customer, cast.customers?.columns.id, cast.customers?.columns.group];
};

test('an analysis takes the project’s key rather than usual names, where its columns are there', () => {
  expect(keys([])).toEqual(['customer', 'customer_id', 'segment']);
  expect(keys([join('account', 'account')])).toEqual(['account', 'account', 'segment']);
  expect(keys([join('renamed', 'account')])).toEqual(['customer', 'account', 'segment']);
});
