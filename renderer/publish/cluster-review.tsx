import { useId, useState } from 'react';
import type { Source } from '../../shared/document/project';
import { FaultNotice } from '../shell/fault-notice';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { useWholeGroups } from '../state/whole-groups';
import { forecastOf, keepForecast } from './forecast';
import { intentId, settleIntent } from './intent';
import { type Review, ReviewView } from './review-view';

type Props = {
  source: Source;
  connection: string;
  review: Review;
  onSubmitted: () => void;
  onVerify: () => void;
};

/** What would run, to be read before it is submitted. Submitting twice is one run: the id is made once for an intent. */
export function ClusterReview({ source, connection, review, onSubmitted, onVerify }: Props) {
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
  const ready = sample.status === 'ready' ? sample.sample : null;
  const wholeGroups = useWholeGroups();
  const forecast =
    preview.status === 'current' && preview.counts && ready
      ? forecastOf(preview.counts, review.steps, { ...ready, wholeGroups })
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
      <ReviewView review={review} forecast={forecast} wholeGroups={wholeGroups} />
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
          {!blocked && (
            <button type="button" className="button" onClick={onVerify}>
              Verify on this cluster first…
            </button>
          )}
          {blocked && <span className="muted small">Not before the obstacles are gone.</span>}
        </div>
      </div>
    </>
  );
}
