import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { record } from '../bench/record.mjs';
import { cellsIn, disagreement, type Ran, shuffled } from '../conformance/agreement';
import { answerLookups } from '../conformance/answer';
import { openHost, openWasm } from '../conformance/engines';
import { figuresOf } from '../conformance/figures';
import { build, drawnRules, type Generated } from '../conformance/generate/rule-sets';
import { type SparkServer, startSparkServer } from '../conformance/spark-server';
import { runAllOnSparkServer, runOnDuckdb } from '../conformance/trace';

/** `npm run soak rule-sets sets=5000 from=0 minutes=120`: the n-th rule set is the same in every run of a seed. */
const given = (name: string, usual: number) => Number(process.env[`SOAK_${name}`] ?? usual);
const [SETS, FROM, SEED, MINUTES] = [
  given('SETS', 5000),
  given('FROM', 0),
  given('SEED', 2026),
  given('MINUTES', 240),
];
/** One of so many runs on a Spark too; 0 for none. */
const EVERY = { 'Spark 3': given('SPARK', 10), 'Spark 4': given('SPARK4', 40) } as const;
const PARTITIONS = [1, 3, 8] as const;
const CHUNK = 40;

type Line = keyof typeof EVERY;
type Numbered = { readonly at: number; readonly given: Generated; readonly expected: Ran };
let wasm: Engine;
let native: Engine;
const sparks = new Map<Line, SparkServer>();
beforeAll(async () => {
  [wasm, native] = await Promise.all([openWasm(), openHost()]);
  if (EVERY['Spark 3'] > 0) sparks.set('Spark 3', await startSparkServer(3));
  if (EVERY['Spark 4'] > 0) sparks.set('Spark 4', await startSparkServer(4));
});
afterAll(async () => {
  await Promise.all([wasm, native, ...sparks.values()].map((one) => one?.close()));
});

const rules = drawnRules({ steps: 10, least: 60, most: 250 });
const figures = figuresOf();
const differing: string[] = [];

function compare(engine: string, one: Numbered, found: Ran | Error): void {
  const differences = disagreement(one.given.plan, one.expected, found);
  figures.count(engine, { cells: cellsIn(one.expected.outcome), differences: differences.length });
  if (differences.length === 0) return;
  const { steps, plan } = one.given;
  differing.push(
    `rule set ${one.at}, ${engine}: ${differences[0]}\n${JSON.stringify({ input: plan.input, steps })}`,
  );
  console.error(differing.at(-1));
}

async function compareOnDuckdb(at: number, one: Generated): Promise<Numbered> {
  const run = async (engine: Engine, rows: Generated['rows']): Promise<Ran> => ({
    rows,
    outcome: await runOnDuckdb(engine, one.plan, rows, answerLookups),
  });
  const numbered = { at, given: one, expected: await run(native, one.rows) };
  const rows = shuffled(one.rows, at + 1);
  compare('native, shuffled', numbered, await run(native, rows));
  compare('duckdb-wasm', numbered, await run(wasm, rows));
  figures.part(...one.steps.map((step) => step.operation));
  return numbered;
}

async function compareOnSpark(line: Line, spark: SparkServer, chunk: readonly Numbered[]): Promise<void> {
  const picked = chunk.filter(({ at }) => at % EVERY[line] === 0);
  const outcomes = await runAllOnSparkServer(
    spark,
    picked.map(({ at, given: { plan, rows } }) => {
      const partitions = PARTITIONS[Math.floor(at / EVERY[line]) % PARTITIONS.length] ?? 1;
      return { plan, rows, partitions, seed: at };
    }),
  );
  for (const [i, one] of picked.entries()) {
    const outcome = outcomes[i] ?? new Error('Spark gave no answer.');
    compare(line, one, outcome instanceof Error ? outcome : { rows: one.given.rows, outcome });
  }
}

test('generated rule sets mean the same on every engine', async () => {
  const since = performance.now();
  const minutes = () => (performance.now() - since) / 60_000;
  const tally = { built: 0, steps: 0, left: 0 };
  let at = FROM - (FROM % CHUNK);
  for (; at < FROM + SETS && minutes() < MINUTES; at += CHUNK) {
    const chunk: Numbered[] = [];
    for (const [i, drawn] of fc.sample(rules, { seed: SEED + at, numRuns: CHUNK }).entries()) {
      const built = build(drawn, { hostile: i % 8 === 7 });
      if (!built) continue;
      const numbered = await compareOnDuckdb(at + i, built);
      chunk.push(numbered);
      tally.built++;
      tally.steps += built.steps.length;
      tally.left += numbered.expected.outcome.rows.filter((row) => 'left' in row).length;
    }
    for (const [line, spark] of sparks) await compareOnSpark(line, spark, chunk);
    console.log(`${at + CHUNK} rule sets after ${minutes().toFixed(1)} minutes, ${differing.length} differ`);
  }
  const versions = [...sparks].map(([line, { version }]) => [line, version]);
  record('soak', 'rule-sets', {
    title: 'Generated rule sets: native DuckDB, duckdb-wasm and Spark',
    conditions: {
      ...{ seed: String(SEED), 'from rule set': FROM, 'to rule set': at - 1 },
      ...{ duckdb: native.version, 'duckdb-wasm': wasm.version, ...Object.fromEntries(versions) },
    },
    rows: Object.entries(figures.engines).map(([engine, { cases, cells, differences }]) => ({
      engine,
      ...{ 'rule sets compared': cases, 'cells compared': cells, differences },
    })),
    findings: {
      ...{
        operations: figures.took.length,
        'steps in all': tally.steps,
        'rows that left by them': tally.left,
      },
      minutes: Number(minutes().toFixed(1)),
    },
    notes: differing.map((one) => one.slice(0, 2000)),
  });
  if (at < FROM + SETS) console.log(`Time is up. To go on:  npm run soak rule-sets from=${at}`);
  expect(differing.slice(0, 3)).toEqual([]);
  if (tally.built > 200) expect(figures.took).toEqual(operations.map((one) => one.id).sort());
});
