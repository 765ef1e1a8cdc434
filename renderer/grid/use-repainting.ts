import type { GridApi } from 'ag-grid-community';
import { type RefObject, useEffect } from 'react';
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
 */
export function useRepainting(api: RefObject<GridApi<GridRow> | null>, source: RowSource): void {
  const workbench = useWorkbench();
  useEffect(() => {
    const { store } = workbench;
    /** Rows on screen at once; those further away, which are old in the grid's cache, when all is computed. */
    const repaint = async (version: number, whole: boolean) => {
      const grid = api.current;
      if (!grid || grid.isDestroyed()) return;
      if (!(await source.repaint(grid))) return;
      mark(version);
      if (whole && !grid.isDestroyed()) grid.refreshInfiniteCache();
    };
    const start = () => {
      const grid = api.current;
      if (!grid || grid.isDestroyed()) return;
      grid.setRowCount(source.length(), true);
      grid.purgeInfiniteCache();
      if (source.length() > 0) grid.ensureIndexVisible(0, 'top');
    };
    const onChange = (now: WorkbenchState, before: WorkbenchState) => {
      const [preview, old] = [now.preview, before.preview];
      if (now.sample !== before.sample) return start();
      if (now.filter !== before.filter && now.filter.show === 'all' && !now.filter.find) start();
      else if (!sameRows(preview.matches, old.matches)) start();
      if (preview.version !== old.version || now.step !== before.step)
        void repaint(preview.version, preview.status === 'current');
      // Merges, and fates after them, are known only when all rows have been looked at.
      else if (preview.status === 'current' && old.status !== 'current') void repaint(preview.version, true);
    };
    const stop = store.subscribe(onChange);
    const onScroll = () => {
      const { preview } = store.getState();
      const old = api.current?.getRenderedNodes().some(({ data }) => data && data.view.plan !== preview.plan);
      if (old) void repaint(preview.version, false);
    };
    const grid = api.current;
    grid?.addEventListener('viewportChanged', onScroll);
    return () => {
      stop();
      if (!grid?.isDestroyed()) grid?.removeEventListener('viewportChanged', onScroll);
    };
  }, [workbench, api, source]);
}
