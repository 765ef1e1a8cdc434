import { useId, useState } from 'react';
import type { Source } from '../../shared/document/project';
import { isTopicSampling } from '../../shared/document/sampling';
import {
  type TopicSampling,
  topicSamplingSchema,
  USUAL_TOPIC_SAMPLING,
} from '../../shared/document/topic-sampling';
import { SampleForm } from './sample-form';
import { count } from './words';
import './topic-sample-panel.css';

const SIZES = [1_000, 5_000, 20_000, 100_000, 500_000];
const HOUR_MS = 3_600_000;

const METHODS: readonly (readonly [TopicSampling['method'], string, string])[] = [
  ['last', 'Last messages', 'The newest ones, an equal share of each partition.'],
  ['time', 'Messages since a time', 'Those of a day or an hour, from its beginning.'],
  ['offsets', 'Between offsets', 'Just these messages of one partition or several.'],
];

function begun(method: TopicSampling['method'], { rows, isolation }: TopicSampling): TopicSampling {
  switch (method) {
    case 'last':
      return { method, rows, isolation };
    case 'time':
      return { method, from: Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS, rows, isolation };
    case 'offsets':
      return { method, ranges: [{ partition: 0, start: 0, end: rows }], rows, isolation };
  }
}

/** For the control, which knows no zone: the text is UTC. */
const timeText = (time: number) => new Date(time).toISOString().slice(0, 16);

/** The form of how a sample of a topic is drawn, and what the present one came to. */
export function TopicSamplePanel({ source, onDone }: { source: Source; onDone: () => void }) {
  const [draft, setDraft] = useState<TopicSampling>(
    isTopicSampling(source.sampling) ? source.sampling : USUAL_TOPIC_SAMPLING,
  );
  const checked = topicSamplingSchema.safeParse(draft);
  const id = useId();
  return (
    <SampleForm
      methods={METHODS}
      method={draft.method}
      onMethod={(method) => setDraft(begun(method, draft))}
      sampling={checked.success ? checked.data : null}
      note="No consumer group is joined, and nothing is committed."
      onDone={onDone}
    >
      <div className="sample-fields">
        {draft.method === 'time' && (
          <div className="field">
            <label className="label" htmlFor={`${id}-from`}>
              From (UTC)
            </label>
            <input
              id={`${id}-from`}
              className="input"
              type="datetime-local"
              value={timeText(draft.from)}
              onChange={(event) => {
                const from = Date.parse(`${event.target.value}Z`);
                if (!Number.isNaN(from)) setDraft({ ...draft, from });
              }}
            />
          </div>
        )}
        {draft.method === 'offsets' && <Ranges draft={draft} onChange={setDraft} />}
        <div className="field">
          <label className="label" htmlFor={`${id}-rows`}>
            Messages at most
          </label>
          <select
            id={`${id}-rows`}
            className="select"
            value={draft.rows}
            onChange={(event) => setDraft({ ...draft, rows: Number(event.target.value) })}
          >
            {[...new Set([...SIZES, draft.rows])]
              .sort((a, b) => a - b)
              .map((one) => (
                <option key={one} value={one}>
                  {count(one)}
                </option>
              ))}
          </select>
        </div>
        <label className="check-field">
          <input
            type="checkbox"
            checked={draft.isolation === 'uncommitted'}
            onChange={(event) =>
              setDraft({ ...draft, isolation: event.target.checked ? 'uncommitted' : 'committed' })
            }
          />
          Messages of open and aborted transactions too
        </label>
      </div>
    </SampleForm>
  );
}

type Offsets = Extract<TopicSampling, { method: 'offsets' }>;
const PARTS = [
  ['partition', 'Partition'],
  ['start', 'From offset'],
  ['end', 'Below offset'],
] as const;

function Ranges({ draft, onChange }: { draft: Offsets; onChange: (draft: TopicSampling) => void }) {
  const { ranges } = draft;
  const last = ranges.at(-1);
  return (
    <div className="field form-wide sample-ranges">
      {ranges.map((range, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ranges have no other name
        <div key={at} className="sample-range">
          {PARTS.map(([part, label]) => (
            <label key={part}>
              <span className="label">{label}</span>
              <input
                className="input number"
                inputMode="numeric"
                value={Number.isNaN(range[part]) ? '' : range[part]}
                onChange={(event) => {
                  const value = Number.parseInt(event.target.value, 10);
                  onChange({
                    ...draft,
                    ranges: ranges.map((one, i) => (i === at ? { ...one, [part]: value } : one)),
                  });
                }}
              />
            </label>
          ))}
          <button
            type="button"
            className="link"
            disabled={ranges.length === 1}
            onClick={() => onChange({ ...draft, ranges: ranges.filter((_, i) => i !== at) })}
          >
            remove
          </button>
        </div>
      ))}
      {last && (
        <button
          type="button"
          className="link"
          onClick={() =>
            onChange({ ...draft, ranges: [...ranges, { ...last, partition: last.partition + 1 }] })
          }
        >
          add a partition
        </button>
      )}
    </div>
  );
}
