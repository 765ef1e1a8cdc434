import type { ReactNode } from 'react';
import { Icon } from '../shell/icons';

type Props<T extends object> = {
  list: readonly T[];
  onChange: (list: readonly T[]) => void;
  /** The controls of one row; `set` puts another in its place. */
  row: (one: T, set: (next: T) => void) => ReactNode;
  rowClass?: string;
  removeLabel: (one: T) => string;
  /** Rows that must stay. */
  least?: number;
  /** What a new row begins as; null where none can be added. */
  begun: T | null;
  addLabel: string;
  /** What stands above the rows. */
  children?: ReactNode;
};

/** A list that is edited row by row: its rows have no name of their own, their place is what tells them apart. */
export function Rows<T extends object>(props: Props<T>) {
  const { list, onChange, row, rowClass = '', removeLabel, least = 0, begun, addLabel, children } = props;
  return (
    <div className="conditions">
      {children}
      {list.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className={`condition ${rowClass}`}>
          {row(one, (next) => onChange(list.with(at, next)))}
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={removeLabel(one)}
            disabled={list.length <= least}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {begun && (
        <button type="button" className="link small" onClick={() => onChange([...list, begun])}>
          {addLabel}
        </button>
      )}
    </div>
  );
}
