import type { Step } from '../../shared/document/rule-set';
import { count, plural } from '../shell/words';
import { useWorkbenchState } from '../state/context';

/** What a step does to the sample: cells it changes, rows that leave by it. */
export function StepCountsLine({ step }: { step: Step }) {
  const counts = useWorkbenchState((state) => state.preview.steps[step.id]);
  const stale = useWorkbenchState((state) => state.preview.stale.has(step.id));
  const stopped = useWorkbenchState((state) =>
    state.preview.counts?.stopped.find((one) => one.step === step.id),
  );
  if (!counts) return <span className="step-counts muted small">{stale ? 'counting…' : ''}</span>;
  const { changedCells, rejected, filtered, merged, added, failing } = counts;
  const nothing = changedCells + rejected + filtered + merged + added + failing === 0;
  return (
    <span className="step-counts small" data-stale={stale}>
      {changedCells > 0 && <span className="count-changed">{plural(changedCells, 'cell')} changed</span>}
      {added > 0 && <span className="count-added">+ {plural(added, 'row')} added</span>}
      {rejected > 0 && <span className="count-rejected">✕ {count(rejected)} rejected</span>}
      {filtered > 0 && <span className="count-filtered">⊘ {count(filtered)} dropped</span>}
      {merged > 0 && <span className="count-merged">⤷ {count(merged)} merged</span>}
      {failing > 0 && <span className="count-rejected">{count(failing)} fail</span>}
      {stopped && <span className="count-rejected">stops the run</span>}
      {nothing && <span className="muted">changes nothing here</span>}
      {stale && <span className="muted">updating…</span>}
    </span>
  );
}
