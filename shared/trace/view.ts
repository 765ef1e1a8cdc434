import { FATE, originOf, ROW, readable, survivorOf } from '../compile/duckdb';
import { columnsAt, lineageOf, replacedBy } from '../compile/lineage';
import type { Action, Merge, Plan, PlanColumn } from '../compile/plan';
import { isExit } from '../compile/plan';
import { render } from '../compile/render';
import { duckdb as quote } from '../compile/sql/quote';
import { columnsOf, type Expression, column as reference } from '../expression/expression';
import { call } from '../expression/primitives';

/** A column as a steward sees it after a step: its version, and the one it is compared with (null: it is new). */
export type ViewColumn = {
  readonly column: string;
  readonly after: string;
  readonly before: string | null;
  /** Its name before, where it has one. */
  readonly was: string | null;
};

/**
 * What is looked at: the data after a step (index into plan.steps), with that step's changes; or, with null, the
 * data after all steps with the changes of all of them.
 */
export type ViewStep = number | null;

/** The columns after a step, in order. Columns that later steps add are not there yet, nor are those it dropped. */
export function viewColumns(plan: Plan, step: ViewStep): readonly ViewColumn[] {
  const before = new Map(
    columnsAt(plan, step === null ? -1 : step - 1).map(({ id, column }) => [id, column]),
  );
  const replaced = replacedBy(plan);
  return columnsAt(plan, step).map(({ column, id }) => {
    let origin: string | null = id;
    while (origin !== null && !before.has(origin)) origin = replaced.get(origin) ?? null;
    return { column, after: id, before: origin, was: origin === null ? null : (before.get(origin) ?? null) };
  });
}

export type RowFilter = {
  /** `changed`: rows with a changed cell in the view or that left by it. `left`: rows that left by it. */
  readonly show: 'all' | 'changed' | 'left';
  /** Rows in which some cell holds this text, ignoring ASCII letter case. */
  readonly find?: string;
  /** Rows whose cell in a column of the source has this shape; null: is missing. */
  readonly shape?: { readonly column: string; readonly shape: string | null };
};

/** Id of the version that a filter by shape reads: the cell as it is in the source. */
export function shapedId({ input }: Pick<Plan, 'input'>, { shape }: RowFilter): string | null {
  const at = shape === undefined ? -1 : input.indexOf(shape.column);
  return at < 0 ? null : `c${at}`;
}

function shapeCondition(plan: Plan, filter: RowFilter): string {
  const id = shapedId(plan, filter);
  const wanted = filter.shape?.shape;
  if (id === null || wanted === undefined) return 'FALSE';
  if (wanted === null) return `${name(id)} IS NULL`;
  const found = render(call('valueShape', [reference(id)]), 'duckdb');
  return `coalesce(${found} = ${quote.text(wanted)}, FALSE)`;
}

const name = quote.identifier;
const differs = ({ after, before }: ViewColumn) =>
  before === null ? `${name(after)} IS NOT NULL` : `${name(after)} IS DISTINCT FROM ${name(before)}`;

/** Indexes of the actions by which rows leave in a view. */
const exitsOf = (plan: Plan, step: ViewStep): readonly number[] =>
  plan.actions.flatMap((action, i) => (isExit(action) && (step === null || action.step === step) ? [i] : []));

/** Condition on a trace for the rows that are still there before the step of a view. */
export function present(plan: Plan, step: ViewStep): string {
  if (step === null) return 'TRUE';
  const firstAction = plan.actions.findIndex((action) => action.step >= step);
  if (firstAction < 0) return `${name(FATE)} IS NULL`;
  return firstAction === 0 ? 'TRUE' : `(${name(FATE)} IS NULL OR ${name(FATE)} >= ${firstAction})`;
}

/** Condition on a trace for the rows of a view. */
export function viewCondition(plan: Plan, step: ViewStep, filter: RowFilter): string {
  const columns = viewColumns(plan, step);
  const conditions = [present(plan, step)];
  const exits = exitsOf(plan, step);
  const left = exits.length === 0 ? 'FALSE' : `${name(FATE)} IN (${exits.join(', ')})`;
  const changed = columns.filter((one) => one.after !== one.before).map(differs);
  if (filter.show === 'left') conditions.push(`coalesce(${left}, FALSE)`);
  if (filter.show === 'changed') conditions.push(`coalesce(${[left, ...changed].join(' OR ')}, FALSE)`);
  if (filter.shape !== undefined) conditions.push(shapeCondition(plan, filter));
  if (filter.find !== undefined && filter.find !== '') {
    const wanted = quote.text(filter.find);
    conditions.push(
      `(${columns.map((one) => `contains(lower(coalesce(${name(one.after)}, '')), lower(${wanted}))`).join(' OR ')})`,
    );
  }
  return conditions.join(' AND ');
}

const survivors = (plan: Plan): readonly Merge[] =>
  plan.actions.filter((action: Action): action is Merge => action.kind === 'merge');

const selectList = (plan: Plan, step: ViewStep): string => {
  const columns = viewColumns(plan, step).flatMap(({ after, before }, i) => [
    `${before === null ? 'NULL' : readable(name(before))} AS b${i}`,
    `${readable(name(after))} AS a${i}`,
  ]);
  const merges = survivors(plan).map((merge) => `WHEN ${name(merge.id)} THEN ${name(survivorOf(merge))}`);
  const winner = merges.length === 0 ? 'NULL' : `CASE ${merges.join(' ')} END`;
  return `CAST(${name(ROW)} AS DOUBLE) AS r, ${name(FATE)} AS f, CAST(${winner} AS DOUBLE) AS w, ${columns.join(', ')}`;
};

/** Rows of a view as in viewQuery, all those of a relation, in the order of the source. */
export const viewRowsQuery = (plan: Plan, relation: string, step: ViewStep): string =>
  `SELECT ${selectList(plan, step)} FROM ${relation} ORDER BY ${name(ROW)}`;

/** Row numbers `r` of a view's rows, in the order of the source. */
export const viewNumbersQuery = (plan: Plan, relation: string, step: ViewStep, filter: RowFilter): string =>
  `SELECT CAST(${name(ROW)} AS INTEGER) AS r FROM ${relation} WHERE ${viewCondition(plan, step, filter)} ORDER BY ${name(ROW)}`;

/**
 * Rows of a view in the order of the source: `r`, `f`, `w` (row number of the survivor of a merged row), then for
 * each view column `b<i>` (before; the same as after where nothing changed) and `a<i>` (after).
 */
export function viewQuery(
  plan: Plan,
  trace: string,
  { step, filter, offset, limit }: { step: ViewStep; filter: RowFilter; offset: number; limit: number },
): string {
  return (
    `SELECT ${selectList(plan, step)} FROM ${name(trace)} WHERE ${viewCondition(plan, step, filter)} ` +
    `ORDER BY ${name(ROW)} LIMIT ${quote.integer(limit)} OFFSET ${quote.integer(offset)}`
  );
}

/** How many rows a view has. */
export const viewCountQuery = (plan: Plan, trace: string, step: ViewStep, filter: RowFilter): string =>
  `SELECT CAST(count(*) AS DOUBLE) AS n FROM ${name(trace)} WHERE ${viewCondition(plan, step, filter)}`;

/** One version in a cell's history; `step` is null for the value at the source. */
export type HistoryEntry = {
  readonly step: number | null;
  readonly id: string;
  /** Column with the number of the row the value was taken from; null where it is the row's own. */
  readonly origin: string | null;
};

function originIn(plan: Plan, value: Expression): string | null {
  const read = columnsOf(value);
  const golden = plan.actions.find((action) => action.kind === 'golden' && read.has(action.id));
  return golden?.kind === 'golden' ? originOf(golden) : null;
}

/** The versions of a column that is there after a step, oldest first: those of later steps too, whatever its names. */
export function historyOf(plan: Plan, column: string, step: ViewStep): readonly HistoryEntry[] {
  const named = (columns: readonly PlanColumn[]) => columns.find((one) => one.column === column)?.id;
  const id = named(columnsAt(plan, step)) ?? named(columnsAt(plan, -1));
  if (id === undefined) return [];
  const versions = new Set(lineageOf(plan, id));
  const first = plan.input.flatMap((_, i): HistoryEntry[] =>
    versions.has(`c${i}`) ? [{ step: null, id: `c${i}`, origin: null }] : [],
  );
  const made = plan.actions.flatMap((action): HistoryEntry[] => {
    if (action.kind !== 'assign' || action.column === null) return [];
    if (!versions.has(action.id) && !versions.has(action.from ?? '')) return [];
    versions.add(action.id);
    return [{ step: action.step, id: action.id, origin: originIn(plan, action.value) }];
  });
  return [...first, ...made];
}

/** Ids of the columns that a history reads. */
export const historyIds = (entries: readonly HistoryEntry[]): readonly string[] =>
  entries.flatMap(({ id, origin }) => (origin === null ? [id] : [id, origin]));

/**
 * The values of a cell's history from a relation: the row's fate `f`, then for each entry of historyOf its value and
 * the number of the row it was taken from.
 */
export function historyQuery(relation: string, entries: readonly HistoryEntry[], row: number): string {
  const versions = entries.flatMap(({ id, origin }, i) => [
    `${readable(name(id))} AS h${i}`,
    `CAST(${origin === null ? 'NULL' : name(origin)} AS DOUBLE) AS o${i}`,
  ]);
  return `SELECT ${[name(FATE), ...versions].join(', ')} FROM ${relation} WHERE ${name(ROW)} = ${quote.integer(row)}`;
}
