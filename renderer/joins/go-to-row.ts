import { MOST_SAMPLE_ROWS } from '../../shared/document/sampling';
import type { Workbench } from '../state/workbench';

type Place = {
  readonly source: string;
  readonly row: number;
  readonly columns: readonly string[];
  readonly cells: readonly (string | null)[];
  /** So many of the columns are the key. */
  readonly keys: number;
};

/** Samples of Clean are drawn in these sizes. */
const SIZES = [20_000, 100_000, 500_000];

/**
 * Shows a row in Clean, among those that hold the same key or, where it has none, what else tells it apart. Draws more
 * of the first rows where the row lies beyond them.
 */
export function goToRow(workbench: Workbench, { source, row, columns, cells, keys }: Place): void {
  const present = (i: number) => (cells[i] ?? '') !== '';
  const places = columns.map((_, i) => i);
  const place = places.slice(0, keys).every(present) ? 0 : places.slice(keys).find(present);
  const { source: current, project } = workbench.store.getState();
  const sampling = project?.project.sources.find((one) => one.id === source)?.sampling;
  workbench.show('clean');
  if (source !== current) workbench.selectSource(source);
  if (sampling?.method === 'first' && row > sampling.rows)
    workbench.resample({ ...sampling, rows: SIZES.find((one) => one >= row) ?? MOST_SAMPLE_ROWS });
  workbench.selectStep(null);
  workbench.setFilter({ show: 'all', ...(place !== undefined && { find: cells[place] ?? '' }) });
  workbench.selectColumn(columns[0] ?? null);
}
