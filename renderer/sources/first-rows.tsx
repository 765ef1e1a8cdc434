import { useMemo } from 'react';
import { decodeTable } from '../engine/arrow';

type Sample = { readonly arrow: Uint8Array; readonly columns: readonly string[]; readonly rows: number };

const SHOWN = 50;

/** The first rows of a file as it would be read. Null stands out from empty text. */
export function FirstRows({
  sample,
  loading,
  what = 'file',
}: {
  sample: Sample | null;
  loading: boolean;
  what?: 'file' | 'topic';
}) {
  const table = useMemo(() => (sample ? decodeTable([sample.arrow]) : null), [sample]);
  if (!sample || !table) return <div className="first-rows" aria-busy="true" />;
  const cells = table.columns.slice(1);
  const rows = Array.from({ length: Math.min(SHOWN, table.rows) }, (_, i) => i);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="first-rows" aria-label="First rows" aria-busy={loading} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {sample.columns.map((name, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat
              <th key={i}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {cells.map((column, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay in their place
                <Cell key={i} value={column[row]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows === 0 && <p className="muted empty">There are no rows in this {what}.</p>}
    </section>
  );
}

function Cell({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <td className="muted">null</td>;
  const text = String(value);
  return <td title={text}>{text}</td>;
}
