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
import { quantityRows } from './quantities';
import type { Cells } from './spark-server';
import { loadRows } from './trace';
import { shown, type Value } from './values';

export const primitiveIds = Object.keys(primitives) as PrimitiveId[];

export type Table = {
  readonly name: string;
  readonly rows: readonly Cells[];
  /** An operand of each type that takes many values over the rows; `at` is its place among the operands. */
  readonly operands: Record<ValueType, (at: number) => Expression>;
};
const moment = (date: Expression, text: Expression) =>
  call('makeTimestamp', [date, call('firstPresent', [call('parseInteger', [text]), integer(0)])]);
export const TEXTS: Table = {
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
export const QUANTITIES: Table = {
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

/** Calls of a primitive with each of its samples, on operands of a table. */
export function callsOf(id: PrimitiveId, { operands }: Table): Expression[] {
  const { takes, samples } = primitiveOf(id);
  const kinds =
    takes.at(-1) === '*' ? [...takes.slice(0, -1), ...Array(3 - takes.length + 1).fill(takes.at(-2))] : takes;
  const types: readonly ValueType[] = takes.includes('same') ? VALUE_TYPES : ['text'];
  return types.flatMap((same) => {
    const given = kinds.map((kind, at) => operands[(kind === 'same' ? same : kind) as ValueType](at));
    return samples.map((constants) => loosely(id, given, constants));
  });
}

/** The tables over which a primitive is compared. */
export function tablesOf(id: PrimitiveId): readonly Table[] {
  const { takes } = primitiveOf(id);
  const onTexts = takes.some((kind) => kind === 'text' || kind === 'boolean' || kind === 'same');
  return [
    ...(onTexts || takes.includes('integer') ? [TEXTS] : []),
    ...(onTexts && !takes.includes('same') && takes.length > 1 ? [] : [QUANTITIES]),
  ];
}

/** Loads the tables into a DuckDB. */
export async function loadTables(engine: Engine): Promise<void> {
  for (const { name, rows: all } of [TEXTS, QUANTITIES])
    await loadRows(engine, name, all, all[0]?.length ?? 0);
}

/** Where engines answer differently, in words. `found`: by engine, the values of each expression over the table. */
export function differingValues(
  expressions: readonly Expression[],
  table: Table,
  found: Readonly<Record<string, readonly Value[][]>>,
): string[] {
  const engines = Object.entries(found);
  return expressions.flatMap((expression, e) =>
    table.rows.flatMap((row, r) => {
      const values = engines.map(([engine, columns]) => [engine, columns[e]?.[r] ?? null] as const);
      if (values.every(([, value]) => value === values[0]?.[1])) return [];
      const told = values.map(([engine, value]) => `${engine}: ${shown(value)}`).join(' ');
      const constants =
        expression.kind === 'call' ? `${expression.primitive} ${JSON.stringify(expression.constants)}` : '';
      return [`${constants} of ${row.map(shown).join(', ')}: ${told}`];
    }),
  );
}
