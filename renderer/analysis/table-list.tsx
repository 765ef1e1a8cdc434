import { useId } from 'react';
import { drawnWords } from '../../shared/sampling/words';
import { useStepButton } from '../rules/faulty-step';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { count, plural, roughCount } from '../shell/words';
import { useRuleSets } from './use-rule-sets';
import { rulesKey, type Workspace, type WorkspaceSource } from './workspace';

type Props = {
  workspace: Workspace;
  /** Puts a name into the SQL. */
  onPick: (name: string) => void;
  onLoad: (ids: readonly string[]) => void;
};

const sizes = [20_000, 200_000, 1_000_000];

/** The tables there are, raw, cleaned and joined, with their columns. */
export function TableList({ workspace, onPick, onLoad }: Props) {
  const { sources, joins, rows } = workspace.use();
  const id = useId();
  return (
    <nav className="pane tables" data-pane="tables" tabIndex={-1} aria-label="Tables">
      <div className="pane-head">
        <h2>Tables</h2>
      </div>
      <div className="tables-rows field">
        <label htmlFor={id}>Rows of each source</label>
        <select
          id={id}
          className="select"
          value={rows}
          onChange={(event) => workspace.setRows(Number(event.target.value))}
        >
          {sizes.map((size) => (
            <option key={size} value={size}>
              up to {count(size)}
            </option>
          ))}
        </select>
      </div>
      {sources.length === 0 && (
        <p className="muted tables-empty">No source yet. Add one in Clean, and its tables stand here.</p>
      )}
      {sources.map((one) => (
        <SourceTables
          key={one.source.id}
          source={one}
          onPick={onPick}
          onLoad={() => onLoad([one.source.id])}
        />
      ))}
      {joins.length > 0 && (
        <section className="table-source" aria-label="Joined">
          <h3>Joined</h3>
          {joins.map(({ join, name, columns }) => (
            <TableEntry
              key={join.id}
              name={name}
              columns={columns}
              onPick={onPick}
              note=""
              {...(columns.length === 0 && { onLoad: () => onLoad([join.from.source, join.to.source]) })}
            />
          ))}
        </section>
      )}
    </nav>
  );
}

type SourceProps = { source: WorkspaceSource; onPick: (name: string) => void; onLoad: () => void };

function SourceTables({ source, onPick, onLoad }: SourceProps) {
  const { tables, rawColumns, columns, rows, total, complete, drawn, kept, merged, error } = source;
  const stepButton = useStepButton();
  const ruleSet = useRuleSets().get(source.source.id);
  const loaded = rawColumns.length > 0;
  // What other rules failed at says nothing of these.
  const past =
    source.status === 'failed' &&
    source.failedBy !== null &&
    ruleSet !== undefined &&
    rulesKey(ruleSet) !== source.failedBy;
  const status = past ? 'read' : source.status;
  const load = status === 'read' ? 'Clean' : 'Load';
  return (
    <section className="table-source" aria-label={source.source.name}>
      <h3>
        <span className="ellipsis">{source.source.name}</span>
        {(status === 'absent' || status === 'read') && (
          <button
            type="button"
            className="link small"
            onClick={onLoad}
            aria-label={`${load} ${source.source.name}`}
          >
            {load}
          </button>
        )}
        {(status === 'loading' || status === 'cleaning') && <span className="muted small">{status}…</span>}
      </h3>
      {status === 'failed' && (
        <FaultNotice error={error} button={stepButton(error) ?? { label: 'Load again', run: onLoad }} />
      )}
      <TableEntry
        name={tables.clean}
        columns={columns}
        onPick={onPick}
        note={status === 'ready' ? count(kept) : ''}
      />
      <TableEntry name={tables.raw} columns={rawColumns} onPick={onPick} note={loaded ? count(rows) : ''} />
      {merged > 0 && (
        <TableEntry
          name={tables.merged}
          columns={columns.flatMap((one) => [`removed ${one}`, `kept ${one}`])}
          onPick={onPick}
          note={count(merged)}
        />
      )}
      {loaded && total && !complete && (
        <p className="muted small table-note">
          {count(rows)} of {total.exact ? '' : 'about '}
          <span title={plural(total.rows, 'row')}>{roughCount(total.rows)}</span>
          {drawn && `: ${drawnWords(drawn)}`}
        </p>
      )}
    </section>
  );
}

type EntryProps = {
  name: string;
  columns: readonly string[];
  note: string;
  onPick: (name: string) => void;
  /** Where the table can be made at a press. */
  onLoad?: () => void;
};

function TableEntry({ name, columns, note, onPick, onLoad }: EntryProps) {
  return (
    <details className="table-entry">
      <summary>
        <Icon name="right" className="table-arrow" />
        <span className="mono ellipsis">{name}</span>
        <span className="muted small number">{note}</span>
      </summary>
      <ul>
        {columns.map((column) => (
          <li key={column}>
            <button
              type="button"
              className="table-column ellipsis"
              title={`Put ${column} into the SQL`}
              onClick={() => onPick(column)}
            >
              {column}
            </button>
          </li>
        ))}
        {columns.length === 0 && (
          <li className="muted small table-note">
            Not loaded yet.{' '}
            {onLoad && (
              <button type="button" className="link small" onClick={onLoad} aria-label={`Load ${name}`}>
                Load
              </button>
            )}
          </li>
        )}
      </ul>
    </details>
  );
}
