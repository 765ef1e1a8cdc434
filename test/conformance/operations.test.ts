import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { operations } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { answerLookups } from './answer';
import { openHost, openWasm } from './engines';
import { ruleSetOf } from './rule-sets';
import { type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runOnDuckdb, runOnSparkServer } from './trace';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const told = ({ rows }: Outcome) => rows.map((row) => ('left' in row ? { left: row.left } : row));

test('the preview and the host run the same DuckDB', () => {
  expect(wasm.version).toBe(native.version);
});

describe.each(operations.map((one) => [one.id, one] as const))('%s', (_, operation) => {
  test('has an example with an awkward case', () => {
    expect(operation.examples.length).toBeGreaterThan(0);
  });

  test.each(operation.examples.map((one) => [one.title, one] as const))('%s', async (_title, example) => {
    const plan = compilePlan(
      ruleSetOf(operation.id, [{ ...example, operation: operation.id }]),
      example.header,
    );
    const outcomes = {
      wasm: await runOnDuckdb(wasm, plan, example.rows, answerLookups),
      native: await runOnDuckdb(native, plan, example.rows, answerLookups),
      spark: await runOnSparkServer(spark, plan, example.rows, { partitions: 3, seed: 7 }),
    };
    for (const [engine, outcome] of Object.entries(outcomes)) {
      expect(told(outcome), engine).toEqual(example.expected);
      expect(outcome.measures, engine).toEqual(outcomes.native.measures);
    }
  });
});
