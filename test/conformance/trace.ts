import { countsQuery, FATE, ROW, readable, rowOrder, sourceRow } from '../../shared/compile/duckdb';
import { measuresOf } from '../../shared/compile/measures';
import type { Fate } from '../../shared/compile/plan';
import { isExit, type Plan } from '../../shared/compile/plan';
import { quarantineColumns } from '../../shared/compile/quarantine';
import { compileSpark } from '../../shared/compile/spark';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { csvDialectSchema } from '../../shared/document/dialect';
import type { Engine } from '../../shared/ports/engine';
import { type LookupAnswerer, materialise } from '../../shared/trace/trace';
import type { Cells, SparkServer, SparkTrace } from './spark-server';

/** A row that left: how, by which action, and what the quarantine holds of it. */
export type LeftRow = { readonly left: Fate; readonly action: number; readonly quarantined: Cells };

/** What became of rows: the output's columns and cells of those kept, how the others left; and every count. */
export type Outcome = {
  readonly columns: readonly string[];
  readonly rows: readonly (Cells | LeftRow)[];
  /** For each of them the index of the row it came from. */
  readonly from: readonly number[];
  readonly measures: Readonly<Record<string, number>>;
};

const fateOf = (plan: Plan, index: number): Fate => {
  const action = plan.actions[index];
  if (!action || !isExit(action)) throw new RangeError(`No row can leave at action ${index}.`);
  return action.kind === 'merge' ? 'merged' : action.fate;
};

const outcomeRow = (plan: Plan, fate: number | null, cells: Cells, quarantined: Cells) =>
  fate === null ? cells : { left: fateOf(plan, fate), action: fate, quarantined };

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
  const cells = [
    ...plan.output.map(({ id }) => quote.identifier(id)),
    ...quarantineColumns(plan, 'duckdb').map(({ sql }) => `CASE WHEN ${FATE} IS NOT NULL THEN ${sql} END`),
  ].map((sql, i) => `${readable(sql)} AS o${i}`);
  const found = await engine.query(
    `SELECT ${[`CAST(${sourceRow(plan)} AS DOUBLE)`, FATE, ...cells].join(', ')} FROM trace ORDER BY ${rowOrder(plan)}`,
  );
  const [numbers = [], fates = [], ...columns] = found.columns;
  const outputs = plan.output.length;
  const counts = await engine.query(countsQuery(plan, 'trace'));
  return {
    columns: plan.output.map(({ column }) => column),
    from: numbers.map((number) => Number(number) - 1),
    rows: numbers.map((_, row) =>
      outcomeRow(
        plan,
        fates[row] === null ? null : Number(fates[row]),
        columns.slice(0, outputs).map((column) => cellOf(column[row])),
        columns.slice(outputs).map((column) => cellOf(column[row])),
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
  return outcomeOf(plan, await spark.runPlan(compileSpark(plan, CSV), rows, options));
}

export type SparkCase = {
  readonly plan: Plan;
  readonly rows: readonly Cells[];
  readonly partitions?: number;
  readonly seed?: number;
};

/** The same for many plans, several at a time, in the order given; an error in place of what cannot be run. */
export async function runAllOnSparkServer(
  spark: SparkServer,
  cases: readonly SparkCase[],
): Promise<(Outcome | Error)[]> {
  const traces = await spark.runPlans(
    cases.map(({ plan, ...given }) => ({ plan: compileSpark(plan, CSV), ...given })),
  );
  return cases.map(({ plan }, i) => {
    const trace = traces[i];
    return trace && !('fault' in trace) ? outcomeOf(plan, trace) : new Error(trace?.fault ?? 'No answer.');
  });
}

const CSV = csvDialectSchema.parse({ format: 'csv' });

function outcomeOf(plan: Plan, { measures, from, fates, cells, quarantined }: SparkTrace): Outcome {
  if (Object.keys(measures).length !== measuresOf(plan).length + 1)
    throw new RangeError('Counts are missing.');
  return {
    columns: compileSpark(plan, CSV).output.map(({ column }) => column),
    from,
    rows: fates.map((fate, row) => outcomeRow(plan, fate, cells[row] ?? [], quarantined[row] ?? [])),
    measures,
  };
}
