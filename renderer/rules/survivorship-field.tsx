import { RULE_WORDS } from '../../shared/operations/merge-duplicates';
import { Icon } from '../shell/icons';

type Survival = { readonly column: string; readonly rule?: string; readonly by?: string };
type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

/** Columns with the rule by which one cell of a group survives. */
export function SurvivorshipField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? (value as Survival[]) : [];
  const free = columns.filter((name) => !list.some((one) => one.column === name));
  const change = (at: number, part: Survival) => onChange(list.map((one, i) => (i === at ? part : one)));
  return (
    <div className="conditions">
      {list.map((one, at) => (
        <div key={one.column} className="condition">
          <select
            className="select"
            aria-label="Column"
            value={one.column}
            onChange={(event) => change(at, { ...one, column: event.target.value })}
          >
            {[one.column, ...free].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <select
            className="select"
            aria-label={`What survives in ${one.column}`}
            value={one.rule}
            onChange={(event) => change(at, { column: one.column, rule: event.target.value })}
          >
            {Object.entries(RULE_WORDS).map(([rule, words]) => (
              <option key={rule} value={rule}>
                {words}
              </option>
            ))}
          </select>
          {one.rule === 'latest' && (
            <select
              className="select"
              aria-label={`Date that tells the latest ${one.column}`}
              value={one.by ?? ''}
              onChange={(event) => change(at, { ...one, by: event.target.value })}
            >
              <option value="" disabled>
                Choose the date
              </option>
              {columns.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`No rule for ${one.column}`}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {free.length > 0 && (
        <button
          type="button"
          className="link small"
          onClick={() => onChange([...list, { column: free[0], rule: 'longest' }])}
        >
          {list.length === 0 ? 'State a rule for a column' : 'State a rule for another column'}
        </button>
      )}
    </div>
  );
}
