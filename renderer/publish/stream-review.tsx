import { useId, useState } from 'react';
import type { StreamBegin } from '../../shared/contract/calls/streams';
import type { AppContract } from '../../shared/contract/contract';
import type { Output } from '../../shared/contract/define';
import type { Source } from '../../shared/document/project';
import { since } from '../shell/words';
import { useWorkbench } from '../state/context';
import { intentId } from './intent';
import { OrderForm } from './order-form';

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

const PLACES = [
  ['outputTopic', 'Topic for cleaned rows'],
  ['quarantineTopic', 'Topic for what left, with reasons'],
  ['output', 'Folder on HDFS for cleaned rows, as Parquet'],
] as const;
const WORDS = {
  doing: 'Starting the stream',
  order: 'Publish and start',
  busy: 'Starting…',
  again: 'Start again (it stays one stream)',
};

/** What would run on the topic, to be read before it is started. */
export function StreamReviewForm({ source, connection, columns, review, onStarted }: Props) {
  const { host } = useWorkbench();
  const { planHash, earlier } = review;
  const intent = [source.id, connection, planHash] as const;
  const [streamId] = useState(() => intentId(...intent));
  const [targets, setTargets] = useState<Readonly<StreamReview['suggested']>>(review.suggested);
  const [chosen, setChosen] = useState<string>('earliest');
  const id = useId();
  const begin = (): StreamBegin => {
    if (earlier.some((one) => one.streamId === chosen)) return { after: chosen };
    return chosen === 'latest' ? 'latest' : 'earliest';
  };
  return (
    <OrderForm
      {...{ intent, review }}
      forecast={null}
      wholeGroups={NO_GROUPS}
      places={PLACES}
      values={targets}
      onChange={setTargets}
      words={WORDS}
      before={
        <>
          <div className="field">
            <span className="label">Topic that is read</span>
            <span className="mono">{review.topic}</span>
          </div>
          <div className="field run-format">
            <label htmlFor={`${id}b`}>Begin</label>
            <select
              id={`${id}b`}
              className="select"
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              <option value="earliest">With the oldest message that is kept</option>
              <option value="latest">With the next message that comes</option>
              {earlier.map((one) => (
                <option key={one.streamId} value={one.streamId}>
                  Where “{one.name}” stopped {since(one.finished).words}
                </option>
              ))}
            </select>
          </div>
        </>
      }
      submit={() => {
        const order = { source: source.id, connection, columns: [...columns], streamId, ...targets };
        return host.call('stream.start', { ...order, planHash, begin: begin() });
      }}
      onSubmitted={onStarted}
    />
  );
}
