import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { ToldTopic } from '../../../shared/contract/calls/topics';
import { useFocus } from '../../shell/use-focus';
import { count, plural, size } from '../../shell/words';
import { useVisibleRows } from '../use-visible-rows';

type Props = {
  topics: readonly ToldTopic[];
  /** Messages a second by topic, where they are known. */
  rates: ReadonlyMap<string, number>;
  chosen: string | null;
  onChoose: (topic: string) => void;
};

const DAY_MS = 86_400_000;

/** How long messages are kept, in few words. */
export function retentionWords({ retention, compacted }: ToldTopic): string {
  const kept =
    retention === undefined
      ? ''
      : retention === null
        ? 'for good'
        : retention >= DAY_MS
          ? plural(Math.round(retention / DAY_MS), 'day')
          : plural(Math.max(1, Math.round(retention / 3_600_000)), 'hour');
  return compacted
    ? kept === '' || retention === null
      ? 'last of each key'
      : `last of each key, ${kept}`
    : kept;
}

/** Messages a second, in few characters. */
function rateWords(rate: number | undefined): string {
  if (rate === undefined) return '';
  if (rate === 0) return '0';
  if (rate < 0.1) return '< 0.1';
  return rate < 10 ? rate.toFixed(1) : count(Math.round(rate));
}

const rowHeight = () =>
  Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 28;

/** The topics of a connection: filter as you type; internal ones are hidden until asked for. */
export function TopicList({ topics, rates, chosen, onChoose }: Props) {
  const [filter, setFilter] = useState('');
  const [internal, setInternal] = useState(false);
  const [active, setActive] = useState(0);
  const field = useFocus<HTMLInputElement>(true);
  const id = useId();
  const wanted = filter.trim().toLowerCase();
  const shown = useMemo(
    () => topics.filter((one) => (internal || !one.internal) && one.name.toLowerCase().includes(wanted)),
    [topics, internal, wanted],
  );
  const hasSchemas = topics.some(({ subjects }) => subjects.length > 0);
  const hidden = topics.filter((one) => one.internal).length;
  const at = Math.min(active, Math.max(0, shown.length - 1));
  const height = rowHeight();
  const rows = useVisibleRows(shown.length, height);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setActive(next);
    rows.reveal(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const topic = shown[at];
    if (by !== undefined) go(at + by);
    else if (event.key === 'Enter' && topic) onChoose(topic.name);
    else return;
    event.preventDefault();
  };
  return (
    <div className="files topics" data-schemas={hasSchemas}>
      <div className="files-bar">
        <input
          ref={field}
          className="input topics-filter"
          type="search"
          role="combobox"
          aria-label="Filter topics"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
          placeholder="Filter topics"
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        {hidden > 0 && (
          <label
            className="check-field topics-internal"
            title="Topics that Kafka and services keep for themselves"
          >
            <input type="checkbox" checked={internal} onChange={() => setInternal((before) => !before)} />
            Internal ({count(hidden)})
          </label>
        )}
      </div>
      <div className="topic-row topic-head muted small" aria-hidden="true">
        <span>Topic</span>
        <span className="number">Partitions</span>
        <span>Kept</span>
        <span className="number">Size</span>
        <span className="number">A second</span>
        {hasSchemas && <span>Schemas</span>}
      </div>
      <div
        ref={rows.area}
        id={`${id}-list`}
        className="topics-rows"
        role="listbox"
        aria-label="Topics"
        tabIndex={-1}
        onScroll={rows.onScroll}
      >
        <div role="presentation" style={{ height: rows.first * height }} />
        {shown.slice(rows.first, rows.last).map((topic, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the field above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={topic.name}
            id={`${id}-${rows.first + i}`}
            className="topic-row"
            role="option"
            aria-selected={topic.name === chosen}
            data-active={rows.first + i === at}
            data-chosen={topic.name === chosen}
            onClick={() => {
              setActive(rows.first + i);
              onChoose(topic.name);
            }}
          >
            <span className="ellipsis" title={topic.name}>
              {topic.name}
            </span>
            <span className="number">{count(topic.partitions)}</span>
            <span className="ellipsis" title={retentionWords(topic)}>
              {retentionWords(topic)}
            </span>
            <span className="number">{topic.bytes === undefined ? '' : size(topic.bytes)}</span>
            <span className="number" title="Messages a second, lately">
              {rateWords(rates.get(topic.name))}
            </span>
            {hasSchemas && (
              <span className="ellipsis muted" title={topic.subjects.join(', ')}>
                {topic.subjects.map((one) => one.slice(topic.name.length + 1) || 'yes').join(', ')}
              </span>
            )}
          </div>
        ))}
        <div role="presentation" style={{ height: (shown.length - rows.last) * height }} />
        {shown.length === 0 && (
          <p className="muted empty">
            {topics.length === 0 ? 'This user sees no topics.' : 'No topic has this in its name.'}
          </p>
        )}
      </div>
      <p className="muted small topics-foot">
        {plural(shown.length, 'topic')}
        {!internal && hidden > 0 && ` · ${count(hidden)} internal hidden`}
      </p>
    </div>
  );
}
