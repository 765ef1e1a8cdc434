import { Icon } from '../shell/icons';

type Order = { readonly column: string; readonly direction?: string; readonly nulls?: string };
type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

const DIRECTIONS = [
  ['ascending', 'smallest first'],
  ['descending', 'largest first'],
] as const;
const NULLS = [
  ['last', 'missing last'],
  ['first', 'missing first'],
] as const;

/** Columns to order by, the first one first. */
export function OrderField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? (value as Order[]) : [];
  const change = (at: number, part: Partial<Order>) =>
    onChange(list.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <div className="conditions">
      {list.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places are what is ordered here
        <div key={at} className="condition">
          <select
            className="select"
            aria-label="Column"
            value={one.column}
            onChange={(event) => change(at, { column: event.target.value })}
          >
            {[...new Set([...columns, one.column])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <Choice
            label="Direction"
            choices={DIRECTIONS}
            value={one.direction}
            onChange={(direction) => change(at, { direction })}
          />
          <Choice
            label="Missing values"
            choices={NULLS}
            value={one.nulls}
            onChange={(nulls) => change(at, { nulls })}
          />
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Do not order by ${one.column}`}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="link small"
        onClick={() =>
          onChange([...list, { column: columns[0] ?? '', direction: 'ascending', nulls: 'last' }])
        }
      >
        {list.length === 0 ? 'Add a column to order by' : 'Then by another column'}
      </button>
    </div>
  );
}

type ChoiceProps = {
  label: string;
  choices: readonly (readonly [value: string, words: string])[];
  value: string | undefined;
  onChange: (value: string) => void;
};

function Choice({ label, choices, value, onChange }: ChoiceProps) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {choices.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  );
}
