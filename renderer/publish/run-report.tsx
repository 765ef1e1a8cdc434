import type { RunReport } from '../../shared/contract/calls/runs';
import { Icon } from '../shell/icons';
import { folder } from '../shell/paths';
import { count, duration, plural, since, size } from '../shell/words';
import { CopyButton } from './copy-button';
import { CountsSum } from './counts-sum';
import { StepCounts } from './step-counts';

/** What a run did: counts that add up, what it wrote and with what. */
export function RunReportView({ report }: { report: RunReport }) {
  const { status, failure, counts, engine, libraries, outputs, unreadable, blankLines, started, finished } =
    report;
  const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
  return (
    <section className="report" aria-label="Run report">
      <header className="report-head" data-status={status}>
        <Icon name={status === 'succeeded' ? 'check' : 'fault'} />
        <div>
          <h3>{status === 'succeeded' ? 'Done' : 'The run failed; nothing was written'}</h3>
          {failure && <p>{failure.message}</p>}
          <p className="muted small" title={since(finished).exact}>
            {since(finished).words} · {duration(seconds)} · {engine.kind === 'spark' ? 'Spark' : 'DuckDB'}{' '}
            {engine.version}
            {Object.entries(libraries).map(([name, version]) => ` · ${name} ${version}`)}
          </p>
        </div>
      </header>
      {counts && <CountsSum counts={counts} />}
      {(unreadable > 0 || blankLines > 0) && (
        <p className="muted">
          {unreadable > 0 &&
            `${plural(unreadable, 'row')} could not be read and ${unreadable === 1 ? 'is' : 'are'} among the rejected. `}
          {blankLines > 0 && `${plural(blankLines, 'blank line')} ${blankLines === 1 ? 'is' : 'are'} no row.`}
        </p>
      )}
      {outputs.length > 0 && (
        <table className="plain-table report-outputs">
          <thead>
            <tr>
              <th scope="col">Written</th>
              <th scope="col" className="number">
                Rows
              </th>
              <th scope="col" className="number">
                Size
              </th>
              <th scope="col">
                <span className="for-screen-readers">Folder</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {outputs.map(({ role, path, rows, bytes }) => (
              <tr key={path}>
                <td>
                  <span className="tag">{role === 'output' ? 'cleaned' : 'left'}</span>{' '}
                  <span className="mono">{path}</span>
                </td>
                <td className="number">{count(rows)}</td>
                <td className="number">{bytes === null ? '' : size(bytes)}</td>
                <td className="number">
                  <CopyButton text={folder(path)} label="Copy folder" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {counts && <StepCounts steps={counts.steps} />}
      <p className="muted small mono report-hash" title={report.planHash}>
        plan {report.planHash.slice(0, 16)} · run {report.runId}
      </p>
    </section>
  );
}
