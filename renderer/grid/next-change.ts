import { viewCondition } from '../../shared/trace/view';
import type { CellPlace } from '../state/model';
import { planOf, viewIds } from '../state/preview/view';
import type { Workbench } from '../state/workbench';
import { cellOf, type GridRow, gridView, isChanged } from './grid-row';

/** The next changed cell after (or, backwards, before) a cell in the view, row by row; null where there is none. */
export async function nextChange(
  workbench: Workbench,
  from: CellPlace | null,
  by: 1 | -1,
  columns: readonly string[],
): Promise<CellPlace | null> {
  const { preview, step: stepId, filter } = workbench.store.getState();
  const index = preview.plan?.steps.findIndex(({ id }) => id === stepId) ?? -1;
  const step = index < 0 ? null : index;
  const changedIn = async (row: number): Promise<readonly string[]> => {
    const rows = preview.plan && (await workbench.preview.rows([row]));
    const view = preview.plan && gridView(preview.plan, step);
    const found: GridRow | undefined = rows?.[0] && view ? { ...rows[0], view } : undefined;
    const changed = columns.filter((column) => {
      const cell = cellOf(found, column);
      return cell !== undefined && isChanged(cell);
    });
    return by === 1 ? changed : changed.reverse();
  };
  const start = from?.row ?? 0;
  if (from) {
    const at = columns.indexOf(from.column);
    const here = (await changedIn(start)).find((column) => (columns.indexOf(column) - at) * by > 0);
    if (here !== undefined) return { row: start, column: here };
  }
  const row = await workbench.preview.query(
    stepId,
    (plan) => viewIds(planOf(plan, step), step),
    async (relation, plan, engine, signal) => {
      // Rows that left are in “changed” too; only those with a changed cell count here.
      const condition = viewCondition({ ...plan, actions: plan.actions }, step, {
        ...filter,
        show: 'changed',
      });
      const [choose, compare] = by === 1 ? ['min', '>'] : ['max', '<'];
      const bound = by === -1 && start === 0 ? 'TRUE' : `r ${compare} ${start}`;
      const { columns: found } = await engine.query(
        `SELECT CAST(${choose}(r) AS DOUBLE) AS r FROM ${relation} WHERE ${condition} AND ${bound}`,
        signal,
      );
      return found[0]?.[0] ?? null;
    },
  );
  if (row === null) return null;
  const column = (await changedIn(Number(row)))[0] ?? columns[0];
  return column === undefined ? null : { row: Number(row), column };
}
