import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { partQuery } from '../../shared/compile/duckdb';
import { compileSpark } from '../../shared/compile/spark';
import type { SparkStage } from '../../shared/compile/spark-stages';
import { csvDialectSchema } from '../../shared/document/dialect';
import { ruleSetOf } from '../conformance/rule-sets';

// Engines happen to keep the order of rows that tie, so that no answer of theirs shows what is missing here.
const split = { operation: 'explode', columns: ['tags'], parameters: { separator: ';' } };
const merge = {
  operation: 'merge-duplicates',
  columns: [],
  parameters: { keys: ['id'], survivorship: [{ column: 'tags', rule: 'longest' }] },
};
const plan = compilePlan(ruleSetOf('ties', [split, merge]), ['id', 'tags']);
const ordinal = plan.actions.flatMap((one) => (one.kind === 'explode' ? [one.id] : []))[0] ?? '';

test('on Spark, parts of one row that tie go by their place in it', () => {
  const { stages } = compileSpark(plan, csvDialectSchema.parse({ format: 'csv' }));
  const ordered = stages.filter((one): one is Extract<SparkStage, { kind: 'rank' | 'first' }> =>
    ['rank', 'first'].includes(one.kind),
  );
  expect(new Set(ordered.map(({ kind }) => kind))).toEqual(new Set(['rank', 'first']));
  for (const { orderBy } of ordered)
    expect(orderBy.at(-1)).toEqual({ sql: `\`${ordinal}\``, direction: 'ascending', nulls: 'last' });
});

test('on DuckDB, too', () => {
  const query = partQuery(plan, [...plan.actions.keys()], { source: 'rows', lookups: [], survivors: false });
  const orders = [...query.matchAll(/ORDER BY ([^()]*)/g)].map((found) => found[1] ?? '');
  const ties = orders.filter((one) => one.includes('"c0" ASC NULLS LAST'));
  expect(ties.length).toBeGreaterThan(0);
  for (const one of ties) expect(one).toContain(`"c1" ASC NULLS LAST, "${ordinal}" ASC`);
});
