import { survivorOf } from '../../../shared/compile/duckdb';
import type { Merge, Plan } from '../../../shared/compile/plan';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import type { ResultTable } from '../../../shared/ports/engine';
import { type ViewColumn, type ViewStep, viewColumns, viewRowsQuery } from '../../../shared/trace/view';
import { type Rows, rowsListed } from './column-store';
import { exitMarks, planUntil, withFate } from './counting';
import { columnsRelation, type PartOptions, type Relation } from './parts';

/** A row of the view; `before[i]` and `after[i]` belong to its i-th column. */
export type ViewRow = {
  /** Row number in the sample, from 1. */
  readonly row: number;
  /** Index of the plan's action by which it left, up to the view's step; null while it is kept. */
  readonly fate: number | null;
  /** Row number of the row that a merged one went into. */
  readonly survivor: number | null;
  readonly before: readonly (string | null)[];
  readonly after: readonly (string | null)[];
};

/** The plan as far as a view shows it. */
export const planOf = (plan: Plan, step: ViewStep): Plan => (step === null ? plan : planUntil(plan, step));

/** Ids of the columns that a view needs of a plan cut off after its step. */
export function viewIds(plan: Plan, step: ViewStep): readonly string[] {
  const columns = viewColumns(plan, step).flatMap(({ after, before }) =>
    before === null ? [after] : [after, before],
  );
  const merges = plan.actions.filter((action): action is Merge => action.kind === 'merge');
  return [...new Set([...columns, ...exitMarks(plan), ...merges.map(survivorOf)])];
}

const asText = (value: unknown): string | null => (value === null ? null : String(value));
const asNumber = (value: unknown): number | null => (value === null ? null : Number(value));

function readRows({ columns, rows }: ResultTable, width: number): ViewRow[] {
  const at = (column: number, row: number) => columns[column]?.[row] ?? null;
  return Array.from({ length: rows }, (_, row) => ({
    row: Number(at(0, row)),
    fate: asNumber(at(1, row)),
    survivor: asNumber(at(2, row)),
    before: Array.from({ length: width }, (_, i) => asText(at(3 + 2 * i, row))),
    after: Array.from({ length: width }, (_, i) => asText(at(4 + 2 * i, row))),
  }));
}

let stages = 0;

/** Some rows as the plan makes them now, computing for these rows alone whatever the store lacks. */
export async function viewRows(
  options: Omit<PartOptions, 'urgent' | 'some' | 'stage'>,
  numbers: Rows,
  step: ViewStep,
): Promise<readonly ViewRow[]> {
  const plan = planOf(options.plan, step);
  const columns: readonly ViewColumn[] = viewColumns(plan, step);
  const { engine, signal } = options;
  const staged: string[] = [];
  const rows = rowsListed(numbers);
  const stage = async (query: Relation) => {
    const table = quote.identifier(`rows_${++stages}`);
    await engine.execute(`CREATE TEMP TABLE ${table} AS ${query(rows)}`, signal);
    staged.push(table);
    return table;
  };
  try {
    const relation = await columnsRelation(
      { ...options, plan, some: true, stage, urgent: true },
      viewIds(plan, step),
    );
    const query = viewRowsQuery(plan, withFate(plan, relation(rows)), step);
    return readRows(await engine.query(query, signal), columns.length);
  } finally {
    for (const table of staged) await engine.execute(`DROP TABLE ${table}`);
  }
}
