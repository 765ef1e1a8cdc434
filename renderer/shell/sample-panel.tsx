import { type ReactNode, useId, useState } from 'react';
import { type Dialect, isFiles } from '../../shared/document/dialect';
import { isClusterOnly } from '../../shared/document/formats';
import {
  type FileSampling,
  isFileSampling,
  samplingSchema,
  USUAL_SAMPLING,
} from '../../shared/document/sampling';
import { readThroughBecause } from '../../shared/sampling/splittable';
import { ColumnsField } from '../rules/columns-field';
import { ConditionsField } from '../rules/conditions-field';
import { ShareInput } from '../rules/share-input';
import { useWorkbenchState } from '../state/context';
import { useHasCluster } from '../state/has-cluster';
import type { WorkbenchState } from '../state/model';
import { SampleForm } from './sample-form';
import { TopicSamplePanel } from './topic-sample-panel';
import { count } from './words';

const SIZES = [1_000, 20_000, 100_000, 500_000];

const METHODS: readonly (readonly [FileSampling['method'], string, string])[] = [
  ['first', 'First rows', 'Quickest; the beginning may differ from the rest.'],
  [
    'random',
    'Random rows',
    'From all over the source; of a large one from blocks that are spread over it, and over all of its partitions.',
  ],
  [
    'groups',
    'Whole groups',
    'All rows that share keys, or none of them: merging and deduplication are exact.',
  ],
  ['filter', 'Rows that meet conditions', 'Looks through all of the source for them.'],
];

/** The methods as they go with a source: random rows of some are not to be had without reading all of it. */
function methodsFor(dialect: Dialect): typeof METHODS {
  // A job has no first rows: it looks at all of them.
  if (isClusterOnly(dialect)) return METHODS.filter(([method]) => method !== 'first');
  const because = readThroughBecause(dialect);
  if (because === null) return METHODS;
  return METHODS.map(([method, title, help]) =>
    method === 'random'
      ? ([method, title, `From all over the source. All of it is read for that: ${because}.`] as const)
      : ([method, title, help] as const),
  );
}

const sourceOf = ({ project, source }: WorkbenchState) =>
  project?.project.sources.find((one) => one.id === source) ?? null;

/** What a method begins with, from what another one said. */
function begun(
  method: FileSampling['method'],
  before: FileSampling,
  columns: readonly string[],
  total: number,
): FileSampling {
  const { rows } = before;
  const seed = 'seed' in before ? before.seed : 42;
  const on = 'on' in before ? before.on : 'here';
  switch (method) {
    case 'first':
      return { method, rows };
    case 'random':
      return { method, rows, seed, on };
    case 'groups': {
      const share = total > rows ? Math.max(1e-6, Number((rows / total).toPrecision(2))) : 1;
      return { method, keys: columns.slice(0, 1), share, rows, seed, on };
    }
    case 'filter':
      return { method, where: { all: [{ column: columns[0] ?? '', test: 'is-not-empty' }] }, rows, on };
  }
}

/** The form of how a sample is drawn, and what the present one came to. */
export function SamplePanel({ onDone }: { onDone: () => void }) {
  const source = useWorkbenchState(sourceOf);
  if (source === null) return null;
  return isFiles(source.dialect) ? (
    <FileSamplePanel onDone={onDone} />
  ) : (
    <TopicSamplePanel source={source} onDone={onDone} />
  );
}

function FileSamplePanel({ onDone }: { onDone: () => void }) {
  const source = useWorkbenchState(sourceOf);
  const sample = useWorkbenchState((state) => state.sample);
  const ready = sample.status === 'ready' ? sample.sample : null;
  const [draft, setDraft] = useState<FileSampling>(
    source && isFileSampling(source.sampling) ? source.sampling : USUAL_SAMPLING,
  );
  if (source === null || !isFiles(source.dialect)) return null;
  const checked = samplingSchema.safeParse(draft);
  const columns = ready?.columns ?? [];
  const choose = (method: FileSampling['method']) =>
    setDraft(begun(method, draft, columns, ready?.total.rows ?? draft.rows));
  return (
    <SampleForm
      methods={methodsFor(source.dialect)}
      method={draft.method}
      onMethod={choose}
      sampling={checked.success ? checked.data : null}
      note="Rules always run on all rows when you run or publish them."
      onDone={onDone}
    >
      <Fields draft={draft} columns={columns} isThere={isClusterOnly(source.dialect)} onChange={setDraft} />
    </SampleForm>
  );
}

type FieldsProps = {
  draft: FileSampling;
  columns: readonly string[];
  /** Whether samples are drawn on the cluster, as nothing else reads the format. */
  isThere: boolean;
  onChange: (draft: FileSampling) => void;
};

function Fields({ draft, columns, isThere, onChange }: FieldsProps) {
  const id = useId();
  const cluster = useHasCluster();
  const most = draft.method === 'groups' ? 'Rows at most' : 'Rows';
  return (
    <div className="sample-fields">
      {draft.method === 'groups' && (
        <ColumnsField
          label="Rows belong together that are alike in"
          columns={columns}
          value={draft.keys}
          most={16}
          faults={[]}
          onChange={(keys) => onChange({ ...draft, keys: [...keys] })}
        />
      )}
      {draft.method === 'filter' && (
        <div className="field form-wide">
          <ConditionsField
            columns={columns}
            value={draft.where}
            onChange={(where) => onChange({ ...draft, where: where as typeof draft.where })}
          />
        </div>
      )}
      <Field label={most} id={`${id}-rows`}>
        <select
          id={`${id}-rows`}
          className="select"
          value={draft.rows}
          onChange={(event) => onChange({ ...draft, rows: Number(event.target.value) })}
        >
          {[...new Set([...SIZES, draft.rows])]
            .sort((a, b) => a - b)
            .map((one) => (
              <option key={one} value={one}>
                {count(one)}
              </option>
            ))}
        </select>
      </Field>
      {draft.method === 'groups' && (
        <Field label="Share of groups" id={`${id}-share`}>
          <ShareInput
            described={{ id: `${id}-share`, 'aria-invalid': false, 'aria-describedby': '' }}
            value={draft.share}
            onChange={(share) => onChange({ ...draft, share: share as number })}
          />
        </Field>
      )}
      {isThere && <p className="muted small form-wide">It is drawn on the cluster, by a Spark job.</p>}
      {'on' in draft && !isThere && (cluster || draft.on === 'cluster') && (
        <label className="check-field form-wide">
          <input
            type="checkbox"
            checked={draft.on === 'cluster'}
            onChange={(event) => onChange({ ...draft, on: event.target.checked ? 'cluster' : 'here' })}
          />
          Draw it on the cluster: a Spark job, for sources that are too large to be read here
        </label>
      )}
      {'seed' in draft && (
        <Field label="Seed" id={`${id}-seed`}>
          <input
            id={`${id}-seed`}
            className="input number"
            inputMode="numeric"
            value={Number.isNaN(draft.seed) ? '' : draft.seed}
            onChange={(event) => onChange({ ...draft, seed: Number.parseInt(event.target.value, 10) })}
          />
        </Field>
      )}
    </div>
  );
}

function Field({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children}
    </div>
  );
}
