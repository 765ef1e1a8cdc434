import { ROW } from '../../../shared/compile/duckdb';
import { isGrouped, type Plan, seesAll } from '../../../shared/compile/plan';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import type { Engine } from '../../../shared/ports/engine';
import type { CancelSignal } from '../../../shared/ports/signal';
import type { Counting } from './counting';
import { shownBy } from './kept-columns';
import { type ColumnKeys, keyIn } from './keys';
import { columnsRelation, type EnsureAnswers, missingParts, type Relation } from './parts';
import { type RowSpace, type RowSpaces, splitRows } from './row-space';

/** What computing a plan takes; its rows are those before the first step that splits them. */
export type TraceParts = RowSpace & {
  readonly plan: Plan;
  readonly keys: ColumnKeys;
  readonly spaces: RowSpaces;
  readonly counting: Counting;
  readonly answers: EnsureAnswers;
  readonly engine: Engine;
  /**
   * Rows computed at first: the engine runs a portion to the end before it can turn to the rows on screen or be
   * cancelled. Later portions are as large as it computes in a short time.
   */
  readonly portion: number;
  readonly signal: CancelSignal;
};

/** So long, in ms, the engine may be busy with one portion. */
const PORTION_MS = 40;

/** Makes a table of a relation's rows. */
async function make(parts: TraceParts, table: string, relation: Relation, whole: boolean): Promise<void> {
  const { engine, rows, signal } = parts;
  const target = quote.identifier(table);
  if (whole) return engine.execute(`CREATE TABLE ${target} AS ${relation()}`, signal);
  const between = (from: string, to: string) => {
    return relation({ range: `${quote.identifier(ROW)} BETWEEN ${from} AND ${to}`, among: null });
  };
  let size = parts.portion;
  let done = 0;
  const compute = async (sql: string) => {
    const since = performance.now();
    done += size;
    await engine.execute(sql, signal);
    const fitting = Math.round((size * PORTION_MS) / (performance.now() - since));
    size = Math.max(parts.portion, Math.min(fitting, rows - done));
  };
  await compute(`CREATE TABLE ${target} AS ${between('1', String(size))}`);
  // Prepared, as planning can take longer than computing.
  const next = between('CAST($1 AS DOUBLE)', 'CAST($2 AS DOUBLE)');
  await engine.execute(`PREPARE portion AS INSERT INTO ${target} ${next}`, signal);
  while (done < rows) await compute(`EXECUTE portion(${done + 1}, ${done + size})`);
}

/** Computes what the store lacks of a step, for all rows, as one more table. */
async function computeStep(parts: TraceParts, step: number): Promise<void> {
  const { plan, keys, store, rows, engine } = parts;
  const byKey = new Map<string, string>();
  for (const action of plan.actions.filter((one) => one.step === step)) {
    for (const id of shownBy(action)) if (!store.has(keyIn(keys, id))) byKey.set(keyIn(keys, id), id);
  }
  if (byKey.size === 0) return;
  const wanted = [...byKey.values()];
  const options = { ...parts, some: false, urgent: false };
  const missing = missingParts(options, wanted).actions.flatMap((i) => plan.actions[i] ?? []);
  // Joins and windows may hand rows on in another order.
  const moved = missing.some((action) => isGrouped(action) || ['lookup', 'join'].includes(action.kind));
  // Groups lie all over the sample; answers are joined once, to rows that are staged.
  let whole = rows <= parts.portion || missing.some(seesAll);
  const staged: string[] = [];
  const stage = async (query: Relation) => {
    const table = store.newTable();
    staged.push(table);
    await make(parts, table, query, whole);
    whole = true;
    return quote.identifier(table);
  };
  const row = quote.identifier(ROW);
  const columns = [...byKey].map(([key, id]) => `${quote.identifier(id)} AS ${quote.identifier(key)}`);
  const table = store.newTable();
  try {
    const relation = await columnsRelation({ ...options, stage }, wanted);
    const select: Relation = (some) =>
      `SELECT CAST(${row} AS INTEGER) AS ${row}, ${columns.join(', ')} FROM ${relation(some)}${moved ? ` ORDER BY ${row}` : ''}`;
    await make(parts, table, select, whole);
  } catch (error) {
    staged.push(table);
    throw error;
  } finally {
    for (const one of staged) await engine.execute(`DROP TABLE IF EXISTS ${quote.identifier(one)}`);
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
  const { plan } = parts;
  let here = parts;
  for (const step of plan.steps.keys()) {
    const index = plan.actions.findIndex((action) => action.kind === 'explode' && action.step === step);
    if (index >= 0) {
      await computeStep({ ...here, plan: { ...plan, actions: plan.actions.slice(0, index) } }, step);
      here = await splitRows(here, index);
    }
    await computeStep(here, step);
    await countStep(here, step);
    done(step);
  }
}
