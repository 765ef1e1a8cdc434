import type { GridApi } from 'ag-grid-community';
import { type RefObject, useEffect } from 'react';
import { viewColumns } from '../../shared/trace/view';
import { useWorkbench } from '../state/context';
import type { WorkbenchState } from '../state/model';
import type { GridRow } from './grid-row';

/** Names of the columns that the selected step changes or adds, in the grid's order. */
function changedColumns({ preview: { plan }, step }: WorkbenchState): readonly string[] {
  const index = plan?.steps.findIndex(({ id }) => id === step) ?? -1;
  if (!plan || index < 0) return [];
  return viewColumns(plan, index)
    .filter(({ after, before }) => after !== before)
    .map(({ column }) => column);
}

/** Whether all of a column, or of its part that fits, is in view. */
function isInView(grid: GridApi<GridRow>, id: string): boolean {
  const column = grid.getColumn(id);
  const left = column?.getLeft();
  if (!column || left === null || left === undefined) return false;
  const { left: from, right: to } = grid.getHorizontalPixelRange();
  return left >= from && left + Math.min(column.getActualWidth(), to - from) <= to;
}

/** Brings the first column that a step changes into view when the step is selected and none of them is. */
export function useStepColumn(api: RefObject<GridApi<GridRow> | null>): void {
  const workbench = useWorkbench();
  useEffect(() => {
    let timer = 0;
    const stop = workbench.store.subscribe((now, before) => {
      if (now.step === before.step) return;
      clearTimeout(timer);
      // A step that adds or drops columns gives the grid other ones first.
      timer = window.setTimeout(() => {
        const grid = api.current;
        if (!grid || grid.isDestroyed()) return;
        const changed = changedColumns(workbench.store.getState());
        const [first] = changed;
        if (first === undefined || changed.some((id) => isInView(grid, id))) return;
        grid.ensureColumnVisible(first);
      }, 50);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [workbench, api]);
}
