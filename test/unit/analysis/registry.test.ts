import { expect, test } from 'vitest';
import { proposeBindings } from '../../../shared/analysis/bindings';
import { analyses, findAnalysis } from '../../../shared/analysis/registry';
import { rfm } from '../../../shared/analysis/rfm/rfm';

test('each analysis is found by its id, and its charts draw columns that its results have', () => {
  expect(new Set(analyses.map(({ id }) => id)).size).toBe(analyses.length);
  for (const one of analyses) {
    expect(findAnalysis(one.id)).toBe(one);
    for (const { chart, columns } of [...one.results, ...(one.comparison?.results ?? [])]) {
      const names = columns.map(({ name }) => name);
      for (const [key, name] of Object.entries(chart ?? {}))
        if (key !== 'kind') expect(names).toContain(name);
    }
  }
  expect(findAnalysis('nothing')).toBeUndefined();
});

test('proposes the tables and columns of the sample shop', () => {
  const proposed = proposeBindings(rfm.inputs, [
    { table: 'e', role: 'events', columns: ['event_id'] },
    {
      table: 't',
      role: 'transactions',
      columns: ['Transaction ID', 'customer_id', 'time', 'amount', 'status'],
    },
    { table: 'c', role: 'customers', columns: ['Customer-Id', 'full name'] },
  ]);
  expect(proposed).toEqual({
    customers: { table: 'c', columns: { id: 'Customer-Id' } },
    transactions: {
      table: 't',
      columns: {
        customer: 'customer_id',
        time: 'time',
        amount: 'amount',
        status: 'status',
        id: 'Transaction ID',
      },
    },
  });
});
