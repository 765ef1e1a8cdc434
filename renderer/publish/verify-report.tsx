import type { VerifyReport } from '../../shared/contract/calls/runs';
import { Icon } from '../shell/icons';
import { count, duration, plural } from '../shell/words';
import '../history/history.css';

const names = {
  wasm: 'Preview (DuckDB in the window)',
  native: 'Local runs (DuckDB)',
  spark: 'Spark',
};
const shown = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));

/** Whether engines agree, and if not, the first cells in which they differ. */
export function VerifyReportView({ report }: { report: VerifyReport }) {
  const { equal, engines, differences, differing } = report;
  return (
    <section className="report" aria-label="Verification">
      <header className="report-head" data-status={equal ? 'succeeded' : 'failed'}>
        <Icon name={equal ? 'check' : 'fault'} />
        <h3>
          {equal
            ? `${engines.length === 2 ? 'Both' : 'All'} engines agree in every cell`
            : `${plural(differing, 'difference')} between engines`}
        </h3>
      </header>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Engine</th>
            <th scope="col">Version</th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col" className="number">
              Cells
            </th>
            <th scope="col" className="number">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {engines.map(({ engine, cluster, version, rows, cells, seconds }) => (
            <tr key={engine}>
              <td>
                {names[engine]}
                {engine === 'spark' && ` (${cluster ?? 'this computer'})`}
              </td>
              <td className="mono">{version}</td>
              <td className="number">{count(rows)}</td>
              <td className="number">{count(cells)}</td>
              <td className="number">{duration(seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {differences.length > 0 && (
        <>
          <h4>The first that differ</h4>
          <ol className="difference-list" aria-label="Differences">
            {differences.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
              <li key={index}>
                <DifferenceItem difference={one} open={index === 0} />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

type Difference = VerifyReport['differences'][number];
const PARTS: Record<Difference['where'], string> = {
  output: 'the output',
  quarantine: 'rows that left',
  counts: 'the counts',
};

/** One cell, row or count in which an engine differs, with how it came to be. */
function DifferenceItem({ difference, open }: { difference: Difference; open: boolean }) {
  const { engine, where, column, expected, found, place, row, history } = difference;
  const what = [column ?? 'a row', place != null && `row ${count(place)}`].filter(Boolean).join(', ');
  return (
    <details className="difference" open={open}>
      <summary>
        <strong>{what}</strong> <span className="muted">in {PARTS[where]}</span>
        <span className="difference-values">
          <span className="mono difference-expected">{shown(expected)}</span>{' '}
          <span className="muted small">but {names[engine]} says</span>{' '}
          <span className="mono difference-found">{shown(found)}</span>
        </span>
      </summary>
      {history && (
        <ol className="history-list" aria-label="History of the cell">
          {history
            .filter((one, i) => i === 0 || one.value !== history[i - 1]?.value)
            .map((one, i, all) => (
              <li key={one.step ?? 'source'} data-last={i === all.length - 1}>
                <p className="history-value mono">{shown(one.value)}</p>
                <p className="muted small">{one.sentence ?? 'at the source'}</p>
              </li>
            ))}
        </ol>
      )}
      {row && (
        <dl className="difference-row small">
          {Object.entries(row).map(([name, value]) => (
            <div key={name}>
              <dt className="muted">{name}</dt>
              <dd className="mono">{shown(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
