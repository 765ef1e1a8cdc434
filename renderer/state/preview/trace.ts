import { madeBy, ROW } from '../../../shared/compile/duckdb';
import type { Action, Plan } from '../../../shared/compile/plan';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import type { Engine } from '../../../shared/ports/engine';
import type { CancelSignal } from '../../../shared/ports/signal';
import type { ColumnStore } from './column-store';
import type { Counting } from './counting';
import { type ColumnKeys, keyIn } from './keys';
import { columnsRelation, type EnsureAnswers, missingParts } from './parts';

export type TraceParts = {
  readonly plan: Plan;
  readonly keys: ColumnKeys;
  readonly store: ColumnStore;
  readonly counting: Counting;
  readonly answers: EnsureAnswers;
  readonly engine: Engine;
  readonly signal: CancelSignal;
};

/** Columns that stay in the store: what can be seen and what decides fates. Hidden ones are computed when needed. */
function shownBy(action: Action): readonly string[] {
  if (action.kind === 'lookup' || (action.kind === 'assign' && action.column === null)) return [];
  return madeBy(action);
}

/** Keys of all columns that a plan keeps in the store. */
export const keptKeys = (plan: Plan, keys: ColumnKeys): ReadonlySet<string> =>
  new Set(plan.actions.flatMap((action) => shownBy(action).map((id) => keyIn(keys, id))));

/** Computes what the store lacks of a step, for all rows, as one more table. */
async function computeStep(parts: TraceParts, step: number): Promise<void> {
  const { plan, keys, store, engine, signal } = parts;
  const byKey = new Map<string, string>();
  for (const action of plan.actions.filter((one) => one.step === step)) {
    for (const id of shownBy(action)) if (!store.has(keyIn(keys, id))) byKey.set(keyIn(keys, id), id);
  }
  if (byKey.size === 0) return;
  const wanted = [...byKey.values()];
  const relation = await columnsRelation({ ...parts, urgent: false }, wanted);
  const { actions } = missingParts(parts, wanted);
  // Joins and windows may hand rows on in another order.
  const reorders = actions.some((i) => /merge|lookup/.test(plan.actions[i]?.kind ?? ''));
  const row = quote.identifier(ROW);
  const columns = [...byKey].map(([key, id]) => `${quote.identifier(id)} AS ${quote.identifier(key)}`);
  const table = store.newTable();
  await engine.execute(
    `CREATE TABLE ${quote.identifier(table)} AS SELECT CAST(${row} AS INTEGER) AS ${row}, ${columns.join(', ')} ` +
      `FROM ${relation}${reorders ? ` ORDER BY ${row}` : ''}`,
    signal,
  );
  store.add(table, [...byKey.keys()]);
}

async function countStep(parts: TraceParts, step: number): Promise<void> {
  const { plan, keys, store, counting, engine, signal } = parts;
  const measures = counting.missing(plan, keys, step);
  if (measures.length === 0) return;
  const relation = store.relation(counting.needs(plan, measures), keys);
  const { names, columns } = await engine.query(counting.query(plan, measures, relation), signal);
  counting.put(plan, keys, new Map(names.map((name, i) => [name, Number(columns[i]?.[0] ?? 0)])));
}

/** Computes and counts a plan step by step, in order; `done` is told after each step. */
export async function traceSteps(parts: TraceParts, done: (step: number) => void): Promise<void> {
  for (const step of parts.plan.steps.keys()) {
    await computeStep(parts, step);
    await countStep(parts, step);
    done(step);
  }
}
