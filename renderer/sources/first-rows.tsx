import { type ReactNode, useMemo, useState } from 'react';
import type { Beside } from '../../shared/contract/calls/source';
import { decodeTable } from '../engine/arrow';
import type { HostOutput } from '../state/host';

type Sample = Pick<HostOutput<'source.sample'>, 'arrow' | 'columns' | 'places' | 'messages'>;

const SHOWN = 50;

/** What stands beside a message's value, and may be shown before its row. */
const BESIDE = [
  ['place', 'Offset'],
  ['time', 'Time'],
  ['key', 'Key'],
  ['headers', 'Headers'],
] as const;
type BesideColumn = (typeof BESIDE)[number][0];

type Extra = { readonly title: string; readonly cells: readonly (string | null)[] };

const headersText = (headers: Beside['headers']): string | null =>
  headers.length === 0 ? null : headers.map(([name, value]) => `${name}: ${value ?? 'null'}`).join(', ');

/** Columns of what stands beside the values, those that are wanted; those of a file are none. */
function extrasOf({ places, messages }: Sample, wanted: ReadonlySet<BesideColumn>): Extra[] {
  if (places?.kind !== 'offset' || !messages) return [];
  const [at, partitions] = [places.at, places.partitions].map((one) => new Float64Array(one.slice().buffer));
  const cells: Record<BesideColumn, (string | null)[]> = {
    place: messages.map((_, i) => `${partitions?.[i]}:${at?.[i]}`),
    time: messages.map(({ timestamp }) => (timestamp < 0 ? null : new Date(timestamp).toISOString())),
    key: messages.map(({ key }) => key),
    headers: messages.map(({ headers }) => headersText(headers)),
  };
  return BESIDE.filter(([id]) => wanted.has(id)).map(([id, title]) => ({ title, cells: cells[id] }));
}

type Props = { sample: Sample | null; loading: boolean; empty: ReactNode };

/** The first rows of a source as it would be read. Null stands out from empty text. */
export function FirstRows({ sample, loading, empty }: Props) {
  const [wanted, setWanted] = useState<ReadonlySet<BesideColumn>>(new Set());
  const table = useMemo(() => (sample ? decodeTable([sample.arrow]) : null), [sample]);
  if (!sample || !table) return <div className="first-rows" aria-busy="true" />;
  const cells = table.columns.slice(1);
  const rows = Array.from({ length: Math.min(SHOWN, table.rows) }, (_, i) => i);
  const extras = extrasOf(sample, wanted);
  const toggle = (id: BesideColumn) =>
    setWanted((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      {sample.messages && table.rows > 0 && (
        <fieldset className="first-rows-beside small">
          <legend className="for-screen-readers">Shown beside the columns, and no part of the rows</legend>
          <span className="muted" aria-hidden="true">
            Also show
          </span>
          {BESIDE.map(([id, title]) => (
            <label key={id} className="check-field">
              <input type="checkbox" checked={wanted.has(id)} onChange={() => toggle(id)} />
              {title}
            </label>
          ))}
        </fieldset>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="first-rows" aria-label="First rows" aria-busy={loading} tabIndex={0}>
        {sample.columns.length > 0 && (
          <table className="plain-table">
            <thead>
              <tr>
                {extras.map(({ title }) => (
                  <th key={title} className="beside">
                    {title}
                  </th>
                ))}
                {sample.columns.map((name, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat
                  <th key={i}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row}>
                  {extras.map(({ title, cells: column }) => (
                    <Cell key={title} value={column[row]} beside />
                  ))}
                  {cells.map((column, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns stay in their place
                    <Cell key={i} value={column[row]} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {table.rows === 0 && <p className="muted empty">{empty}</p>}
      </section>
    </>
  );
}

function Cell({ value, beside = false }: { value: unknown; beside?: boolean }) {
  const isNull = value === null || value === undefined;
  const text = isNull ? 'null' : String(value);
  const names = [...(isNull || beside ? ['muted'] : []), ...(beside ? ['beside'] : [])];
  return (
    <td className={names.join(' ')} title={isNull ? undefined : text}>
      {text}
    </td>
  );
}
