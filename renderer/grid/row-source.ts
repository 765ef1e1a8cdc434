import type { GridApi, IDatasource, IRowNode } from 'ag-grid-community';
import type { WorkbenchState } from '../state/model';
import type { Workbench } from '../state/workbench';
import { type GridRow, type GridView, gridView } from './grid-row';

export const BLOCK_ROWS = 100;

/** Hands rows of the current view to the grid. */
export type RowSource = {
  readonly datasource: IDatasource;
  /** How many rows the view has. */
  length(): number;
  /** Row number at a place in the view, both from where they count: numbers from 1, places from 0. */
  numberAt(place: number): number | undefined;
  placeOf(number: number): number | undefined;
  /** Fetches the rows on screen again and puts them in place, giving up an older repaint. */
  repaint(api: GridApi<GridRow>): Promise<boolean>;
};

/** How many rows there are in the view, whatever the filter. */
export const rowsIn = ({ preview, sample }: WorkbenchState): number =>
  preview.rows ?? (sample.status === 'ready' ? sample.sample.rows : 0);

function currentView({ store, preview: { label, isAdded } }: Workbench): GridView | null {
  const { preview, step } = store.getState();
  if (!preview.plan) return null;
  const index = preview.plan.steps.findIndex(({ id }) => id === step);
  return gridView(preview.plan, index < 0 ? null : index, label, isAdded);
}

/** Rows of a view as grid rows; null when the rules changed meanwhile. */
async function fetchRows(
  workbench: Workbench,
  numbers: readonly number[],
  signal?: AbortSignal,
): Promise<readonly GridRow[] | null> {
  const view = currentView(workbench);
  const rows = view && (await workbench.preview.rows(numbers, signal));
  if (!view || !rows || signal?.aborted) return null;
  const now = currentView(workbench);
  if (now?.plan !== view.plan || now.step !== view.step) return null;
  return rows.map((row) => ({ ...row, view }));
}

/** @param loaded is told of each block of rows that comes into the grid */
export function createRowSource(workbench: Workbench, loaded: (rows: readonly GridRow[]) => void): RowSource {
  let painting = new AbortController();
  const state = () => workbench.store.getState();
  const matches = () => state().preview.matches;
  const length = () => {
    return matches()?.length ?? rowsIn(state());
  };
  const numberAt = (place: number) => {
    const listed = matches();
    if (listed) return listed[place];
    return place < length() ? place + 1 : undefined;
  };

  const datasource: IDatasource = {
    getRows({ startRow, endRow, successCallback, failCallback }) {
      const numbers: number[] = [];
      for (let place = startRow; place < Math.min(endRow, length()); place++) {
        const number = numberAt(place);
        if (number !== undefined) numbers.push(number);
      }
      const load = async (): Promise<void> => {
        const rows = numbers.length === 0 ? [] : await fetchRows(workbench, numbers);
        // The rules changed while these rows were on their way: ask again for what they are now.
        if (rows === null && state().preview.plan !== null) return load();
        if (rows === null) failCallback();
        else {
          successCallback([...rows], length());
          loaded(rows);
        }
      };
      load().catch(() => failCallback());
    },
  };

  return {
    datasource,
    length,
    numberAt,
    placeOf(number) {
      const listed = matches();
      if (!listed) return number - 1;
      let [low, high] = [0, listed.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((listed[middle] ?? 0) < number) low = middle + 1;
        else high = middle;
      }
      return listed[low] === number ? low : undefined;
    },
    async repaint(api) {
      painting.abort();
      painting = new AbortController();
      const { signal } = painting;
      const nodes = new Map<number, IRowNode<GridRow>>();
      for (const node of api.getRenderedNodes()) if (node.data) nodes.set(node.data.row, node);
      const numbers = [...nodes.keys()].sort((a, b) => a - b);
      if (numbers.length === 0) return true;
      const rows = await fetchRows(workbench, numbers, signal).catch((error: unknown) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (rows === null || signal.aborted) return false;
      for (const row of rows) nodes.get(row.row)?.setData(row);
      return true;
    },
  };
}
