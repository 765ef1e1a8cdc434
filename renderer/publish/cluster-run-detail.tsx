import { useState } from 'react';
import type { ClusterRun } from '../../shared/contract/calls/publish';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { count } from '../shell/words';
import { useWorkbench } from '../state/context';
import { type Forecast, keptForecast, reconcile } from './forecast';
import { Places } from './places';
import { RunLog } from './run-log';
import { RunReportView } from './run-report';
import { isOpen, RunState } from './run-state';

type Props = { run: ClusterRun; onChanged: (run: ClusterRun) => void };

/** One run: where it is, what it counted against the forecast, its log and its report. */
export function ClusterRunDetail({ run, onChanged }: Props) {
  const { host } = useWorkbench();
  const stopping = useAttempt();
  const [forecast] = useState(() => keptForecast(run.runId));
  const stop = () =>
    stopping.run(async () => onChanged(await host.call('publish.stop', { runId: run.runId })));
  return (
    <section className="run-detail" aria-label={`Run ${run.name}`}>
      <header className="ready-head">
        <div>
          <h3>
            {run.name} <RunState run={run} />
          </h3>
          <p role="status">{run.message}</p>
        </div>
        {isOpen(run) && (
          <button type="button" className="button" disabled={stopping.busy} onClick={() => void stop()}>
            {stopping.busy ? 'Stopping…' : 'Stop the run'}
          </button>
        )}
      </header>
      {isOpen(run) && run.progress !== null && (
        <span className="bar">
          <span style={{ width: `${run.progress * 100}%` }} />
        </span>
      )}
      {stopping.error !== null && (
        <FaultNotice
          error={stopping.error}
          doing="Stopping"
          button={{ label: 'Stop again', run: () => void stop() }}
        />
      )}
      <Places
        places={[
          ['Input', run.input],
          ['Cleaned rows', run.output],
          ['Rows that left', run.quarantine],
          ['Application', run.applicationId],
          ['Watch it at', run.trackingUrl],
        ]}
      />
      {run.report?.counts && forecast && <Reconciliation forecast={forecast} counts={run.report.counts} />}
      {run.report && <RunReportView report={run.report} />}
      <RunLog load={async () => (await host.call('publish.log', { runId: run.runId })).lines} />
    </section>
  );
}

type Counts = Parameters<typeof reconcile>[1];

function Reconciliation({ forecast, counts }: { forecast: Forecast; counts: Counts }) {
  return (
    <table className="plain-table" aria-label="Forecast and counts">
      <thead>
        <tr>
          <th scope="col">Rows</th>
          <th scope="col" className="number">
            Forecast
          </th>
          <th scope="col" className="number">
            Counted
          </th>
          <th scope="col">Compared</th>
        </tr>
      </thead>
      <tbody>
        {reconcile(forecast, counts).map(({ fate, expected, found, verdict }) => (
          <tr key={fate}>
            <td>{fate}</td>
            <td className="number">
              {expected[0] === expected[1]
                ? count(expected[0])
                : `${count(expected[0])} to ${count(expected[1])}`}
            </td>
            <td className="number">{count(found)}</td>
            <td className="verdict" data-verdict={verdict}>
              {verdict === 'open' ? 'depends on rows outside the sample' : verdict}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
