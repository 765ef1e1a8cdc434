import type { RowFilter } from '../../shared/trace/view';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';

/** Why no row is shown, with all steps together and after one. */
const WORDS: Readonly<Record<RowFilter['show'], readonly [all: string, step: string]>> = {
  all: ['The sample has no rows.', 'No row reaches this step.'],
  changed: ['No step changes a cell.', 'This step changes no cell.'],
  left: ['No row leaves.', 'No row leaves at this step.'],
};

/** What stands in a grid without rows, and the way back. */
export function GridEmpty() {
  const workbench = useWorkbench();
  const { show, find } = useWorkbenchState((state) => state.filter);
  const matching = useWorkbenchState((state) => state.preview.matching);
  const step = useWorkbenchState((state) => state.step);
  const stopsAt = useWorkbenchState((state) => state.preview.stopsAt?.step ?? null);
  const steps = useRuleSet()?.steps ?? [];
  const placeOf = (id: string | null) => steps.findIndex((one) => one.id === id);
  const stopped = placeOf(stopsAt);
  if (matching) return <p className="muted">Looking…</p>;
  const [all, one] = WORDS[show];
  const words =
    step === null
      ? all
      : stopped >= 0 && placeOf(step) >= stopped
        ? `The preview stops before step ${stopped + 1}: what this step does is not known yet.`
        : one;
  return (
    <div className="grid-empty">
      <p className="muted">{find ? `No such row holds “${find}”.` : words}</p>
      {(show !== 'all' || find) && (
        <button type="button" className="button" onClick={() => workbench.setFilter({ show: 'all' })}>
          Show all rows
        </button>
      )}
    </div>
  );
}
