import { madeBy, needsOf, partQuery, ROW } from '../../../shared/compile/duckdb';
import { type Lookup, type Plan, seesAll } from '../../../shared/compile/plan';
import { render } from '../../../shared/compile/render';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import type { Engine } from '../../../shared/ports/engine';
import type { CancelSignal } from '../../../shared/ports/signal';
import type { ColumnStore, RowCondition } from './column-store';
import { type ColumnKeys, keyIn } from './keys';

/** Sees to it that all inputs of a relation (`i0 … in`) have answers in a table; the answer is the table's name. */
export type EnsureAnswers = (
  lookup: Lookup,
  inputs: string,
  context: { engine: Engine; urgent: boolean; signal?: CancelSignal | undefined },
) => Promise<string>;

/** SQL of a relation over the sample's rows: all of them, or some. Those that are staged already are as they are. */
export type Relation = (rows?: RowCondition) => string;

export type PartOptions = {
  readonly plan: Plan;
  readonly keys: ColumnKeys;
  readonly store: ColumnStore;
  readonly answers: EnsureAnswers;
  readonly engine: Engine;
  /** Whether some rows are asked for, which can't tell what looks at all of them. */
  readonly some: boolean;
  /** Keeps the rows of a query in a table and answers its name, so that nothing is computed again after a lookup. */
  readonly stage: (query: Relation) => Promise<string>;
  readonly urgent: boolean;
  readonly signal?: CancelSignal;
};

/**
 * Actions that must run to get columns that the store lacks, in order, and the columns they read from the store.
 * Merges and what is taken from groups look at all rows, so some rows alone can't have them: they are answered as `unknown` instead.
 */
export function missingParts(
  { plan, keys, store, some }: Pick<PartOptions, 'plan' | 'keys' | 'store' | 'some'>,
  wanted: Iterable<string>,
) {
  const makers = new Map(plan.actions.flatMap((action, i) => madeBy(action).map((id) => [id, i] as const)));
  const actions = new Set<number>();
  const read = new Set<string>();
  const unknown = new Set<string>();
  const visit = (id: string): void => {
    if (store.has(keyIn(keys, id))) {
      read.add(id);
      return;
    }
    const index = makers.get(id);
    const action = index === undefined ? undefined : plan.actions[index];
    if (index === undefined || !action) throw new RangeError(`Nothing makes ${id}.`);
    if (seesAll(action) && some) {
      unknown.add(id);
      return;
    }
    if (actions.has(index)) return;
    actions.add(index);
    for (const need of needsOf(plan, index)) visit(need);
  };
  for (const id of wanted) visit(id);
  return { actions: [...actions].sort((a, b) => a - b), read, unknown };
}

/** A relation with `r` and the wanted columns, after answering the lookups on the way. */
export async function columnsRelation(options: PartOptions, wanted: Iterable<string>): Promise<Relation> {
  const { plan, keys, store, answers, engine, stage, urgent, signal } = options;
  const shown = [...wanted];
  const { actions, read, unknown } = missingParts(options, shown);
  const blanks = [...unknown].map((id) => {
    const kind = plan.actions.find((action) => 'id' in action && action.id === id)?.kind;
    const answered = plan.actions.some((action) => action.kind === 'lookup' && action.ids.includes(id));
    const empty = `CAST(NULL AS ${kind === 'golden' || answered ? 'VARCHAR' : 'DOUBLE'})`;
    const blank = kind === 'merge' ? 'FALSE' : kind === 'size' ? '1' : empty;
    return `${blank} AS ${quote.identifier(id)}`;
  });
  const stored: Relation = (rows) => {
    const columns = store.relation(read, keys, rows);
    return blanks.length === 0 ? columns : `(SELECT *, ${blanks.join(', ')} FROM ${columns})`;
  };
  /** What the actions from one to another add to a relation; the first may be a lookup with its answers. */
  const part =
    (source: Relation, from: number, to: number, lookups: readonly string[]): Relation =>
    (rows) =>
      partQuery(plan, actions.slice(from, to), { source: source(rows), lookups, survivors: true });
  /** Columns that the actions from one on read, or that are wanted, and that are there before it. */
  const keptBefore = (from: number): string => {
    const later = actions.slice(from);
    const made = new Set(later.flatMap((index) => plan.actions[index] ?? []).flatMap(madeBy));
    const ids = new Set([...shown, ...later.flatMap((index) => [...needsOf(plan, index)])]);
    return [ROW, ...[...ids].filter((id) => !made.has(id))].map(quote.identifier).join(', ');
  };
  let [source, begun]: [Relation, number] = [stored, 0];
  let lookups: readonly string[] = [];
  for (const [at, index] of actions.entries()) {
    const action = plan.actions[index];
    if (action?.kind !== 'lookup') continue;
    const whole = part(source, begun, at, lookups);
    const before = await stage((rows) => `SELECT ${keptBefore(at)} FROM (${whole(rows)})`);
    const inputs = action.inputs.map((input, i) => `${render(input, 'duckdb')} AS i${i}`).join(', ');
    const context = { engine, urgent, signal };
    lookups = [await answers(action, `SELECT DISTINCT ${inputs} FROM ${before}`, context)];
    [source, begun] = [() => before, at];
  }
  const last = part(source, begun, actions.length, lookups);
  return (rows) => `(${last(rows)})`;
}
