import type { Join } from '../../shared/document/join';
import type { Source } from '../../shared/document/project';
import type { JoinCounts } from '../../shared/joins/check';
import { isProblem, PROBLEMS, type Problem, problemRows } from '../../shared/joins/problems';
import { Icon } from '../shell/icons';
import { count, percent } from '../shell/words';
import { goneWords, linesOf, problemWords, rowOf } from './words';

type Props = {
  join: Join;
  from: Source;
  to: Source;
  counts: JoinCounts;
  /** Counts over all rows, where they were asked for. */
  all: JoinCounts | null;
  /** What the first column of counts holds. */
  sample: string;
  chosen: Problem;
  onChoose: (problem: Problem) => void;
};

/** Counts of either side along the key; those with rows to look at choose the list below. */
export function JoinTable(props: Props) {
  const { join, from, to, counts, all, sample } = props;
  return (
    <table className="plain-table join-counts">
      <thead>
        <tr>
          <th scope="col">
            <span className="for-screen-readers">What is counted</span>
          </th>
          <th scope="col" className="number">
            {sample}
          </th>
          <th scope="col" className="number">
            <span className="for-screen-readers">Share</span>
          </th>
          {all && (
            <th scope="col" className="number">
              All rows
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <SideHead source={from} rows={counts.from.rows} all={all?.from.rows ?? null} />
        <tr>
          <th scope="row" className="join-counts-line">
            with their {rowOf(to)}
          </th>
          <Numbers n={counts.from.matched} of={counts.from.rows} all={all?.from.matched ?? null} />
        </tr>
        {linesOf('from', join).map((problem) => (
          <Line key={problem} {...props} problem={problem} />
        ))}
        <SideHead source={to} rows={counts.to.rows} all={all?.to.rows ?? null} />
        {linesOf('to', join).map((problem) => (
          <Line key={problem} {...props} problem={problem} />
        ))}
      </tbody>
    </table>
  );
}

function SideHead({ source, rows, all }: { source: Source; rows: number; all: number | null }) {
  return (
    <tr className="join-counts-side">
      <th scope="row">
        <span className="join-counts-name">{source.name}</span>
      </th>
      <td className="number">{count(rows)}</td>
      <td />
      {all !== null && <td className="number">{count(all)}</td>}
    </tr>
  );
}

function Numbers({ n, of, all }: { n: number; of: number; all: number | null }) {
  return (
    <>
      <td className="number">{count(n)}</td>
      <td className="number muted">{of === 0 ? '' : percent(n / of)}</td>
      {all !== null && <td className="number">{count(all)}</td>}
    </>
  );
}

function Line({ join, from, to, counts, all, chosen, onChoose, problem }: Props & { problem: Problem }) {
  const n = problemRows(counts, problem);
  const wrong = n > 0 && isProblem(join, problem);
  const rows = PROBLEMS[problem] === 'from' ? counts.from.rows : counts.to.rows;
  const words = problemWords(problem, from, to);
  return (
    <tr data-chosen={chosen === problem} data-problem={problem}>
      <th scope="row" className="join-counts-line">
        {n === 0 ? (
          words
        ) : (
          <button
            type="button"
            className="link"
            aria-pressed={chosen === problem}
            onClick={() => onChoose(problem)}
          >
            {words}
          </button>
        )}
        {wrong && <Icon name="warning" className="join-counts-mark" />}
        {wrong && <span className="for-screen-readers"> to look at</span>}
        {problem === 'orphans' && n > 0 && (
          <span className="muted small join-counts-gone">{goneWords(counts, to)}</span>
        )}
      </th>
      <Numbers n={n} of={rows} all={all && problemRows(all, problem)} />
    </tr>
  );
}
