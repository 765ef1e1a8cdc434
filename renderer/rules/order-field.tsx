import { Rows } from './rows';
import { ColumnSelect, WordsSelect } from './selects';

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
  return (
    <Rows
      list={list}
      onChange={onChange}
      removeLabel={({ column }) => `Do not order by ${column}`}
      begun={{ column: columns[0] ?? '', direction: 'ascending', nulls: 'last' }}
      addLabel={list.length === 0 ? 'Add a column to order by' : 'Then by another column'}
      row={(one, set) => (
        <>
          <ColumnSelect columns={columns} value={one.column} onChange={(column) => set({ ...one, column })} />
          <WordsSelect<string>
            label="Direction"
            choices={DIRECTIONS}
            value={one.direction}
            onChange={(direction) => set({ ...one, direction })}
          />
          <WordsSelect<string>
            label="Missing values"
            choices={NULLS}
            value={one.nulls}
            onChange={(nulls) => set({ ...one, nulls })}
          />
        </>
      )}
    />
  );
}
