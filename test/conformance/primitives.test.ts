import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  column,
  type Expression,
  integer,
  text,
  VALUE_TYPES,
  type ValueType,
} from '../../shared/expression/expression';
import { call, type PrimitiveId, primitiveOf, primitives } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { rows } from './corpus';
import { openHost, openWasm } from './engines';
import { quantityRows } from './quantities';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { loadRows } from './trace';
import { shown, type Value, valuesOnDuckdb, valuesOnSpark } from './values';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
  for (const engine of [wasm, native]) {
    await loadRows(engine, 'corpus', rows, 3);
    await loadRows(engine, 'quantities', quantityRows, 6);
  }
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

type Table = {
  readonly name: string;
  readonly rows: readonly Cells[];
  /** An operand of each type that takes many values over the rows; `at` is its place among the operands. */
  readonly operands: Record<ValueType, (at: number) => Expression>;
};
const moment = (date: Expression, text: Expression) =>
  call('makeTimestamp', [date, call('firstPresent', [call('parseInteger', [text]), integer(0)])]);
const TEXTS: Table = {
  name: 'corpus',
  rows,
  operands: {
    text: (at) => column(`c${at}`),
    boolean: (at) => call('contains', [column(`c${at}`)], { find: 'a', position: 'anywhere' }),
    integer: (at) => call('length', [column(`c${at}`)]),
    decimal: (at) => call('parseDecimal', [column(`c${at}`)]),
    date: (at) => call('parseIsoDate', [column(`c${at}`)]),
    timestamp: (at) => moment(call('parseIsoDate', [column(`c${at}`)]), column(`c${at}`)),
  },
};
const QUANTITIES: Table = {
  name: 'quantities',
  rows: quantityRows,
  operands: {
    text: (at) => column(`c${at}`),
    boolean: (at) => call('less', [column(`c${at}`), text('5')]),
    integer: (at) => call('parseInteger', [column(`c${4 + (at % 2)}`)]),
    decimal: (at) => call('parseDecimal', [column(`c${at % 2}`)]),
    date: (at) => call('parseIsoDate', [column(`c${2 + (at % 2)}`)]),
    timestamp: (at) => moment(call('parseIsoDate', [column(`c${2 + (at % 2)}`)]), column(`c${4 + (at % 2)}`)),
  },
};

const loosely = call as unknown as (
  id: PrimitiveId,
  operands: readonly Expression[],
  constants: unknown,
) => Expression;

function callsOf(id: PrimitiveId, { operands }: Table): Expression[] {
  const { takes, samples } = primitiveOf(id);
  const kinds =
    takes.at(-1) === '*' ? [...takes.slice(0, -1), ...Array(3 - takes.length + 1).fill(takes.at(-2))] : takes;
  const types: readonly ValueType[] = takes.includes('same') ? VALUE_TYPES : ['text'];
  return types.flatMap((same) => {
    const given = kinds.map((kind, at) => operands[(kind === 'same' ? same : kind) as ValueType](at));
    return samples.map((constants) => loosely(id, given, constants));
  });
}

const ids = Object.keys(primitives) as PrimitiveId[];
/** Null also where there is no answer. */
const withoutAnswer: ReadonlySet<string> = new Set([
  'parseDecimal',
  'parseInteger',
  'parseIsoDate',
  'placeIn',
]);

async function differences(id: PrimitiveId, table: Table): Promise<string[]> {
  const expressions = callsOf(id, table);
  expect(expressions.length, 'samples').toBeGreaterThan(0);
  const found: Record<string, Value[][]> = {
    native: await valuesOnDuckdb(native, table.name, expressions),
    wasm: await valuesOnDuckdb(wasm, table.name, expressions),
    spark: await valuesOnSpark(spark, table.rows, expressions),
  };
  return expressions.flatMap((expression, e) =>
    table.rows.flatMap((row, r) => {
      const values = Object.entries(found).map(
        ([engine, columns]) => [engine, columns[e]?.[r] ?? null] as const,
      );
      if (values.every(([, value]) => value === values[0]?.[1])) return [];
      const told = values.map(([engine, value]) => `${engine}: ${shown(value)}`).join(' ');
      const constants = expression.kind === 'call' ? JSON.stringify(expression.constants) : '';
      return [`${id} ${constants} of ${row.map(shown).join(', ')}: ${told}`];
    }),
  );
}

test.each(ids)('%s means the same on every engine', async (id) => {
  const { takes } = primitiveOf(id);
  const onTexts = takes.some((kind) => kind === 'text' || kind === 'boolean' || kind === 'same');
  const differing = [
    ...(onTexts || takes.includes('integer') ? await differences(id, TEXTS) : []),
    ...(onTexts && !takes.includes('same') && takes.length > 1 ? [] : await differences(id, QUANTITIES)),
  ];
  expect(differing.slice(0, 10)).toEqual([]);
});

test.each(ids)('%s keeps its null rule', async (id) => {
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
