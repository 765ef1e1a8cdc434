import { useId, useState } from 'react';
import type { Source } from '../../shared/document/project';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { useWholeGroups } from '../state/whole-groups';
import { forecastOf, keepForecast } from './forecast';
import { intentId } from './intent';
import { OrderForm } from './order-form';
import type { Review } from './review-view';

type Props = {
  source: Source;
  connection: string;
  review: Review;
  onSubmitted: () => void;
  onVerify: () => void;
};

const PLACES = [
  ['input', 'Input'],
  ['output', 'Cleaned rows'],
  ['quarantine', 'Rows that left, with reasons'],
] as const;
const WORDS = {
  doing: 'Publishing',
  order: 'Publish and run',
  busy: 'Submitting…',
  again: 'Submit again (it stays one run)',
};

/** What would run, to be read before it is submitted. Submitting twice is one run: the id is made once for an intent. */
export function ClusterReview({ source, connection, review, onSubmitted, onVerify }: Props) {
  const { host } = useWorkbench();
  const preview = useWorkbenchState((state) => state.preview);
  const sample = useWorkbenchState((state) => state.sample);
  const { planHash } = review;
  const intent = [source.id, connection, planHash] as const;
  const [runId] = useState(() => intentId(...intent));
  const [paths, setPaths] = useState({
    input: review.input,
    output: review.suggestedOutput,
    quarantine: review.suggestedQuarantine,
  });
  const [format, setFormat] = useState<'csv' | 'parquet'>('parquet');
  const id = useId();
  const ready = sample.status === 'ready' ? sample.sample : null;
  const wholeGroups = useWholeGroups();
  const forecast =
    preview.status === 'current' && preview.counts && ready
      ? forecastOf(preview.counts, review.steps, { ...ready, wholeGroups })
      : null;
  return (
    <OrderForm
      {...{ intent, review, forecast, wholeGroups, onSubmitted }}
      places={PLACES}
      values={paths}
      onChange={setPaths}
      words={WORDS}
      after={
        <div className="field run-format">
          <label htmlFor={`${id}f`}>Format</label>
          <select
            id={`${id}f`}
            className="select"
            value={format}
            onChange={(event) => setFormat(event.target.value === 'csv' ? 'csv' : 'parquet')}
          >
            <option value="parquet">Parquet</option>
            <option value="csv">CSV text</option>
          </select>
        </div>
      }
      more={
        <button type="button" className="button" onClick={onVerify}>
          Verify on this cluster first…
        </button>
      }
      submit={() => {
        if (forecast) keepForecast(runId, forecast);
        const order = { source: source.id, connection, runId, planHash, ...paths, format };
        return host.call('publish.submit', order);
      }}
    />
  );
}
