import { afterAll, beforeAll, expect, test } from 'vitest';
import { primitiveOf } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { rows } from './corpus';
import { openHost, openWasm } from './engines';
import { figuresOf } from './figures';
import { callsOf, differingValues, loadTables, primitiveIds, TEXTS, tablesOf } from './primitive-calls';
import { type SparkServer, startSparkServer } from './spark-server';
import { shown, valuesOnDuckdb, valuesOnSpark } from './values';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
const figures = figuresOf();
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
  for (const engine of [wasm, native]) await loadTables(engine);
});
afterAll(async () => {
  figures.write('primitives');
  await Promise.all([wasm?.close(), native?.close(), spark?.close()]);
});

/** Null also where there is no answer. */
const withoutAnswer: ReadonlySet<string> = new Set([
  'parseDecimal',
  'parseInteger',
  'parseIsoDate',
  'placeIn',
  'replaceWhole',
  'textAfter',
]);

test.each(primitiveIds)('%s means the same on every engine', async (id) => {
  figures.part(id);
  for (const table of tablesOf(id)) {
    const expressions = callsOf(id, table);
    expect(expressions.length, 'samples').toBeGreaterThan(0);
    const found = {
      native: await valuesOnDuckdb(native, table.name, expressions),
      'duckdb-wasm': await valuesOnDuckdb(wasm, table.name, expressions),
      Spark: await valuesOnSpark(spark, table.rows, expressions),
    };
    const differing = differingValues(expressions, table, found);
    const cells = expressions.length * table.rows.length;
    for (const engine of Object.keys(found)) figures.count(engine, { cells, differences: differing.length });
    expect(differing.slice(0, 10)).toEqual([]);
  }
});

test.each(primitiveIds)('%s keeps its null rule', async (id) => {
  const { takes, nulls } = primitiveOf(id);
  if (takes.some((kind) => kind !== 'text' && kind !== '*') || withoutAnswer.has(id)) return;
  for (const values of await valuesOnDuckdb(native, 'corpus', callsOf(id, TEXTS))) {
    for (const [r, value] of values.entries()) {
      const operands = takes.at(-1) === '*' ? 3 : takes.length;
      const anyNull = rows[r]?.slice(0, operands).includes(null) ?? false;
      const expected = nulls === 'propagates' && anyNull;
      expect(value === null, `${id} of ${rows[r]?.map(shown).join(', ')}`).toBe(expected);
    }
  }
});
