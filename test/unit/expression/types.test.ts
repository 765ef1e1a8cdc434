import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../../shared/compile/render';
import { column, nothing, VALUE_TYPES, type ValueType } from '../../../shared/expression/expression';
import { call } from '../../../shared/expression/primitives';
import type { Engine } from '../../../shared/ports/engine';
import { openHost } from '../../conformance/engines';
import { callsOf, primitiveIds, QUANTITIES } from '../../conformance/primitive-calls';

/** How DuckDB keeps each type; a smaller integer is one too. */
const KEPT: Record<ValueType, RegExp> = {
  text: /^VARCHAR$/,
  boolean: /^BOOLEAN$/,
  integer: /^(BIGINT|INTEGER)$/,
  decimal: /^DECIMAL\(29,9\)$/,
  date: /^DATE$/,
  timestamp: /^BIGINT$/,
};

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
  const columns = Array.from({ length: 6 }, (_, i) => `CAST('1' AS VARCHAR) AS c${i}`);
  await engine.execute(`CREATE TEMP TABLE one AS SELECT ${columns.join(', ')}`);
});
afterAll(() => engine?.close());

const keptAs = async (sql: string): Promise<unknown> =>
  (await engine.query(`SELECT typeof(${sql}) FROM one`)).columns[0]?.[0];

test.each(primitiveIds)('%s gives the type that it says', async (id) => {
  for (const expression of callsOf(id, QUANTITIES))
    expect(await keptAs(render(expression, 'duckdb'))).toMatch(KEPT[expression.type]);
});

test.each(VALUE_TYPES)('the null of %s has that type, also where it is chosen', async (type) => {
  expect(await keptAs(render(nothing(type), 'duckdb'))).toMatch(KEPT[type]);
  const missing = call('isNull', [column('c0')]);
  expect(await keptAs(render(call('choose', [missing, nothing(type), nothing(type)]), 'duckdb'))).toMatch(
    KEPT[type],
  );
});
