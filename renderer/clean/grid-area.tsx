import type { ReactNode } from 'react';
import { LiveLine } from '../live/live-line';
import { runAction } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { count } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import type { HostProgress } from '../state/host';

/** The grid's area: without a sample it says what is being waited for, what failed, or what to do. */
export function GridArea({ children }: { children: ReactNode }) {
  const workbench = useWorkbench();
  const sample = useWorkbenchState((state) => state.sample);
  const fault = useWorkbenchState((state) => state.preview.fault);
  if (sample.status === 'none') {
    return (
      <div className="clean-grid clean-empty">
        <h2>No source is open</h2>
        <p className="muted">Choose a source at the left, or add a file, to see its rows here.</p>
        <button type="button" className="button" onClick={() => runAction('source.add')}>
          Add a source…
        </button>
      </div>
    );
  }
  if (sample.status === 'waiting') {
    return (
      <div className="clean-grid clean-empty">
        <h2>The sample is drawn by a job on the cluster</h2>
        <p className="muted">
          It takes a while there, so it is not drawn anew whenever the source is opened.
        </p>
        <button type="button" className="button primary" onClick={() => workbench.resample()}>
          Draw the sample
        </button>
      </div>
    );
  }
  if (sample.status === 'failed') {
    return (
      <div className="clean-grid clean-empty">
        <FaultNotice
          error={sample.fault}
          doing="Drawing the sample"
          button={{ label: 'Draw it again', run: () => workbench.resample() }}
        />
      </div>
    );
  }
  return (
    <div className="clean-grid">
      {fault && (
        <FaultNotice
          error={fault}
          doing="The preview"
          button={{ label: 'Preview again', run: () => workbench.preview.update() }}
        />
      )}
      <LiveLine />
      {sample.status === 'loading' ? <Loading progress={sample.progress} /> : children}
    </div>
  );
}

/** Keeps the shape of the grid while it is on its way. */
function Loading({ progress }: { progress: HostProgress<'source.sample'> | null }) {
  const workbench = useWorkbench();
  return (
    <div className="clean-loading" role="status">
      <p className="muted clean-loading-words">
        {progress === null
          ? 'Drawing the sample…'
          : progress.words !== undefined
            ? progress.words
            : progress.of === null
              ? `Drawing the sample: ${count(progress.rows)} rows looked at`
              : `Reading the sample: ${count(progress.rows)} of ${count(progress.of)} rows`}
        <button type="button" className="link" onClick={() => workbench.stopSample()}>
          Cancel
        </button>
      </p>
      <div className="clean-skeleton" aria-hidden="true" />
    </div>
  );
}
