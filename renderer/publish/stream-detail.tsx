import type { Stream } from '../../shared/contract/calls/streams';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { Places } from './places';
import { RunLog } from './run-log';
import { StreamProgressView } from './stream-progress';
import { canRestart, StreamState } from './stream-state';

type Props = { stream: Stream; onChanged: (stream: Stream) => void };

/** One stream: where it is and how far, with buttons to stop it and to go on. */
export function StreamDetail({ stream, onChanged }: Props) {
  const { host } = useWorkbench();
  const attempt = useAttempt();
  const { streamId, state, progress } = stream;
  const stop = (atOnce: boolean) =>
    attempt.run(async () => onChanged(await host.call('stream.stop', { streamId, atOnce })));
  const restart = () => attempt.run(async () => onChanged(await host.call('stream.restart', { streamId })));
  return (
    <section className="run-detail" aria-label={`Stream ${stream.name}`}>
      <header className="ready-head">
        <div>
          <h3>
            {stream.name} <StreamState stream={stream} />
          </h3>
          <p role="status">{stream.message}</p>
        </div>
        <div className="run-buttons">
          {!canRestart(stream) && state !== 'stopping' && (
            <button type="button" className="button" disabled={attempt.busy} onClick={() => void stop(false)}>
              {state === 'running' ? 'Stop after this batch' : 'Stop it'}
            </button>
          )}
          {state === 'stopping' && (
            <button type="button" className="button" disabled={attempt.busy} onClick={() => void stop(true)}>
              End it at once
            </button>
          )}
          {canRestart(stream) && (
            <button
              type="button"
              className="button primary"
              disabled={attempt.busy}
              onClick={() => void restart()}
            >
              {attempt.busy ? 'Starting…' : 'Go on from where it was'}
            </button>
          )}
        </div>
      </header>
      {canRestart(stream) && (
        <p className="muted small">
          It goes on with the plan that was approved for it. Changed rules are a new stream: publish them and
          let it begin where this one stopped.
        </p>
      )}
      {attempt.error !== null && <FaultNotice error={attempt.error} doing="The order" />}
      {progress && <StreamProgressView progress={progress} />}
      <Places
        places={[
          ['Reads the topic', stream.topic],
          ['Cleaned rows', stream.outputTopic],
          ['What left', stream.quarantineTopic],
          ['Parquet', stream.output],
          ['Plan', stream.planHash],
          ['Application', stream.applicationId],
          ['Watch it at', stream.trackingUrl],
        ]}
      />
      <RunLog load={async () => (await host.call('stream.log', { streamId })).lines} />
    </section>
  );
}
