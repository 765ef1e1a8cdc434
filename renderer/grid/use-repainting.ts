import type { GridApi } from 'ag-grid-community';
import { type RefObject, useCallback, useEffect } from 'react';
import { useWorkbench } from '../state/context';
import type { Matches, WorkbenchState } from '../state/model';
import type { GridRow } from './grid-row';
import type { RowSource } from './row-source';

const sameRows = (a: Matches, b: Matches): boolean => {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every((row, i) => row === b[i]);
};

/** Notes in the browser's timeline when the rows on screen show the rules as they are. */
const mark = (version: number) =>
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.clearMarks('grid-painted');
      performance.mark('grid-painted', { detail: { version } });
    }),
  );

/**
 * Keeps the grid's rows as the rules make them: at once the rows on screen, in place; then the others in its cache.
 * Answers what to do when other rows come on screen.
 */
export function useRepainting(api: RefObject<GridApi<GridRow> | null>, source: RowSource): () => void {
  const workbench = useWorkbench();
  /** With `whole`, rows further away too, which are old in the grid's cache; only once they need no computing. */
  const repaint = useCallback(
    async (whole: boolean) => {
      const grid = api.current;
      if (!grid || grid.isDestroyed()) return;
      const { version } = workbench.store.getState().preview;
      if (!(await source.repaint(grid))) return;
      mark(version);
      if (whole && !grid.isDestroyed()) grid.refreshInfiniteCache();
    },
    [workbench, api, source],
  );

  useEffect(() => {
    const start = () => {
      const grid = api.current;
      if (!grid || grid.isDestroyed()) return;
      grid.setRowCount(source.length(), true);
      grid.purgeInfiniteCache();
      if (source.length() > 0) grid.ensureIndexVisible(0, 'top');
    };
    const onChange = (now: WorkbenchState, before: WorkbenchState) => {
      const [preview, old] = [now.preview, before.preview];
      if (now.sample !== before.sample || preview.rows !== old.rows) return start();
      const cleared = now.filter !== before.filter && now.filter.show === 'all' && !now.filter.find;
      if (cleared || !sameRows(preview.matches, old.matches)) start();
      // Merges, and fates after them, are known only when all rows have been looked at.
      const done = preview.status === 'current' && old.status !== 'current';
      if (preview.version !== old.version || now.step !== before.step || done)
        void repaint(preview.status === 'current');
    };
    return workbench.store.subscribe(onChange);
  }, [workbench, api, source, repaint]);

  return useCallback(() => {
    const { plan, status } = workbench.store.getState().preview;
    const rows = api.current?.getRenderedNodes() ?? [];
    if (rows.some(({ data }) => data && data.view.plan !== plan)) void repaint(status === 'current');
  }, [workbench, api, repaint]);
}
