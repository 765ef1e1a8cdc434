import type { VerifyReport } from '../../shared/contract/calls/runs';
import { Icon } from '../shell/icons';
import { count, duration, plural } from '../shell/words';

const names = {
  wasm: 'Preview (DuckDB in the window)',
  native: 'Local runs (DuckDB)',
  spark: 'Cluster (Spark)',
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
          {engines.map(({ engine, version, rows, cells, seconds }) => (
            <tr key={engine}>
              <td>{names[engine]}</td>
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
          <div className="differences">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">Engine</th>
                  <th scope="col">Where</th>
                  <th scope="col">Column</th>
                  <th scope="col">Expected</th>
                  <th scope="col">Found</th>
                  <th scope="col">Row as it was read</th>
                </tr>
              </thead>
              <tbody>
                {differences.map((one, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
                  <tr key={index}>
                    <td>{names[one.engine]}</td>
                    <td>{one.where}</td>
                    <td>{one.column ?? '–'}</td>
                    <td className="mono difference-expected">{shown(one.expected)}</td>
                    <td className="mono difference-found">{shown(one.found)}</td>
                    <td className="mono">
                      {one.row
                        ? Object.entries(one.row)
                            .map(([name, value]) => `${name}: ${shown(value)}`)
                            .join(', ')
                        : '–'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
