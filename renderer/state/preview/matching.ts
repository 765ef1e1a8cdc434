import { isExit, type Plan } from '../../../shared/compile/plan';
import {
  type RowFilter,
  shapedId,
  type ViewStep,
  viewColumns,
  viewNumbersQuery,
} from '../../../shared/trace/view';
import type { ColumnStore } from './column-store';
import { withFate } from './counting';
import type { ColumnKeys } from './keys';
import { planOf, viewIds } from './view';

/** Whether a view shows every row of the sample, so that no list of rows is needed. */
export function showsEveryRow(plan: Plan, step: ViewStep, filter: RowFilter): boolean {
  if (filter.show !== 'all' || (filter.find ?? '') !== '' || filter.shape !== undefined) return false;
  return step === null || !plan.actions.some((action) => isExit(action) && action.step < step);
}

/** The query for a view's row numbers, or null while the store lacks something it reads. */
export function matchesQuery(
  whole: Plan,
  keys: ColumnKeys,
  store: ColumnStore,
  step: ViewStep,
  filter: RowFilter,
): string | null {
  const plan = planOf(whole, step);
  const shaped = shapedId(plan, filter);
  const ids = [...new Set([...viewIds(plan, step), ...(shaped === null ? [] : [shaped])])];
  if (ids.some((id) => !store.has(keys.get(id) ?? ''))) return null;
  return viewNumbersQuery(plan, withFate(plan, store.relation(ids, keys)), step, filter);
}

/** How many of a view's columns can differ from before. */
export const changedColumns = (plan: Plan, step: ViewStep): number =>
  viewColumns(plan, step).filter(({ after, before }) => after !== before).length;
