import { render } from '../../shared/compile/render';
import type { Expression } from '../../shared/expression/expression';
import { call } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Cells, SparkServer } from './spark-server';

/** Value of an expression for a row, spelled alike by every engine: text as UTF-8 in hex. */
export type Value = string | null;

const told = (value: unknown): Value => (value === null ? null : String(value).toUpperCase());

/** Spark would write a small decimal with an exponent. */
const asText = (one: Expression): Expression =>
  one.type === 'decimal' ? call('decimalText', [one], { fewest: 0 }) : one;

/** Values over a table that loadRows() made: a list for each expression. Hex, because clients drop a leading U+FEFF. */
export async function valuesOnDuckdb(
  engine: Engine,
  table: string,
  expressions: readonly Expression[],
  signal?: CancelSignal,
): Promise<Value[][]> {
  const columns = expressions.map((one, i) => {
    const sql = render(asText(one), 'duckdb');
    return `${one.type === 'text' ? `hex(encode(${sql}))` : `CAST(${sql} AS VARCHAR)`} AS e${i}`;
  });
  const found = await engine.query(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY r`, signal);
  return found.columns.map((column) => column.map(told));
}

/** The same on Spark. */
export async function valuesOnSpark(
  spark: SparkServer,
  rows: readonly Cells[],
  expressions: readonly Expression[],
): Promise<Value[][]> {
  const columns = expressions.map((one) => {
    const sql = render(asText(one), 'spark');
    return one.type === 'text' ? `hex(${sql})` : `CAST(${sql} AS STRING)`;
  });
  const found = await spark.evaluate(columns, rows, rows[0]?.length ?? 0);
  return found.map((column) => column.map(told));
}

/** A cell in a failure's message. */
export const shown = (cell: string | null | undefined): string => {
  if (cell === null || cell === undefined) return 'null';
  return cell.length > 80 ? `${JSON.stringify(cell.slice(0, 60))}… ${cell.length}` : JSON.stringify(cell);
};
