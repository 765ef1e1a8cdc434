import { useEffect, useState } from 'react';
import type { Stream } from '../../shared/contract/calls/streams';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { count, since } from '../shell/words';
import { useWorkbench } from '../state/context';
import { StreamDetail } from './stream-detail';
import { StreamState } from './stream-state';

function withChanged(streams: readonly Stream[], changed: ReadonlyMap<string, Stream>): readonly Stream[] {
  const known = new Set(streams.map((one) => one.streamId));
  const added = [...changed.values()].filter((one) => !known.has(one.streamId));
  return [...added, ...streams.map((one) => changed.get(one.streamId) ?? one)].sort((a, b) =>
    b.created.localeCompare(a.created),
  );
}

/** Every stream, with its counts as they move. */
export function Streams() {
  const { host } = useWorkbench();
  const loaded = useLoaded('streams', (signal) => host.call('stream.list', {}, { signal }));
  const [changed, setChanged] = useState<ReadonlyMap<string, Stream>>(new Map());
  const [chosen, setChosen] = useState<string | null>(null);
  const put = (stream: Stream) => setChanged((before) => new Map(before).set(stream.streamId, stream));
  // biome-ignore lint/correctness/useExhaustiveDependencies: put only sets state
  useEffect(() => host.on('stream.changed', put), [host]);
  const streams = withChanged(loaded.value ?? [], changed);
  const shown = streams.find((one) => one.streamId === chosen) ?? streams[0];
  return (
    <div className="publish-content">
      <header className="ready-head">
        <div>
          <h2>Streams</h2>
          <p className="muted">
            A stream goes on when this window is closed; its state and its counts are asked of the cluster.
          </p>
        </div>
        <button type="button" className="button" onClick={loaded.reload}>
          Refresh
        </button>
      </header>
      {loaded.status === 'failed' && (
        <FaultNotice
          error={loaded.error}
          doing="Asking for streams"
          button={{ label: 'Ask again', run: loaded.reload }}
        />
      )}
      {loaded.status === 'ready' && streams.length === 0 && (
        <p className="muted">No stream yet. Rules of a topic are published as a stream and watched here.</p>
      )}
      {streams.length > 0 && (
        <table className="plain-table runs">
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Rules</th>
              <th scope="col">Topic</th>
              <th scope="col">Started</th>
              <th scope="col" className="number">
                Messages
              </th>
              <th scope="col" className="number">
                Waiting
              </th>
            </tr>
          </thead>
          <tbody>
            {streams.map((stream) => (
              <tr key={stream.streamId} aria-selected={stream.streamId === shown?.streamId}>
                <td>
                  <StreamState stream={stream} />
                </td>
                <td>
                  <button type="button" className="link" onClick={() => setChosen(stream.streamId)}>
                    {stream.name}
                  </button>{' '}
                  <span className="muted small mono">{stream.streamId.slice(0, 8)}</span>
                </td>
                <td className="mono">{stream.topic}</td>
                <td title={since(stream.started).exact}>{since(stream.started).words}</td>
                <td className="number">{stream.progress ? count(stream.progress.messages) : '–'}</td>
                <td className="number">
                  {stream.progress?.lag === null || !stream.progress ? '–' : count(stream.progress.lag)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown && <StreamDetail key={shown.streamId} stream={shown} onChanged={put} />}
    </div>
  );
}
