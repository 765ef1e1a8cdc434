import { useId, useState } from 'react';
import type { AppContract } from '../../shared/contract/contract';
import type { Output } from '../../shared/contract/define';
import type { Source } from '../../shared/document/project';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { count, percent } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { CopyButton } from './copy-button';
import { forecastOf, interval, keepForecast } from './forecast';
import { intentId, settleIntent } from './intent';

type Review = Output<AppContract, 'publish.review'>;
type Props = { source: Source; connection: string; review: Review; onSubmitted: () => void };

const scopes = {
  cell: 'each cell by itself',
  row: 'each row by itself',
  group: 'rows with the same keys; depends on rows outside the sample',
  table: 'the whole table; depends on rows outside the sample',
};

/** What would run, to be read before it is submitted. Submitting twice is one run: the id is made once for an intent. */
export function ClusterReview({ source, connection, review, onSubmitted }: Props) {
  const workbench = useWorkbench();
  const preview = useWorkbenchState((state) => state.preview);
  const sample = useWorkbenchState((state) => state.sample);
  const intent = [source.id, connection, review.planHash] as const;
  const [runId] = useState(() => intentId(...intent));
  const [paths, setPaths] = useState({
    input: review.input,
    output: review.suggestedOutput,
    quarantine: review.suggestedQuarantine,
  });
  const [format, setFormat] = useState<'csv' | 'parquet'>('parquet');
  const attempt = useAttempt();
  const id = useId();
  const blocked = review.obstacles.length > 0;
  const complete = sample.status === 'ready' && sample.sample.complete;
  const forecast =
    preview.status === 'current' && preview.counts
      ? forecastOf(preview.counts, review.steps, complete)
      : null;

  const submit = () =>
    attempt.run(async () => {
      if (forecast) keepForecast(runId, forecast);
      await runTask(
        'Publishing',
        () =>
          workbench.host.call('publish.submit', {
            source: source.id,
            connection,
            runId,
            planHash: review.planHash,
            ...paths,
            format,
          }),
        { cancellable: false },
      );
      settleIntent(...intent);
      onSubmitted();
    });

  return (
    <>
      {blocked && (
        <div className="obstacles" role="note">
          <h3>What stands in the way</h3>
          <ul>
            {review.obstacles.map((one) => (
              <li key={one}>
                <Icon name="fault" /> {one}
              </li>
            ))}
          </ul>
        </div>
      )}
      <section className="review" aria-label="What would run">
        <ol className="review-steps">
          {review.steps.map(({ sentence, scope }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read the same
            <li key={index}>
              <span className="number muted">{index + 1}</span>
              <span>{sentence}</span>
              <span className="tag" title={`Looks at ${scopes[scope]}`} data-scope={scope}>
                {scope}
              </span>
            </li>
          ))}
          {review.steps.length === 0 && (
            <li className="muted">No step is switched on: rows are copied as they are.</li>
          )}
        </ol>
        <dl className="review-facts">
          <div>
            <dt>Plan</dt>
            <dd className="mono">
              {review.planHash.slice(0, 24)}… <CopyButton text={review.planHash} label="Copy" />
            </dd>
          </div>
          {Object.entries(review.libraries).map(([name, version]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{version}</dd>
            </div>
          ))}
          {forecast && (
            <div>
              <dt>Forecast</dt>
              <dd>
                {(['kept', 'filtered', 'rejected', 'merged'] as const).map((fate) => {
                  const [low, high] = interval(forecast.shares[fate], forecast.sampleRows);
                  return (
                    <span key={fate} className="review-forecast">
                      {fate}{' '}
                      {complete ? percent(forecast.shares[fate]) : `${percent(low)} to ${percent(high)}`}
                    </span>
                  );
                })}
                <span className="muted small">
                  from {count(forecast.sampleRows)} rows
                  {forecast.open > 0 && !complete && '; merged rows depend on rows outside the sample'}
                </span>
              </dd>
            </div>
          )}
        </dl>
      </section>
      <div className="run-form">
        {(
          [
            ['input', 'Input'],
            ['output', 'Cleaned rows'],
            ['quarantine', 'Rows that left, with reasons'],
          ] as const
        ).map(([name, label]) => (
          <div className="field" key={name}>
            <label htmlFor={id + name}>{label}</label>
            <input
              id={id + name}
              className="input mono"
              value={paths[name]}
              spellCheck={false}
              onChange={(event) => setPaths({ ...paths, [name]: event.target.value })}
            />
          </div>
        ))}
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
        {attempt.error !== null && (
          <FaultNotice
            error={attempt.error}
            doing="Publishing"
            button={{ label: 'Submit again (it stays one run)', run: () => void submit() }}
          />
        )}
        <div className="run-buttons">
          <button
            type="button"
            className="button primary"
            aria-disabled={blocked || attempt.busy}
            onClick={() => {
              if (!blocked) void submit();
            }}
          >
            {attempt.busy ? 'Submitting…' : 'Publish and run'}
          </button>
          {blocked && <span className="muted small">Not before the obstacles are gone.</span>}
        </div>
      </div>
    </>
  );
}
