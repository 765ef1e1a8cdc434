import { useRef, useState } from 'react';
import { count } from '../shell/words';

type Column = {
  readonly key: string;
  readonly title: string;
  readonly hint?: string;
  readonly numeric: boolean;
};
type Props = {
  label: string;
  columns: readonly Column[];
  rows: number;
  /** Text of a cell; null is missing. */
  cell: (column: number, row: number) => string | null;
};

const ROW = 28;
const SPARE = 12;

/** A table of any length: only the rows in view are in the page. */
export function ResultTable({ label, columns, rows, cell }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const [first, setFirst] = useState(0);
  const [height, setHeight] = useState(400);
  const from = Math.max(0, Math.min(first, rows) - SPARE);
  const to = Math.min(rows, first + Math.ceil(height / ROW) + SPARE);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    setFirst(Math.floor(element.scrollTop / ROW));
    setHeight(element.clientHeight);
  };
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="result-table" ref={scroller} onScroll={onScroll} tabIndex={0} aria-label={label}>
      <table className="plain-table" aria-rowcount={rows + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ key, title, hint, numeric }) => (
              <th key={key} scope="col" className={numeric ? 'number' : undefined} title={hint}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={from} columns={columns.length} />
          {shown.map((row) => (
            <tr key={row} aria-rowindex={row + 2}>
              {columns.map(({ key, numeric }, i) => {
                const text = cell(i, row);
                const kind = [numeric && 'number', text === null && 'muted'].filter(Boolean).join(' ');
                return (
                  <td key={key} className={kind} title={text ?? 'null: no value'}>
                    {text ?? 'null'}
                  </td>
                );
              })}
            </tr>
          ))}
          <Gap rows={rows - to} columns={columns.length} />
        </tbody>
      </table>
      {rows === 0 && <p className="muted result-none">No rows.</p>}
      <span className="for-screen-readers">{count(rows)} rows</span>
    </section>
  );
}

function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height: rows * ROW, padding: 0, border: 0 }} />
    </tr>
  );
}
