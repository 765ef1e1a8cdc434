import { FATE, ROW, sourceRow, survivorOf } from '../../shared/compile/duckdb';
import type { Merge, Plan } from '../../shared/compile/plan';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { LEFT, leftWord } from '../../shared/joins/keyed';
import type { Engine } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { type LookupAnswerer, materialise } from '../../shared/trace/trace';
import { distinctNames, type SourceTables } from './table-names';

const name = quote.identifier;

const columnList = (pairs: readonly (readonly [id: string, title: string])[]): string => {
  const titles = distinctNames(pairs.map(([, title]) => title));
  return pairs.map(([id], i) => `${name(id)} AS ${name(titles[i] ?? id)}`).join(', ');
};

/** Makes the table of a source as it was read, from the loaded sample `loaded` (`r, c0 … cn`). */
export async function prepareRaw(
  engine: Engine,
  tables: SourceTables,
  { loaded, columns }: { loaded: string; columns: readonly string[] },
): Promise<void> {
  const list = columnList(columns.map((title, i) => [`c${i}`, title]));
  await engine.execute(
    `CREATE OR REPLACE VIEW ${name(tables.raw)} AS SELECT ${list} FROM ${name(loaded)} ORDER BY ${name(ROW)}`,
  );
}

export type Cleaned = { readonly columns: readonly string[]; readonly kept: number; readonly merged: number };

type CleanOptions = {
  readonly loaded: string;
  readonly plan: Plan;
  readonly answer: LookupAnswerer;
  readonly signal?: CancelSignal;
};

/** Cleans a loaded sample by a plan and makes the table of kept rows, and, where rows were merged, the one of merges. */
export async function prepareClean(
  engine: Engine,
  tables: SourceTables,
  { loaded, plan, answer, signal }: CleanOptions,
): Promise<Cleaned> {
  const trace = `${loaded}_trace`;
  try {
    await materialise({
      engine,
      plan,
      source: name(loaded),
      table: trace,
      answer,
      ...(signal && { signal }),
    });
    const cells = plan.output.map(({ id }, i) => `${name(id)} AS o${i}`);
    const list = columnList(plan.output.map(({ column }, i) => [`o${i}`, column]));
    await engine.execute(
      `CREATE OR REPLACE TABLE ${name(tables.rows)} AS SELECT ${[`${sourceRow(plan)} AS ${ROW}`, `${leftWord(plan)} AS ${LEFT}`, ...cells].join(', ')} FROM ${name(trace)} ORDER BY ${name(ROW)}; ` +
        `CREATE OR REPLACE VIEW ${name(tables.clean)} AS SELECT ${list} FROM ${name(tables.rows)} WHERE ${LEFT} IS NULL`,
      signal,
    );
    const merged = await prepareMerged(engine, tables, plan, trace, signal);
    const counted = await engine.query(`SELECT CAST(count(*) AS DOUBLE) FROM ${name(tables.clean)}`, signal);
    return {
      columns: distinctNames(plan.output.map((one) => one.column)),
      kept: Number(counted.columns[0]?.[0] ?? 0),
      merged,
    };
  } finally {
    await engine.execute(`DROP TABLE IF EXISTS ${name(trace)}`);
  }
}

/** Rows that were merged (`removed …`) beside the row that is kept in the end (`kept …`). Answers how many. */
async function prepareMerged(
  engine: Engine,
  tables: SourceTables,
  plan: Plan,
  trace: string,
  signal?: CancelSignal,
): Promise<number> {
  const merges = plan.actions.filter((action): action is Merge => action.kind === 'merge');
  await engine.execute(`DROP TABLE IF EXISTS ${name(tables.merged)}`);
  if (merges.length === 0) return 0;
  const cases = merges.map((merge) => `WHEN ${name(merge.id)} THEN ${name(survivorOf(merge))}`).join(' ');
  const titles = distinctNames(plan.output.map((one) => one.column));
  const list = plan.output.flatMap(({ id }, i) => [
    `a.${name(id)} AS ${name(`removed ${titles[i]}`)}`,
    `b.${name(id)} AS ${name(`kept ${titles[i]}`)}`,
  ]);
  const left = merges.map((merge) => plan.actions.indexOf(merge)).join(', ');
  // A survivor may itself be merged by a later step, at most as often as there are merges.
  await engine.execute(
    `CREATE TABLE ${name(tables.merged)} AS WITH RECURSIVE
went AS (SELECT ${name(ROW)} AS row, CASE ${cases} END AS into_row FROM ${name(trace)} WHERE ${name(FATE)} IN (${left})),
chain AS (
  SELECT row, into_row, 1 AS depth FROM went
  UNION ALL
  SELECT c.row, w.into_row, c.depth + 1 FROM chain c JOIN went w ON w.row = c.into_row WHERE c.depth < ${merges.length}
),
final AS (SELECT row, arg_max(into_row, depth) AS into_row FROM chain GROUP BY row)
SELECT ${list.join(', ')} FROM final JOIN ${name(trace)} a ON a.${name(ROW)} = final.row
JOIN ${name(trace)} b ON b.${name(ROW)} = final.into_row WHERE b.${name(FATE)} IS NULL ORDER BY a.${name(ROW)}`,
    signal,
  );
  const counted = await engine.query(`SELECT CAST(count(*) AS DOUBLE) FROM ${name(tables.merged)}`, signal);
  return Number(counted.columns[0]?.[0] ?? 0);
}
