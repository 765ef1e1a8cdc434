import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { lookupsOf, rowOrder, traceQuery } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { validateRuleSet } from '../../shared/document/project';
import type { RuleSet } from '../../shared/document/rule-set';
import { operations } from '../../shared/operations/registry';

const connection = await (await DuckDBInstance.create(':memory:')).connect();

for (const operation of operations) {
  for (const example of operation.examples) {
    const ruleSet: RuleSet = validateRuleSet(
      {
        format: 'dataharmonize/ruleset',
        version: 1,
        name: 'x',
        steps: [
          { id: 's1', operation: operation.id, columns: example.columns, parameters: example.parameters },
        ],
      },
      'x.json',
    );
    const plan = compilePlan(ruleSet, example.header);
    // Lookups are answered outside the engine: the conformance tests do that.
    if (lookupsOf(plan).length > 0) continue;
    test(`${operation.id}: ${example.title}`, async () => {
      const rows = example.rows.map((row, i) => `(${[String(i + 1), ...row.map(quote.text)].join(', ')})`);
      const source = `(VALUES ${rows.join(', ')}) v(${['r', ...example.header.map((_, i) => `c${i}`)].join(', ')})`;
      const reader = await connection.runAndReadAll(
        `SELECT * FROM (${traceQuery(plan, { source, lookups: [], survivors: true })}) ORDER BY ${rowOrder(plan)}`,
      );
      const names = reader.columnNames();
      const got = reader.getRows().map((row) => {
        const f = row[names.indexOf('f')];
        const action = f === null ? null : plan.actions[Number(f)];
        if (action)
          return { left: action.kind === 'merge' ? 'merged' : action.kind === 'leave' ? action.fate : '?' };
        return plan.output.map(({ id }) => row[names.indexOf(id)]);
      });
      expect(got).toEqual(example.expected);
    });
  }
}
