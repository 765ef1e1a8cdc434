import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../shared/ports/engine';
import { record } from '../bench/record.mjs';
import { cellsIn, disagreement } from '../conformance/agreement';
import { answerLookups } from '../conformance/answer';
import { awkwardRows } from '../conformance/corpus';
import { awkwardCases } from '../conformance/corpus-cases';
import { openHost } from '../conformance/engines';
import { type SparkServer, startSparkServer } from '../conformance/spark-server';
import { runAllOnSparkServer, runOnDuckdb } from '../conformance/trace';

/** `npm run soak spark4 from=0 cases=1000`: what `npm test` asks of Spark 3 alone. */
const FROM = Number(process.env.SOAK_FROM ?? 0);
const CASES = Number(process.env.SOAK_CASES ?? 1000);

let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [native, spark] = await Promise.all([openHost(), startSparkServer(4)]);
});
afterAll(() => Promise.all([native?.close(), spark?.close()]));

test('every operation answers alike on Spark 4 for every awkward cell', async () => {
  const since = performance.now();
  const rows: { steps: string; cells: number; differences: number }[] = [];
  const differing: string[] = [];
  const all = awkwardCases();
  for (const [i, { name, plan }] of all.slice(FROM, FROM + CASES).entries()) {
    const input = awkwardRows(plan.input.length);
    const expected = await runOnDuckdb(native, plan, input, answerLookups);
    const [found = new Error('Spark gave no answer.')] = await runAllOnSparkServer(spark, [
      { plan, rows: input, partitions: 3, seed: i },
    ]);
    const ran = found instanceof Error ? found : { rows: input, outcome: found };
    const differences = disagreement(plan, { rows: input, outcome: expected }, ran);
    differing.push(...differences.map((one) => `${name}: ${one}`));
    rows.push({ steps: name, cells: cellsIn(expected), differences: differences.length });
    console.log(`${FROM + i + 1} of ${all.length}: ${name}, ${differences.length} differ`);
  }
  record('soak', 'spark4', {
    title: 'Awkward cells through every operation, native DuckDB and Spark 4',
    conditions: { duckdb: native.version, spark: spark.version, from: FROM },
    rows,
    findings: {
      'cells compared': rows.reduce((sum, { cells }) => sum + cells, 0),
      seconds: Math.round((performance.now() - since) / 1000),
    },
    notes: differing.map((one) => one.slice(0, 1000)),
  });
  expect(differing.slice(0, 5)).toEqual([]);
});
