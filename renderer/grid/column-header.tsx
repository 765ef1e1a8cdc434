import type { CustomHeaderProps } from 'ag-grid-react';
import { useContext } from 'react';
import { count, percent } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { ColumnMenu } from './column-menu';
import { type ColumnStats, ColumnStatsContext } from './column-stats';

function Lengths({ lengths }: { lengths: readonly number[] }) {
  const most = Math.max(1, ...lengths);
  return (
    <svg className="header-lengths" viewBox={`0 0 ${lengths.length * 3} 12`} aria-hidden="true">
      {lengths.map((rows, i) => {
        const height = rows === 0 ? 0 : Math.max(1, (rows / most) * 12);
        // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
        return <rect key={i} x={i * 3} y={12 - height} width="2" height={height} />;
      })}
    </svg>
  );
}

/** Valid, changed, missing and rejected rows as parts of one bar. */
function QualityBar({ stats }: { stats: ColumnStats }) {
  const { rows, missing, changed, rejected } = stats;
  const share = (part: number) => `${rows === 0 ? 0 : (part / rows) * 100}%`;
  const words = [
    `${count(rows - missing)} filled`,
    `${count(changed)} changed`,
    `${count(missing)} missing`,
    `${count(rejected)} rejected`,
  ].join(', ');
  return (
    <span className="header-quality" role="img" aria-label={words} title={words}>
      <span className="quality-rejected" style={{ inlineSize: share(rejected) }} />
      <span className="quality-changed" style={{ inlineSize: share(Math.min(changed, rows - rejected)) }} />
      <span className="quality-valid" />
      <span className="quality-missing" style={{ inlineSize: share(missing) }} />
    </span>
  );
}

/** A column's name, what it holds, and how good that is after the step that is looked at. */
export function ColumnHeader({ column, displayName }: CustomHeaderProps) {
  const workbench = useWorkbench();
  const name = column.getColId();
  const stats = useContext(ColumnStatsContext).get(name);
  const chosen = useWorkbenchState((state) => state.column === name);
  const filled = stats && stats.rows > 0 ? (stats.rows - stats.missing) / stats.rows : null;
  return (
    <div className="header" data-chosen={chosen}>
      <div className="header-line">
        <button
          type="button"
          className="header-name ellipsis"
          title={`${displayName}: show its profile`}
          onClick={() => workbench.selectColumn(name)}
        >
          {displayName}
        </button>
        <ColumnMenu column={name} />
      </div>
      <div className="header-line header-figures">
        <span className="header-kind">{stats?.kind ?? '…'}</span>
        {stats && <Lengths lengths={stats.lengths} />}
        {filled !== null && (
          <span className="header-filled" title="Share of rows that are filled">
            {percent(filled)}
          </span>
        )}
      </div>
      {stats ? <QualityBar stats={stats} /> : <span className="header-quality" />}
    </div>
  );
}
