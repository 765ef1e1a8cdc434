import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { cellsIn } from './agreement';
import { answerLookups } from './answer';
import { openHost, openWasm } from './engines';
import { asExpected, exampleCases, examplesOnSpark, expectedColumns } from './examples';
import { figuresOf } from './figures';
import { type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runOnDuckdb } from './trace';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
let onSpark: (Outcome | Error)[];
const figures = figuresOf();
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
  onSpark = await examplesOnSpark(spark);
});
afterAll(async () => {
  figures.write('examples');
  await Promise.all([wasm?.close(), native?.close(), spark?.close()]);
});

test('the preview and the host run the same DuckDB', () => {
  expect(wasm.version).toBe(native.version);
});

test.each(operations.map((one) => [one.id, one] as const))('%s has an example', (_id, { examples }) => {
  expect(examples.length).toBeGreaterThan(0);
});

describe.each(exampleCases.map((one, at) => [one.operation, one.example.title, { ...one, at }] as const))(
  '%s: %s',
  (operation, _title, { example, plan, at }) => {
    test('means what it says on every engine', async () => {
      const production = onSpark[at];
      if (production instanceof Error) throw production;
      const outcomes = {
        native: await runOnDuckdb(native, plan, example.rows, answerLookups),
        'duckdb-wasm': await runOnDuckdb(wasm, plan, example.rows, answerLookups),
        Spark: production ?? { columns: [], rows: [], from: [], measures: {} },
      };
      figures.part(operation);
      for (const [engine, outcome] of Object.entries(outcomes)) {
        const found = asExpected(outcome);
        const differences = found.filter(
          (row, r) => JSON.stringify(row) !== JSON.stringify(example.expected[r]),
        );
        figures.count(engine, { cells: cellsIn(outcome), differences: differences.length });
        expect(found, engine).toEqual(example.expected);
        expect(outcome.columns, engine).toEqual(expectedColumns(example, outcome));
        expect(outcome.from, engine).toEqual(example.from ?? example.rows.map((_, row) => row));
        expect(outcome.measures, engine).toEqual(outcomes.native.measures);
        expect(outcome.rows, engine).toEqual(outcomes.native.rows);
      }
    });
  },
);
