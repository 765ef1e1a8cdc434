import { count, since } from '../shell/words';
import { useWorkbench } from '../state/context';
import { StreamDetail } from './stream-detail';
import { StreamState } from './stream-state';
import { useWatched, WatchedList } from './watched-list';

const idOf = ({ streamId }: { readonly streamId: string }) => streamId;

/** Every stream, with its counts as they move. */
export function Streams() {
  const { host } = useWorkbench();
  const watched = useWatched({
    name: 'streams',
    load: (signal) => host.call('stream.list', {}, { signal }),
    listen: (changed) => host.on('stream.changed', changed),
    idOf,
    madeAt: ({ created }) => created,
  });
  return (
    <WatchedList
      title="Streams"
      about="A stream goes on when this window is closed; its state and its counts are asked of the cluster."
      doing="Asking for streams"
      nothing="No stream yet. Rules of a topic are published as a stream and watched here."
      {...{ watched, idOf }}
      state={(stream) => <StreamState stream={stream} />}
      columns={[
        { title: 'Topic', className: 'mono', cell: ({ topic }) => topic },
        {
          title: 'Started',
          cell: ({ started }) => since(started).words,
          hover: ({ started }) => since(started).exact,
        },
        {
          title: 'Messages',
          isNumber: true,
          cell: ({ progress }) => (progress ? count(progress.messages) : '–'),
        },
        { title: 'Waiting', isNumber: true, cell: ({ progress }) => countOr(progress?.lag) },
      ]}
    >
      {(stream) => <StreamDetail key={stream.streamId} stream={stream} onChanged={watched.put} />}
    </WatchedList>
  );
}

const countOr = (n: number | null | undefined): string => (n === null || n === undefined ? '–' : count(n));
