import { madeBy, needsOf, partQuery } from '../../../shared/compile/duckdb';
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

export type PartOptions = {
  readonly plan: Plan;
  readonly keys: ColumnKeys;
  readonly store: ColumnStore;
  readonly answers: EnsureAnswers;
  readonly engine: Engine;
  readonly rows?: RowCondition;
  /** Keeps the rows of a query in a table and answers its name, so that nothing is computed again after a lookup. */
  readonly stage?: (query: string) => Promise<string>;
  readonly urgent: boolean;
  readonly signal?: CancelSignal;
};

/**
 * Actions that must run to get columns that the store lacks, in order, and the columns they read from the store.
 * Merges and what is taken from groups look at all rows, so some rows alone can't have them: they are answered as `unknown` instead.
 */
export function missingParts(
  { plan, keys, store, rows }: Pick<PartOptions, 'plan' | 'keys' | 'store' | 'rows'>,
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
    if (seesAll(action) && rows !== undefined) {
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

/** SQL of a relation with `r` and the wanted columns, after answering the lookups on the way. */
export async function columnsRelation(options: PartOptions, wanted: Iterable<string>): Promise<string> {
  const { plan, keys, store, rows, answers, engine, stage, urgent, signal } = options;
  const { actions, read, unknown } = missingParts(options, wanted);
  const stored = store.relation(read, keys, rows);
  const blanks = [...unknown].map((id) => {
    const kind = plan.actions.find((action) => 'id' in action && action.id === id)?.kind;
    const answered = plan.actions.some((action) => action.kind === 'lookup' && action.ids.includes(id));
    const empty = `CAST(NULL AS ${kind === 'golden' || answered ? 'VARCHAR' : 'DOUBLE'})`;
    const blank = kind === 'merge' ? 'FALSE' : kind === 'size' ? '1' : empty;
    return `${blank} AS ${quote.identifier(id)}`;
  });
  let source = blanks.length === 0 ? stored : `(SELECT *, ${blanks.join(', ')} FROM ${stored})`;
  let lookups: string[] = [];
  let begun = 0;
  for (const [at, index] of actions.entries()) {
    const action = plan.actions[index];
    if (action?.kind !== 'lookup') continue;
    let before = partQuery(plan, actions.slice(begun, at), { source, lookups, survivors: true });
    if (stage) {
      before = source = await stage(before);
      [begun, lookups] = [at, []];
    }
    const inputs = action.inputs.map((input, i) => `${render(input, 'duckdb')} AS i${i}`).join(', ');
    const rowsBefore = stage ? before : `(${before})`;
    lookups.push(
      await answers(action, `SELECT DISTINCT ${inputs} FROM ${rowsBefore}`, { engine, urgent, signal }),
    );
  }
  return `(${partQuery(plan, actions.slice(begun), { source, lookups, survivors: true })})`;
}
