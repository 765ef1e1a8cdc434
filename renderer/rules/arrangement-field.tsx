import { Icon } from '../shell/icons';

type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

/** Columns in an order of their own; those that are not there any more are shown so that they can be taken out. */
export function ArrangementField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? value.map(String) : [];
  const others = columns.filter((name) => !list.includes(name));
  const move = (at: number, by: 1 | -1) => {
    const name = list[at] ?? '';
    onChange(list.toSpliced(at, 1).toSpliced(at + by, 0, name));
  };
  return (
    <div className="conditions">
      {list.map((name, at) => (
        <div key={name} className="condition">
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Move ${name} up`}
            disabled={at === 0}
            onClick={() => move(at, -1)}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Move ${name} down`}
            disabled={at === list.length - 1}
            onClick={() => move(at, 1)}
          >
            <Icon name="down" />
          </button>
          <span className="arrangement-name ellipsis">
            {name}
            {!columns.includes(name) && <span className="small"> (not here)</span>}
          </span>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Leave out ${name}`}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {others.length > 0 && (
        <div className="condition">
          <select
            className="select"
            aria-label="Add a column"
            value=""
            onChange={(event) => onChange([...list, event.target.value])}
          >
            <option value="">Add a column …</option>
            {others.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <button type="button" className="link small" onClick={() => onChange([...list, ...others])}>
            Add all others
          </button>
        </div>
      )}
    </div>
  );
}
