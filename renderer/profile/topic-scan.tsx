import { useId } from 'react';
import type { TopicScan } from '../../shared/document/topic-sampling';
import { count } from '../shell/words';

const HOUR_MS = 3_600_000;

/** Which messages of a topic are scanned: all, the last ones, or those of the last hours. */
export type Reach = { readonly last: number } | { readonly hours: number } | 'all';

const REACHES: readonly (readonly [string, Reach])[] = [
  ['All that are there', 'all'],
  ...[100_000, 1_000_000].map((last) => [`The last ${count(last)}`, { last }] as const),
  ['Of the last hour', { hours: 1 }],
  ['Of the last day', { hours: 24 }],
  ['Of the last week', { hours: 7 * 24 }],
];

/** What is asked of the host; times are those of now. */
export function scanOf(reach: Reach, isolation: TopicScan['isolation']): TopicScan {
  if (reach === 'all') return { method: 'all', isolation };
  if ('last' in reach) return { method: 'last', rows: reach.last, isolation };
  return { method: 'time', from: Date.now() - reach.hours * HOUR_MS, isolation };
}

/** Chooses which messages of a topic are scanned for shapes. */
export function ReachField({ value, onChange }: { value: Reach; onChange: (reach: Reach) => void }) {
  const id = useId();
  const chosen = REACHES.findIndex(([, reach]) => JSON.stringify(reach) === JSON.stringify(value));
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        Messages
      </label>
      <select
        id={id}
        className="select"
        value={chosen}
        onChange={(event) => onChange(REACHES[Number(event.target.value)]?.[1] ?? 'all')}
      >
        {REACHES.map(([words], i) => (
          <option key={words} value={i}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
