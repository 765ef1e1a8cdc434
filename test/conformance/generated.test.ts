import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { cellsIn, disagreement, type Ran, shuffled } from './agreement';
import { answerLookups } from './answer';
import { openHost, openWasm } from './engines';
import { figuresOf } from './figures';
import { build, type Drawn, drawnRules, type Generated } from './generate/rule-sets';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { runAllOnSparkServer, runOnDuckdb } from './trace';

const SEED = 20_261_123;
const RULE_SETS = 300;
const ON_SPARK = 30;
const PARTITIONS = [1, 3, 8] as const;
/** Spark takes long to plan more; the soak has those too. */
const MOST_ACTIONS = 40;
/** Past this a failure is not made any smaller. */
const LONGEST_MS = 1_500_000;

let wasm: Engine;
let native: Engine;
const figures = figuresOf();
beforeAll(async () => {
  [wasm, native] = await Promise.all([openWasm(), openHost()]);
});
afterAll(async () => {
  figures.write('generated rule sets');
  await Promise.all([wasm?.close(), native?.close()]);
});

const rules = drawnRules({ steps: 8, least: 40, most: 100 });
const settings = { seed: SEED, interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: true };

async function onDuckdb(engine: Engine, { plan }: Generated, rows: readonly Cells[]): Promise<Ran> {
  return { rows, outcome: await runOnDuckdb(engine, plan, rows, answerLookups) };
}

/** Compares a run with the native one, counts it, and tells what differs together with the rule set. */
function compared(engine: string, { plan, steps }: Generated, expected: Ran, found: Ran | Error): string[] {
  const differences = disagreement(plan, expected, found);
  figures.count(engine, { cells: cellsIn(expected.outcome), differences: differences.length });
  return differences.map((one) => `${engine}: ${one}\n${JSON.stringify({ input: plan.input, steps })}`);
}

test(`${RULE_SETS} generated rule sets mean the same on both DuckDBs, whatever the order of rows`, async () => {
  let seed = 0;
  const agrees = fc.asyncProperty(rules, async (drawn) => {
    const given = build(drawn);
    fc.pre(given !== null);
    figures.part(...given.steps.map((one) => one.operation));
    const expected = await onDuckdb(native, given, given.rows);
    const rows = shuffled(given.rows, ++seed);
    expect([
      ...compared('native', given, expected, await onDuckdb(native, given, rows)),
      ...compared('duckdb-wasm', given, expected, await onDuckdb(wasm, given, rows)),
    ]).toEqual([]);
  });
  await fc.assert(agrees, { ...settings, numRuns: RULE_SETS });
  expect(figures.took).toEqual(operations.map((one) => one.id).sort());
});

describe('on Spark', () => {
  let spark: SparkServer;
  beforeAll(async () => {
    spark = await startSparkServer();
  });
  afterAll(() => spark?.close());

  /** A run on Spark for each, partition counts in turn, rows shuffled; what differs from native. */
  async function differencesOnSpark(drawn: readonly Generated[]): Promise<string[][]> {
    const cases = drawn.map(({ plan, rows }, i) => {
      const partitions = PARTITIONS[i % PARTITIONS.length] ?? 1;
      return { plan, rows, partitions, seed: i };
    });
    const outcomes = await runAllOnSparkServer(spark, cases);
    const found: string[][] = [];
    for (const [i, given] of drawn.entries()) {
      const expected = await onDuckdb(native, given, given.rows);
      const outcome = outcomes[i] ?? new Error('Spark gave no answer.');
      found.push(
        compared(
          'Spark',
          given,
          expected,
          outcome instanceof Error ? outcome : { rows: given.rows, outcome },
        ),
      );
    }
    return found;
  }

  test(`${ON_SPARK} of them mean the same, whatever the partitions`, async () => {
    const sampled = fc.sample(rules, { seed: SEED, numRuns: RULE_SETS });
    const made = sampled.flatMap((drawn, at) => {
      const given = build(drawn);
      return given ? [{ at, given }] : [];
    });
    const brief = made.filter(({ given }) => given.plan.actions.length <= MOST_ACTIONS);
    const every = Math.floor(brief.length / ON_SPARK);
    const picked = brief.filter((_, i) => i % every === 0).slice(0, ON_SPARK);
    const found = await differencesOnSpark(picked.map(({ given }) => given));
    const failed = picked.find((_, i) => (found[i]?.length ?? 0) > 0);
    if (failed) await smallest(failed.at);
    expect(found.flat()).toEqual([]);
    expect(picked).toHaveLength(ON_SPARK);
  });

  /** Throws fast-check's account of the smallest rule set that differs on Spark, from the one at a place on. */
  async function smallest(at: number): Promise<void> {
    const agrees = fc.asyncProperty(rules, async (drawn: Drawn) => {
      const given = build(drawn);
      fc.pre(given !== null);
      expect((await differencesOnSpark([given])).flat()).toEqual([]);
    });
    await fc.assert(agrees, { ...settings, path: String(at), numRuns: 1 });
  }
});
