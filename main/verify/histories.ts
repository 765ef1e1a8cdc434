import { FATE, ROW, readable, sourceRow } from '../../shared/compile/duckdb';
import type { Plan } from '../../shared/compile/plan';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { VerifyReport } from '../../shared/contract/calls/runs';
import { historyOf, historyQuery } from '../../shared/trace/view';
import type { NativeEngine } from '../engine/native';
import type { Difference } from './compare';

/** Differences whose histories are told. */
const MOST_TOLD = 10;

type History = NonNullable<VerifyReport['differences'][number]['history']>;

const name = quote.identifier;
const is = (column: string, value: string | null) =>
  `${name(column)} IS NOT DISTINCT FROM ${quote.text(value)}`;

/** The number that a row has in the trace, or null where it is not found there. */
async function rowInTrace(
  engine: NativeEngine,
  plan: Plan,
  trace: string,
  { where, row }: Difference,
): Promise<number | null> {
  if (row === null || where === 'counts') return null;
  const cells =
    where === 'output'
      ? plan.output.map(({ id, column }) => is(id, row[column] ?? null))
      : plan.input.map((column, i) => is(`c${i}`, row[column] ?? null));
  const gone = `${name(FATE)} IS ${where === 'output' ? '' : 'NOT '}NULL`;
  const found = await engine.query(
    `SELECT CAST(min(${name(ROW)}) AS DOUBLE) AS r FROM ${name(trace)} WHERE ${[gone, ...cells].join(' AND ')}`,
  );
  const number = found.columns[0]?.[0] ?? null;
  return number === null ? null : Number(number);
}

async function historyAt(engine: NativeEngine, plan: Plan, trace: string, column: string, row: number) {
  const entries = historyOf(plan, column, null);
  const table = await engine.query(historyQuery(name(trace), entries, row));
  const value = (i: number) => {
    const found = table.columns[table.names.indexOf(`h${i}`)]?.[0] ?? null;
    return found === null ? null : String(found);
  };
  return entries.map(({ step }, i): History[number] => ({
    step: step === null ? null : (plan.steps[step]?.id ?? null),
    sentence: step === null ? null : (plan.steps[step]?.sentence ?? null),
    value: value(i),
  }));
}

/** The row of the source that a row of the trace came from: its number, and its cells as they were read. */
async function asRead(engine: NativeEngine, plan: Plan, trace: string, row: number) {
  const cells = plan.input.map((_, i) => `${readable(name(`c${i}`))} AS c${i}`).join(', ');
  const found = await engine.query(
    `SELECT CAST(${sourceRow(plan)} AS DOUBLE) AS place, ${cells} FROM ${name(trace)} WHERE ${name(ROW)} = ${quote.integer(row)}`,
  );
  const cellsRead = plan.input.map((column, i): [string, string | null] => {
    const value = found.columns[i + 1]?.[0] ?? null;
    return [column, value === null ? null : String(value)];
  });
  return { place: Number(found.columns[0]?.[0]), row: Object.fromEntries(cellsRead) };
}

/**
 * Tells of the first differences which row of the source they are about, that row as it was read, and how the cell
 * came to its value where it was expected: its value at the source and after each step.
 * @param trace table with the whole trace of the engine that the others are held to
 */
export async function withHistories(
  engine: NativeEngine,
  plan: Plan,
  trace: string,
  differences: readonly Difference[],
): Promise<Difference[]> {
  const told: Difference[] = [];
  for (const [i, one] of differences.entries()) {
    const row = i < MOST_TOLD ? await rowInTrace(engine, plan, trace, one) : null;
    if (row === null) {
      told.push(one);
      continue;
    }
    const known = plan.output.some(({ column }) => column === one.column);
    const history =
      one.column !== null && known ? await historyAt(engine, plan, trace, one.column, row) : null;
    told.push({ ...one, ...(await asRead(engine, plan, trace, row)), history });
  }
  return told;
}
