import { useState } from 'react';
import type { ToldTopic } from '../../../shared/contract/calls/topics';
import type { Sampling } from '../../../shared/document/sampling';
import type { MessagesDialect } from '../../../shared/messages/dialect';
import { useLoaded } from '../../shell/use-call';
import { count, plural, roughCount } from '../../shell/words';
import { useWorkbench } from '../../state/context';
import type { HostOutput } from '../../state/host';
import { type PreviewSample, SourcePreview } from '../source-preview';
import { MessagesForm } from './messages-form';
import { retentionWords } from './topic-list';

const LAST: Sampling = { method: 'last', isolation: 'committed', rows: 200 };

type Props = { connection: string; topic: ToldTopic; onAdded: () => void };
type Look = HostOutput<'topics.look'>;

const messagesIn = ({ partitions }: Look): number =>
  partitions.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);

/** Why the preview of a topic has no rows, and what helps. */
function Nothing({ look, sample, again }: { look: Look; sample: PreviewSample; again: () => void }) {
  const wasWritten = look.partitions.some(({ latest }) => latest > 0);
  const tombstones = sample.drawn.tombstones ?? 0;
  if (messagesIn(look) === 0)
    return (
      <>
        {wasWritten
          ? 'The topic holds no message: those that were written have been removed, as their time to be kept was over.'
          : 'Nothing has been written to this topic yet.'}{' '}
        Columns and rules come from messages:{' '}
        <button type="button" className="link" onClick={again}>
          look again
        </button>{' '}
        once there are some.
      </>
    );
  if (sample.unreadableCount > 0)
    return <>None of the last messages can be read this way: choose how values and keys are read.</>;
  if (tombstones > 0)
    return (
      <>
        The last messages are tombstones (without a value): they tell readers that a key is gone, and hold no
        row.
      </>
    );
  return (
    <>
      None of the last offsets holds a message that is committed: they belong to open or aborted transactions,
      or were removed as older ones of their keys.
    </>
  );
}

/** A topic before it is added: its partitions, how its messages are read, and its last ones. */
export function TopicPreview({ connection, topic, onAdded }: Props) {
  const { host } = useWorkbench();
  const { name } = topic;
  const [chosen, setChosen] = useState<MessagesDialect | null>(null);
  const looked = useLoaded('look', (signal) =>
    host.call('topics.look', { connection, topic: name }, { signal }),
  );
  const dialect = chosen ?? looked.value?.dialect ?? null;
  const kept = retentionWords(topic);
  return (
    <SourcePreview
      {...{ connection, name, looked, dialect, onAdded }}
      path={name}
      isOpen={dialect?.keyColumn === ''}
      sampling={LAST}
      withMessages
      facts={(look) => {
        const messages = messagesIn(look);
        const rough = messages === 0 ? 'no messages' : `about ${roughCount(messages)} message`;
        return (
          <>
            {plural(look.partitions.length, 'partition')} · {rough}
            {messages > 1 && 's'}
            {kept !== '' && ` · kept ${kept}`}
          </>
        );
      }}
      form={(look) => (
        <>
          <Partitions partitions={look.partitions} />
          {dialect && <MessagesForm dialect={dialect} onChange={setChosen} />}
        </>
      )}
      empty={(look, sample, again) => <Nothing {...{ look, sample, again }} />}
    />
  );
}

function Partitions({ partitions }: Pick<Look, 'partitions'>) {
  return (
    <details className="topic-partitions">
      <summary>Partitions and offsets</summary>
      <table className="plain-table">
        <thead>
          <tr>
            <th className="number">Partition</th>
            <th className="number">First offset</th>
            <th className="number">Next offset</th>
            <th>Leader</th>
          </tr>
        </thead>
        <tbody>
          {partitions.map(({ partition, earliest, latest, leader }) => (
            <tr key={partition}>
              <td className="number">{partition}</td>
              <td className="number">{count(earliest)}</td>
              <td className="number">{count(latest)}</td>
              <td>{leader ?? <span className="muted">none at the moment</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
