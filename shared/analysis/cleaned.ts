import { FATE, ROW, survivorOf } from '../compile/duckdb';
import type { Merge, Plan } from '../compile/plan';
import { duckdb } from '../compile/sql/quote';

// What rules made of a table, as tables an analysis can take: see materialise() for the trace.

const name = duckdb.identifier;

/** Whether DuckDB can hold these names in one table: it takes `Email` and `email` for the same. */
export const areDistinctInDuckdb = (columns: readonly string[]): boolean =>
  new Set(columns.map((column) => column.toLowerCase())).size === columns.length;

/** The kept rows under the names of their columns. Needs names that are distinct in DuckDB. */
export const cleanedQuery = (plan: Plan, trace: string): string =>
  `SELECT ${plan.output.map(({ id, column }) => `${name(id)} AS ${name(column)}`).join(', ')} ` +
  `FROM ${name(trace)} WHERE ${name(FATE)} IS NULL`;

/**
 * For each row that left as a duplicate, the cleaned value of a column there (`from`) and in the row that stayed
 * (`into`): what the input “Merged customers” of an analysis takes. Rows whose survivor left later are not among
 * them. Null when no step merges rows or the column is not written.
 */
export function mergedQuery(plan: Plan, trace: string, column: string): string | null {
  const output = plan.output.find((one) => one.column === column);
  const merges = plan.actions.filter((action): action is Merge => action.kind === 'merge');
  if (!output || merges.length === 0) return null;
  const survivor = merges
    .map((merge) => `WHEN l.${name(merge.id)} THEN l.${name(survivorOf(merge))}`)
    .join(' ');
  const exits = merges.map((merge) => plan.actions.indexOf(merge)).join(', ');
  const id = name(output.id);
  return (
    `SELECT DISTINCT l.${id} AS "from", s.${id} AS "into" FROM ${name(trace)} AS l ` +
    `JOIN ${name(trace)} AS s ON s.${name(ROW)} = CASE ${survivor} END ` +
    `WHERE l.${name(FATE)} IN (${exits}) AND s.${name(FATE)} IS NULL AND l.${id} <> s.${id}`
  );
}
