import { FATE, measureCondition, ROW, readCount, rowOrder, traceQuery } from '../../shared/compile/duckdb';
import { type Measure, measuresOf } from '../../shared/compile/measures';
import { isExit, ordinalsIn, type Plan } from '../../shared/compile/plan';
import {
  notesOf,
  type QuarantineColumn,
  quarantineColumns,
  quarantinedIds,
} from '../../shared/compile/quarantine';
import { duckdb as quote } from '../../shared/compile/sql/quote';

const name = quote.identifier;

/** Measures that cannot be told from a row's fate alone are kept as a mark of the row. */
const isMarked = (measure: Measure) => measure.kind === 'changed' || measure.kind === 'failing';

/**
 * The narrow form of a trace for full runs: each row's fate `f`, final cells `o0 …`, marks `m0 …` of what is
 * counted and, of rows that left, the cells that the quarantine shows, `q0 …`; ordinals where rows were split, and `r` where the
 * order has to be restored.
 */
export function resultQuery(
  plan: Plan,
  options: { source: string; lookups: readonly string[]; originals: boolean; ordered: boolean },
): string {
  const { source, lookups, originals, ordered } = options;
  const left = originals && plan.actions.some(isExit);
  const columns = [
    ...(ordered ? [name(ROW)] : []),
    ...ordinalsIn(plan.actions).map(name),
    name(FATE),
    ...plan.output.map(({ id }, i) => `${name(id)} AS o${i}`),
    ...measuresOf(plan)
      .filter(isMarked)
      .map((measure, i) => `coalesce(${measureCondition(measure)}, FALSE) AS m${i}`),
    ...(left
      ? quarantinedIds(plan).map(
          (id, i) => `CASE WHEN ${name(FATE)} IS NOT NULL THEN ${name(id)} END AS q${i}`,
        )
      : []),
  ];
  return `SELECT ${columns.join(', ')} FROM (${traceQuery(plan, { source, lookups, survivors: false })})`;
}

/** One row: `read` and every measure of the plan, over a result table. */
export function resultCountsQuery(plan: Plan, table: string): string {
  let mark = 0;
  const counts = measuresOf(plan).map((measure) => {
    const condition = isMarked(measure) ? `m${mark++}` : measureCondition(measure);
    return `count(*) FILTER (WHERE ${condition}) AS ${name(measure.name)}`;
  });
  return `SELECT ${[`${readCount(plan)} AS read`, ...counts].join(', ')} FROM ${name(table)}`;
}

export type Rows = {
  readonly columns: readonly QuarantineColumn[];
  /** SQL of the relation the columns are read from, with its conditions and order. */
  readonly from: string;
};

const order = (plan: Plan, ordered: boolean) => (ordered ? ` ORDER BY ${rowOrder(plan)}` : '');

/** The rows that are kept, as they are written. */
export function keptRows(plan: Plan, table: string, ordered: boolean): Rows {
  return {
    columns: plan.output.map(({ column }, i) => ({ column, sql: `o${i}` })),
    from: `${name(table)} WHERE ${name(FATE)} IS NULL${order(plan, ordered)}`,
  };
}

/** The rows that left, with their original cells and why; unreadable records, from a relation with `reason`, last. */
export function leftRows(plan: Plan, table: string, ordered: boolean, unreadable: string | null): Rows {
  const columns = quarantineColumns(plan, 'duckdb');
  const parts: string[] = [];
  if (plan.actions.some(isExit)) {
    const shown = [
      name(FATE),
      ...ordinalsIn(plan.actions).map(name),
      ...quarantinedIds(plan).map((id, i) => `q${i} AS ${name(id)}`),
    ];
    const rows = `SELECT ${shown.join(', ')} FROM ${name(table)} WHERE ${name(FATE)} IS NOT NULL${order(plan, ordered)}`;
    parts.push(`SELECT ${columns.map(({ sql }, i) => `${sql} AS n${i}`).join(', ')} FROM (${rows})`);
  }
  if (unreadable !== null) {
    const told = { fate: quote.text('rejected'), reason: 'reason' };
    const notes = notesOf(plan).map((note) =>
      note in told ? told[note as keyof typeof told] : quote.text(null),
    );
    const cells = [...plan.input.map(() => quote.text(null)), ...notes];
    parts.push(`SELECT ${cells.map((sql, i) => `${sql} AS n${i}`).join(', ')} FROM ${unreadable}`);
  }
  if (parts.length === 0)
    parts.push(`SELECT ${columns.map((_, i) => `${quote.text(null)} AS n${i}`).join(', ')} WHERE FALSE`);
  return {
    columns: columns.map(({ column }, i) => ({ column, sql: `n${i}` })),
    from: `(${parts.join(' UNION ALL ')})`,
  };
}
