import { afterAll, beforeAll, expect, test } from 'vitest';
import { column, type Expression, type ValueType } from '../../shared/expression/expression';
import { call, type PrimitiveId, primitiveOf, primitives } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { rows } from './corpus';
import { openHost, openWasm } from './engines';
import { type SparkServer, startSparkServer } from './spark-server';
import { loadRows } from './trace';
import { shown, type Value, valuesOnDuckdb, valuesOnSpark } from './values';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
  for (const engine of [wasm, native]) await loadRows(engine, 'corpus', rows, 3);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

/** An operand of each type that takes many values over the corpus. */
const OPERANDS: Record<ValueType, (column: Expression) => Expression> = {
  text: (value) => value,
  boolean: (value) => call('contains', [value], { find: 'a', position: 'anywhere' }),
  integer: (value) => call('length', [value]),
};
const loosely = call as unknown as (
  id: PrimitiveId,
  operands: readonly Expression[],
  constants: unknown,
) => Expression;

function callsOf(id: PrimitiveId): Expression[] {
  const { takes, samples } = primitiveOf(id);
  const kinds =
    takes.at(-1) === '*' ? [...takes.slice(0, -1), ...Array(3 - takes.length + 1).fill(takes.at(-2))] : takes;
  const operands = kinds.map((kind, i) => OPERANDS[kind as ValueType](column(`c${i}`)));
  return samples.map((constants) => loosely(id, operands, constants));
}

const ids = Object.keys(primitives) as PrimitiveId[];

test.each(ids)('%s means the same on every engine', async (id) => {
  const expressions = callsOf(id);
  expect(expressions.length, 'samples').toBeGreaterThan(0);
  const found: Record<string, Value[][]> = {
    native: await valuesOnDuckdb(native, 'corpus', expressions),
    wasm: await valuesOnDuckdb(wasm, 'corpus', expressions),
    spark: await valuesOnSpark(spark, rows, expressions),
  };
  const differing = expressions.flatMap((expression, e) =>
    rows.flatMap((row, r) => {
      const values = Object.entries(found).map(
        ([engine, columns]) => [engine, columns[e]?.[r] ?? null] as const,
      );
      if (values.every(([, value]) => value === values[0]?.[1])) return [];
      const told = values.map(([engine, value]) => `${engine}: ${shown(value)}`).join(' ');
      const constants = expression.kind === 'call' ? JSON.stringify(expression.constants) : '';
      return [`${id} ${constants} of ${row.map(shown).join(', ')}: ${told}`];
    }),
  );
  expect(differing.slice(0, 10)).toEqual([]);
});

test.each(ids)('%s keeps its null rule', async (id) => {
  const { takes, nulls } = primitiveOf(id);
  if (takes.some((kind) => kind !== 'text' && kind !== '*')) return;
  for (const values of await valuesOnDuckdb(native, 'corpus', callsOf(id))) {
    for (const [r, value] of values.entries()) {
      const operands = takes.at(-1) === '*' ? 3 : takes.length;
      const anyNull = rows[r]?.slice(0, operands).includes(null) ?? false;
      const expected = nulls === 'propagates' && anyNull;
      expect(value === null, `${id} of ${rows[r]?.map(shown).join(', ')}`).toBe(expected);
    }
  }
});
