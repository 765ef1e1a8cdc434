import { useEffect, useState } from 'react';
import type { ClusterRun } from '../../shared/contract/calls/publish';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { count, since } from '../shell/words';
import { useWorkbench } from '../state/context';
import { ClusterRunDetail } from './cluster-run-detail';
import { RunState } from './run-state';

/** Runs with changed ones in place, the newest first. */
export function withChanged(
  runs: readonly ClusterRun[],
  changed: ReadonlyMap<string, ClusterRun>,
): readonly ClusterRun[] {
  const known = new Set(runs.map((one) => one.runId));
  const added = [...changed.values()].filter((one) => !known.has(one.runId));
  const all = [...added, ...runs.map((one) => changed.get(one.runId) ?? one)];
  return all.sort((a, b) => b.submitted.localeCompare(a.submitted));
}

/** Every run on a cluster, with its state as it changes. */
export function ClusterRuns() {
  const { host } = useWorkbench();
  const loaded = useLoaded('runs', (signal) => host.call('publish.runs', {}, { signal }));
  const [changed, setChanged] = useState<ReadonlyMap<string, ClusterRun>>(new Map());
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(
    () => host.on('publish.changed', (run) => setChanged((before) => new Map(before).set(run.runId, run))),
    [host],
  );
  const runs = withChanged(loaded.value ?? [], changed);
  const shown = runs.find((one) => one.runId === chosen) ?? runs[0];
  return (
    <div className="publish-content">
      <header className="ready-head">
        <div>
          <h2>Runs on clusters</h2>
          <p className="muted">
            A run goes on when this window is closed; its state is asked of the cluster.
          </p>
        </div>
        <button type="button" className="button" onClick={loaded.reload}>
          Refresh
        </button>
      </header>
      {loaded.status === 'failed' && (
        <FaultNotice
          error={loaded.error}
          doing="Asking for runs"
          button={{ label: 'Ask again', run: loaded.reload }}
        />
      )}
      {loaded.status === 'ready' && runs.length === 0 && (
        <p className="muted">No run yet. What you publish to a cluster is watched here.</p>
      )}
      {runs.length > 0 && (
        <table className="plain-table runs">
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Rules</th>
              <th scope="col">Submitted</th>
              <th scope="col" className="number">
                Rows read
              </th>
              <th scope="col" className="number">
                Kept
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.runId} aria-selected={run.runId === shown?.runId}>
                <td>
                  <RunState run={run} />
                </td>
                <td>
                  <button type="button" className="link" onClick={() => setChosen(run.runId)}>
                    {run.name}
                  </button>{' '}
                  <span className="muted small mono">{run.runId.slice(0, 8)}</span>
                </td>
                <td title={since(run.submitted).exact}>{since(run.submitted).words}</td>
                <td className="number">{run.report?.counts ? count(run.report.counts.read) : '–'}</td>
                <td className="number">{run.report?.counts ? count(run.report.counts.kept) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown && (
        <ClusterRunDetail
          key={shown.runId}
          run={shown}
          onChanged={(run) => setChanged((before) => new Map(before).set(run.runId, run))}
        />
      )}
    </div>
  );
}
