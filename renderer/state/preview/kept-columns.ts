import { madeBy } from '../../../shared/compile/duckdb';
import type { Action, Plan } from '../../../shared/compile/plan';
import { type ColumnKeys, keyIn } from './keys';

/** Columns that stay in the store: what can be seen and what decides fates. Hidden ones are computed when needed. */
export function shownBy(action: Action): readonly string[] {
  if (action.kind === 'explode') return [action.id];
  if (['lookup', 'join', 'size', 'tally'].includes(action.kind)) return [];
  if (action.kind === 'assign' && action.column === null) return [];
  return madeBy(action);
}

/** Keys of all columns that a plan keeps in the store. */
export const keptKeys = (plan: Plan, keys: ColumnKeys): ReadonlySet<string> =>
  new Set(plan.actions.flatMap((action) => shownBy(action).map((id) => keyIn(keys, id))));
