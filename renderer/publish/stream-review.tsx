import { useId, useState } from 'react';
import type { AppContract } from '../../shared/contract/contract';
import type { Output } from '../../shared/contract/define';
import type { Source } from '../../shared/document/project';
import { FaultNotice } from '../shell/fault-notice';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { since } from '../shell/words';
import { useWorkbench } from '../state/context';
import { intentId, settleIntent } from './intent';
import { ReviewView } from './review-view';

export type StreamReview = Output<AppContract, 'stream.review'>;

type Props = {
  source: Source;
  connection: string;
  columns: readonly string[];
  review: StreamReview;
  onStarted: () => void;
};

/** What compares rows does not run in a stream. */
const NO_GROUPS: ReadonlySet<number> = new Set();

const fields = [
  ['outputTopic', 'Topic for cleaned rows'],
  ['quarantineTopic', 'Topic for what left, with reasons'],
  ['output', 'Folder on HDFS for cleaned rows, as Parquet'],
] as const;

/** What would run on the topic, to be read before it is started. */
export function StreamReviewForm({ source, connection, columns, review, onStarted }: Props) {
  const workbench = useWorkbench();
  const intent = [source.id, connection, review.planHash] as const;
  const [streamId] = useState(() => intentId(...intent));
  const [targets, setTargets] = useState(review.suggested);
  const [begin, setBegin] = useState<string>('earliest');
  const attempt = useAttempt();
  const id = useId();
  const blocked = review.obstacles.length > 0;

  const start = () =>
    attempt.run(async () => {
      const order = { source: source.id, connection, columns: [...columns], streamId, ...targets };
      const after = review.earlier.some((one) => one.streamId === begin);
      await runTask(
        'Starting the stream',
        () =>
          workbench.host.call('stream.start', {
            ...order,
            planHash: review.planHash,
            begin: after ? { after: begin } : begin === 'latest' ? 'latest' : 'earliest',
          }),
        { cancellable: false },
      );
      settleIntent(...intent);
      onStarted();
    });

  return (
    <>
      <ReviewView review={review} forecast={null} wholeGroups={NO_GROUPS} />
      <div className="run-form">
        <div className="field">
          <span className="field-label">Topic that is read</span>
          <span className="mono">{review.topic}</span>
        </div>
        <div className="field run-format">
          <label htmlFor={`${id}b`}>Begin</label>
          <select
            id={`${id}b`}
            className="select"
            value={begin}
            onChange={(event) => setBegin(event.target.value)}
          >
            <option value="earliest">With the oldest message that is kept</option>
            <option value="latest">With the next message that comes</option>
            {review.earlier.map((one) => (
              <option key={one.streamId} value={one.streamId}>
                Where “{one.name}” stopped {since(one.finished).words}
              </option>
            ))}
          </select>
        </div>
        {fields.map(([name, label]) => (
          <div className="field" key={name}>
            <label htmlFor={id + name}>{label}</label>
            <input
              id={id + name}
              className="input mono"
              value={targets[name]}
              spellCheck={false}
              onChange={(event) => setTargets({ ...targets, [name]: event.target.value })}
            />
          </div>
        ))}
        {attempt.error !== null && (
          <FaultNotice
            error={attempt.error}
            doing="Starting the stream"
            button={{ label: 'Start again (it stays one stream)', run: () => void start() }}
          />
        )}
        <div className="run-buttons">
          <button
            type="button"
            className="button primary"
            aria-disabled={blocked || attempt.busy}
            onClick={() => {
              if (!blocked) void start();
            }}
          >
            {attempt.busy ? 'Starting…' : 'Publish and start'}
          </button>
          {blocked && <span className="muted small">Not before the obstacles are gone.</span>}
        </div>
      </div>
    </>
  );
}
