import { countsQuery, FATE, ROW, readable } from '../../shared/compile/duckdb';
import { measuresOf } from '../../shared/compile/measures';
import type { Fate } from '../../shared/compile/plan';
import { isExit, type Plan } from '../../shared/compile/plan';
import { compileSpark } from '../../shared/compile/spark';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { Engine } from '../../shared/ports/engine';
import { type LookupAnswerer, materialise } from '../../shared/trace/trace';
import type { Cells, SparkServer } from './spark-server';

/** What became of rows: the output cells of those kept, the fate of the others; and every count. */
export type Outcome = {
  readonly rows: readonly (Cells | { readonly left: Fate; readonly action: number })[];
  readonly measures: Readonly<Record<string, number>>;
};

const fateOf = (plan: Plan, index: number): Fate => {
  const action = plan.actions[index];
  if (!action || !isExit(action)) throw new RangeError(`No row can leave at action ${index}.`);
  return action.kind === 'merge' ? 'merged' : action.fate;
};

const outcomeRow = (plan: Plan, fate: number | null, cells: Cells) =>
  fate === null ? cells : { left: fateOf(plan, fate), action: fate };

/** Loads rows as a table of `r, c0 … cn`. */
export async function loadRows(engine: Engine, table: string, rows: readonly Cells[], columns: number) {
  const ids = Array.from({ length: columns }, (_, i) => `c${i}`);
  await engine.load(
    `${table}_text`,
    [ROW, ...ids],
    [rows.map((_, i) => String(i + 1)), ...ids.map((_, i) => rows.map((row) => row[i] ?? null))],
  );
  await engine.execute(
    `CREATE OR REPLACE TEMP TABLE ${quote.identifier(table)} AS ` +
      `SELECT CAST(${ROW} AS BIGINT) AS ${ROW}, * EXCLUDE (${ROW}) FROM ${quote.identifier(`${table}_text`)}`,
  );
}

/** A leading U+FEFF is lost when JavaScript decodes it: readable() doubles it. */
const cellOf = (value: unknown): string | null => (value === null ? null : String(value));

/** Runs a plan on a DuckDB. */
export async function runOnDuckdb(
  engine: Engine,
  plan: Plan,
  rows: readonly Cells[],
  answer: LookupAnswerer,
): Promise<Outcome> {
  await loadRows(engine, 'source', rows, plan.input.length);
  await materialise({ engine, plan, source: 'source', table: 'trace', answer });
  const cells = plan.output.map(({ id }, i) => `${readable(quote.identifier(id))} AS o${i}`).join(', ');
  const found = await engine.query(`SELECT ${FATE}, ${cells} FROM trace ORDER BY ${ROW}`);
  const [fates = [], ...columns] = found.columns;
  const counts = await engine.query(countsQuery(plan, 'trace'));
  return {
    rows: rows.map((_, row) =>
      outcomeRow(
        plan,
        fates[row] === null ? null : Number(fates[row]),
        columns.map((column) => cellOf(column[row])),
      ),
    ),
    measures: Object.fromEntries(counts.names.map((name, i) => [name, Number(counts.columns[i]?.[0])])),
  };
}

/** Runs a plan on Spark through the job's own functions. */
export async function runOnSparkServer(
  spark: SparkServer,
  plan: Plan,
  rows: readonly Cells[],
  options: { partitions?: number; seed?: number } = {},
): Promise<Outcome> {
  const compiled = compileSpark(plan, {
    format: 'csv',
    delimiter: ',',
    header: true,
    lineBreaks: false,
    encoding: 'utf-8',
  });
  const { measures, fates, cells } = await spark.runPlan(compiled, rows, options);
  if (Object.keys(measures).length !== measuresOf(plan).length + 1)
    throw new RangeError('Counts are missing.');
  return { rows: fates.map((fate, row) => outcomeRow(plan, fate, cells[row] ?? [])), measures };
}
