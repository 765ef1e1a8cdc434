import { RULE_WORDS } from '../../shared/operations/merge-duplicates';
import { Rows } from './rows';
import { ColumnSelect, choicesOf, WordsSelect } from './selects';

type Survival = { readonly column: string; readonly rule?: string; readonly by?: string };
type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

/** Columns with the rule by which one cell of a group survives. */
export function SurvivorshipField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? (value as Survival[]) : [];
  const free = columns.filter((name) => !list.some((one) => one.column === name));
  const [first] = free;
  return (
    <Rows
      list={list}
      onChange={onChange}
      removeLabel={({ column }) => `No rule for ${column}`}
      begun={first === undefined ? null : { column: first, rule: 'longest' }}
      addLabel={list.length === 0 ? 'State a rule for a column' : 'State a rule for another column'}
      row={(one, set) => (
        <>
          <ColumnSelect columns={free} value={one.column} onChange={(column) => set({ ...one, column })} />
          <WordsSelect<string>
            label={`What survives in ${one.column}`}
            choices={choicesOf(RULE_WORDS)}
            value={one.rule}
            onChange={(rule) => set({ column: one.column, rule })}
          />
          {one.rule === 'latest' && (
            <select
              className="select"
              aria-label={`Date that tells the latest ${one.column}`}
              value={one.by ?? ''}
              onChange={(event) => set({ ...one, by: event.target.value })}
            >
              <option value="" disabled>
                Choose the date
              </option>
              {columns.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </>
      )}
    />
  );
}
