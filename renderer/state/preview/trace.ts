import { madeBy, ROW } from '../../../shared/compile/duckdb';
import { type Action, type Plan, seesAll } from '../../../shared/compile/plan';
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
  /** Rows of the sample; they are numbered from 1 without a gap. */
  readonly rows: number;
  /**
   * Rows computed at once: the engine runs so many to the end before it can turn to the rows on screen or be
   * cancelled.
   */
  readonly portion: number;
  readonly signal: CancelSignal;
};

/** Columns that stay in the store: what can be seen and what decides fates. Hidden ones are computed when needed. */
function shownBy(action: Action): readonly string[] {
  if (['lookup', 'join', 'size', 'tally'].includes(action.kind)) return [];
  if (action.kind === 'assign' && action.column === null) return [];
  return madeBy(action);
}

/** Keys of all columns that a plan keeps in the store. */
export const keptKeys = (plan: Plan, keys: ColumnKeys): ReadonlySet<string> =>
  new Set(plan.actions.flatMap((action) => shownBy(action).map((id) => keyIn(keys, id))));

/** Computes what the store lacks of a step, for all rows, as one more table. */
async function computeStep(parts: TraceParts, step: number): Promise<void> {
  const { plan, keys, store, rows, portion: size, engine, signal } = parts;
  const byKey = new Map<string, string>();
  for (const action of plan.actions.filter((one) => one.step === step)) {
    for (const id of shownBy(action)) if (!store.has(keyIn(keys, id))) byKey.set(keyIn(keys, id), id);
  }
  if (byKey.size === 0) return;
  const wanted = [...byKey.values()];
  const missing = missingParts({ plan, keys, store }, wanted).actions.flatMap((i) => plan.actions[i] ?? []);
  const grouped = missing.some(seesAll);
  const lookedUp = missing.some((action) => action.kind === 'lookup');
  const row = quote.identifier(ROW);
  const columns = [...byKey].map(([key, id]) => `${quote.identifier(id)} AS ${quote.identifier(key)}`);
  // Joins and windows may hand rows on in another order.
  const joined = missing.some((action) => action.kind === 'join');
  const order = grouped || lookedUp || joined ? ` ORDER BY ${row}` : '';
  const select = async (portion?: string) => {
    const options = { ...parts, urgent: false };
    const { rows: _, ...whole } = options;
    const relation = await columnsRelation(
      portion ? { ...whole, rows: { range: portion, among: null } } : whole,
      wanted,
    );
    return `SELECT CAST(${row} AS INTEGER) AS ${row}, ${columns.join(', ')} FROM ${relation}${order}`;
  };
  const table = store.newTable();
  const target = quote.identifier(table);
  try {
    // Groups lie all over the sample.
    if (rows <= size || grouped) {
      await engine.execute(`CREATE TABLE ${target} AS ${await select()}`, signal);
    } else {
      const between = (from: string, to: string) => `${row} BETWEEN ${from} AND ${to}`;
      const portion = (from: number) => between(String(from), String(from + size - 1));
      await engine.execute(`CREATE TABLE ${target} AS ${await select(portion(1))}`, signal);
      // Prepared, as planning takes longer than computing so few rows; but inputs of a lookup are asked for each time.
      const prepared = !lookedUp;
      if (prepared) {
        const next = await select(between('CAST($1 AS DOUBLE)', 'CAST($2 AS DOUBLE)'));
        await engine.execute(`PREPARE portion AS INSERT INTO ${target} ${next}`, signal);
      }
      for (let from = size + 1; from <= rows; from += size) {
        const insert = prepared
          ? `EXECUTE portion(${from}, ${from + size - 1})`
          : `INSERT INTO ${target} ${await select(portion(from))}`;
        await engine.execute(insert, signal);
      }
    }
  } catch (error) {
    await engine.execute(`DROP TABLE IF EXISTS ${target}`);
    throw error;
  }
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
