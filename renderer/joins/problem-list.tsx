import type { Join } from '../../shared/document/join';
import type { JoinCounts } from '../../shared/joins/check';
import { type Problem, problemRows } from '../../shared/joins/problems';
import type { WorkspaceSource } from '../analysis/workspace';
import { withOddGlyphs } from '../grid/glyphs';
import { FaultNotice } from '../shell/fault-notice';
import { count } from '../shell/words';
import { useWorkbench } from '../state/context';
import { goToRow } from './go-to-row';
import { useProblemRows } from './use-join-check';
import { GONE, listWords, rowOf } from './words';

type Props = {
  join: Join;
  problem: Problem;
  counts: JoinCounts;
  from: WorkspaceSource;
  to: WorkspaceSource;
  /** The steward goes to a row. */
  onGone: () => void;
};

/** The rows that have a problem; one is gone to with a press. */
export function ProblemList({ join, problem, counts, from, to, onGone }: Props) {
  const workbench = useWorkbench();
  const { rows: found, error } = useProblemRows(join, problem, counts);
  const total = problemRows(counts, problem);
  const title = listWords(problem, from.source, to.source);
  if (error !== null) return <FaultNotice error={error} doing="Reading the rows" />;
  if (total === 0)
    return <p className="muted joins-none">Every row has its counterpart: there is nothing to look at.</p>;
  const shown = found?.rows.length ?? 0;
  const orphans = problem === 'orphans';
  return (
    <div className="join-problems" aria-busy={found === null}>
      <h3>
        {title}{' '}
        <span className="muted small">
          {shown < total && shown > 0 ? `the first ${count(shown)} of ${count(total)}` : count(total)}
        </span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="join-problems-rows" tabIndex={0} aria-label={title}>
        {found && (
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Row</th>
                {found.columns.slice(0, found.keys).map((name) => (
                  <th key={name} scope="col" className="mono" data-key>
                    {name}
                  </th>
                ))}
                {orphans && (
                  <th scope="col" className="join-gone">
                    Its {rowOf(to.source)}
                  </th>
                )}
                {found.columns.slice(found.keys).map((name) => (
                  <th key={name} scope="col" className="mono">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.rows.map(({ row, gone, cells }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of a split row share its number
                <tr key={`${row} ${at}`}>
                  <td>
                    <button
                      type="button"
                      className="link number"
                      title="Go to this row in Clean"
                      onClick={() => {
                        goToRow(workbench, {
                          source: found.source,
                          row,
                          cells,
                          columns: found.columns,
                          keys: found.keys,
                        });
                        onGone();
                      }}
                    >
                      {count(row)}
                    </button>
                  </td>
                  {cells.slice(0, found.keys).map((cell, i) => (
                    <Cell key={found.columns[i]} cell={cell} />
                  ))}
                  {orphans && (
                    <td className="muted join-gone">{gone === null ? 'not found' : (GONE[gone] ?? gone)}</td>
                  )}
                  {cells.slice(found.keys).map((cell, i) => (
                    <Cell key={found.columns[found.keys + i]} cell={cell} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function Cell({ cell }: { cell: string | null }) {
  return (
    <td className="join-cell" title={cell ?? undefined}>
      {cell === null || cell === '' ? (
        <span className="muted">{cell === null ? 'missing' : 'empty'}</span>
      ) : (
        withOddGlyphs(cell)
      )}
    </td>
  );
}
