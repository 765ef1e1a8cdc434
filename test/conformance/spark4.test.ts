import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../shared/ports/engine';
import { cellsIn } from './agreement';
import { answerLookups } from './answer';
import { openHost } from './engines';
import { asExpected, exampleCases, examplesOnSpark } from './examples';
import { figuresOf } from './figures';
import { callsOf, differingValues, loadTables, primitiveIds, tablesOf } from './primitive-calls';
import { type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runOnDuckdb } from './trace';
import { valuesOnDuckdb, valuesOnSpark } from './values';

let native: Engine;
let spark: SparkServer;
let outcomes: (Outcome | Error)[];
const figures = figuresOf();
beforeAll(async () => {
  [native, spark] = await Promise.all([openHost(), startSparkServer(4)]);
  await loadTables(native);
  outcomes = await examplesOnSpark(spark);
});
afterAll(async () => {
  figures.write('Spark 4');
  await Promise.all([native?.close(), spark?.close()]);
});

test('Spark is of the fourth line', () => {
  expect(spark.version).toMatch(/^4\./);
});

describe.each(exampleCases.map((one, at) => [one.operation, one.example.title, { ...one, at }] as const))(
  '%s: %s',
  (operation, _title, { example, plan, at }) => {
    test('means what it says', async () => {
      const outcome = outcomes[at];
      if (!outcome || outcome instanceof Error) throw outcome ?? new Error('There is no outcome.');
      const expected = await runOnDuckdb(native, plan, example.rows, answerLookups);
      figures.part(operation);
      const differences = JSON.stringify(outcome.rows) === JSON.stringify(expected.rows) ? 0 : 1;
      figures.count('Spark 4', { cells: cellsIn(outcome), differences });
      expect(asExpected(outcome)).toEqual(example.expected);
      expect(outcome).toEqual(expected);
    });
  },
);

test.each(primitiveIds)('%s means the same as in DuckDB', async (id) => {
  figures.part(id);
  for (const table of tablesOf(id)) {
    const expressions = callsOf(id, table);
    const found = {
      native: await valuesOnDuckdb(native, table.name, expressions),
      'Spark 4': await valuesOnSpark(spark, table.rows, expressions),
    };
    const differing = differingValues(expressions, table, found);
    figures.count('Spark 4', {
      cells: expressions.length * table.rows.length,
      differences: differing.length,
    });
    expect(differing.slice(0, 10)).toEqual([]);
  }
});
