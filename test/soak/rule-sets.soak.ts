import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import type { Plan } from '../../shared/compile/plan';
import { isFault } from '../../shared/contract/errors';
import type { Engine } from '../../shared/ports/engine';
import { record } from '../bench/record.mjs';
import { answerLookups } from '../conformance/answer';
import { rows } from '../conformance/corpus';
import { openHost, openWasm } from '../conformance/engines';
import { ruleSetOf, type StepGiven } from '../conformance/rule-sets';
import { type SparkServer, startSparkServer } from '../conformance/spark-server';
import { type Outcome, runOnDuckdb, runOnSparkServer } from '../conformance/trace';
import { anySteps, HEADER } from './random-rules';

const SETS = Number(process.env.SOAK_SETS ?? 400);
const ON_SPARK = Number(process.env.SOAK_SPARK_SETS ?? 40);
const SEED = Number(process.env.SOAK_SEED ?? 2026);
const LONGEST = 5000;

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

// A third of the rows twice, so that deduplicating has something to do.
const brief = rows.filter((row) => row.every((cell) => (cell?.length ?? 0) <= LONGEST));
const input = [...brief, ...brief.filter((_, i) => i % 3 === 0)];

/** Which of two rows alike in everything stays is open, so rows that were merged are compared as a whole. */
function comparable({ rows: found, measures }: Outcome, grouped: boolean): string {
  const told = found.map((row, r) => JSON.stringify([row, input[r]]));
  return JSON.stringify([grouped ? told.sort() : told, measures]);
}

function planOf(steps: readonly StepGiven[]): Plan | null {
  try {
    return compilePlan(ruleSetOf('random', steps), [...HEADER]);
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}

test('random rule sets mean the same on every engine', async () => {
  const since = performance.now();
  const sets = fc.sample(anySteps, { seed: SEED, numRuns: SETS });
  const every = Math.max(1, Math.floor(SETS / ON_SPARK));
  const tally = { refused: 0, steps: 0, wasm: 0, spark: 0, changed: 0, left: 0 };
  const differing: string[] = [];
  for (const [i, steps] of sets.entries()) {
    const plan = planOf(steps);
    if (i % 20 === 0) {
      const seconds = Math.round((performance.now() - since) / 1000);
      console.log(`${i} of ${SETS} rule sets after ${seconds} s, ${differing.length} differ`);
    }
    if (!plan) {
      tally.refused++;
      continue;
    }
    const grouped = steps.some((one) => one.operation === 'deduplicate');
    const expected = await runOnDuckdb(native, plan, input, answerLookups);
    const told = comparable(expected, grouped);
    tally.steps += steps.length;
    tally.left += expected.rows.filter((row) => 'left' in row).length;
    tally.changed += Object.entries(expected.measures)
      .filter(([name]) => name.startsWith('changed'))
      .reduce((sum, [, count]) => sum + count, 0);
    const preview = await runOnDuckdb(wasm, plan, input, answerLookups);
    tally.wasm++;
    if (comparable(preview, grouped) !== told) differing.push(`preview: ${JSON.stringify(steps)}`);
    if (i % every !== 0) continue;
    const production = await runOnSparkServer(spark, plan, input, { partitions: 3, seed: i });
    tally.spark++;
    if (comparable(production, grouped) !== told) differing.push(`Spark: ${JSON.stringify(steps)}`);
  }
  for (const one of differing) console.error(one);
  record('soak', 'rule-sets', {
    title: 'Random rule sets on awkward cells: native DuckDB, duckdb-wasm and Spark',
    conditions: {
      ...{ 'random seed': String(SEED), 'rule sets': SETS, 'rows each': input.length },
      ...{ duckdb: native.version, 'duckdb-wasm': wasm.version, spark: spark.version },
    },
    rows: [
      { engine: 'duckdb-wasm', 'rule sets compared': tally.wasm, differing: count(differing, 'preview') },
      { engine: 'Spark', 'rule sets compared': tally.spark, differing: count(differing, 'Spark') },
    ],
    findings: {
      'steps in all': tally.steps,
      'cells changed by them': tally.changed,
      'rows that left by them': tally.left,
      'rule sets refused by the compiler': tally.refused,
      seconds: Math.round((performance.now() - since) / 1000),
    },
  });
  expect(differing.slice(0, 5)).toEqual([]);
  expect(tally.refused).toBeLessThan(SETS / 4);
});

const count = (told: readonly string[], engine: string) =>
  told.filter((one) => one.startsWith(engine)).length;
