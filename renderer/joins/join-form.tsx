import { useId } from 'react';
import type { Cardinality, JoinSide, NewJoin } from '../../shared/document/join';
import { useWorkspace } from '../analysis/workspace-context';
import { Icon } from '../shell/icons';
import { CARDINALITIES, nameOf } from './words';

const MOST_COLUMNS = 8;

type Props = { join: NewJoin; onChange: (join: NewJoin) => void };

/** Two sources and the columns that tell which of their rows belong together. */
export function JoinForm({ join, onChange }: Props) {
  const { from, to, cardinality } = join;
  const id = useId();
  const pairs = from.columns.map((column, i) => [column, to.columns[i] ?? ''] as const);
  const put = (own: readonly string[], other: readonly string[]) =>
    onChange({ ...join, from: { ...from, columns: [...own] }, to: { ...to, columns: [...other] } });
  return (
    <div className="join-form">
      <div className="join-form-sides">
        <SourceField
          label="Rows of"
          side={from}
          onChange={(source) => onChange({ ...join, from: { source, columns: from.columns.map(() => '') } })}
        />
        <SourceField
          label="refer to rows of"
          side={to}
          onChange={(source) => onChange({ ...join, to: { source, columns: to.columns.map(() => '') } })}
        />
      </div>
      {pairs.map(([column, other], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair's place is what is chosen here
        <fieldset className="join-form-pair" key={i}>
          <legend className="for-screen-readers">Columns {i + 1}</legend>
          <ColumnField
            label={i === 0 ? 'by' : 'and'}
            side={from}
            value={column}
            onChange={(name) => put(from.columns.with(i, name), to.columns)}
          />
          <span aria-hidden="true">=</span>
          <ColumnField
            label="equal to"
            side={to}
            value={other}
            onChange={(name) => put(from.columns, to.columns.with(i, name))}
          />
          {pairs.length > 1 && (
            <button
              type="button"
              className="button quiet icon-only"
              aria-label={`Leave out columns ${i + 1}`}
              onClick={() =>
                put(
                  from.columns.filter((_, at) => at !== i),
                  to.columns.filter((_, at) => at !== i),
                )
              }
            >
              <Icon name="close" />
            </button>
          )}
        </fieldset>
      ))}
      {pairs.length < MOST_COLUMNS && (
        <button
          type="button"
          className="link small"
          onClick={() => put([...from.columns, ''], [...to.columns, ''])}
        >
          and by another column
        </button>
      )}
      <div className="field join-form-cardinality">
        <label htmlFor={id}>What is expected</label>
        <select
          id={id}
          className="select"
          value={cardinality}
          onChange={(event) => onChange({ ...join, cardinality: event.target.value as Cardinality })}
        >
          {CARDINALITIES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

/** Whether every column of a join is chosen. */
export const isWhole = ({ from, to }: NewJoin): boolean =>
  [from, to].every(({ source, columns }) => source !== '' && columns.every((one) => one !== ''));

type SourceProps = { label: string; side: JoinSide; onChange: (source: string) => void };

function SourceField({ label, side, onChange }: SourceProps) {
  const { sources } = useWorkspace().use();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={side.source}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">Choose a source…</option>
        {sources.map(({ source }) => (
          <option key={source.id} value={source.id}>
            {source.name}
          </option>
        ))}
      </select>
    </div>
  );
}

type ColumnProps = { label: string; side: JoinSide; value: string; onChange: (column: string) => void };

function ColumnField({ label, side, value, onChange }: ColumnProps) {
  const { sources } = useWorkspace().use();
  const id = useId();
  const found = sources.find(({ source }) => source.id === side.source);
  const columns = found?.columns ?? [];
  const all = value === '' || columns.includes(value) ? columns : [value, ...columns];
  const name = nameOf(
    sources.map((one) => one.source),
    side.source,
  );
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {side.source !== '' && <span className="for-screen-readers">, column of {name}</span>}
      </label>
      <select
        id={id}
        className="select mono"
        value={value}
        disabled={side.source === ''}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{columns.length === 0 ? 'Not read yet' : 'Choose a column…'}</option>
        {all.map((one) => (
          <option key={one} value={one}>
            {columns.includes(one) ? one : `${one} (not there)`}
          </option>
        ))}
      </select>
    </div>
  );
}
