import { useState } from 'react';
import type { ToldTopic } from '../../../shared/contract/calls/topics';
import type { SourceRole } from '../../../shared/document/project';
import type { Sampling } from '../../../shared/document/sampling';
import type { MessagesDialect } from '../../../shared/messages/dialect';
import { FaultNotice } from '../../shell/fault-notice';
import { useAttempt, useLoaded } from '../../shell/use-call';
import { count, plural, roughCount } from '../../shell/words';
import { useWorkbench } from '../../state/context';
import { FirstRows } from '../first-rows';
import { RoleField, roleOf } from '../role-field';
import { UnreadableList } from '../unreadable-list';
import { MessagesForm } from './messages-form';
import { retentionWords } from './topic-list';

const LAST: Sampling = { method: 'last', isolation: 'committed', rows: 200 };

type Props = { connection: string; topic: ToldTopic; onAdded: () => void };

/** A topic before it is added: its partitions, how its messages are read, and its last ones. */
export function TopicPreview({ connection, topic, onAdded }: Props) {
  const workbench = useWorkbench();
  const { host } = workbench;
  const { name } = topic;
  const [chosen, setChosen] = useState<MessagesDialect | null>(null);
  const [role, setRole] = useState<SourceRole>(roleOf(name));
  const looked = useLoaded('look', (signal) =>
    host.call('topics.look', { connection, topic: name }, { signal }),
  );
  const dialect = chosen ?? looked.value?.dialect ?? null;
  const sample = useLoaded(JSON.stringify(dialect), async (signal) =>
    dialect === null || dialect.keyColumn === ''
      ? null
      : host.call('source.sample', { connection, path: name, dialect, sampling: LAST }, { signal }),
  );
  const attempt = useAttempt();
  const add = () =>
    attempt.run(async () => {
      if (dialect === null) return;
      await workbench.settled();
      const before = new Set(workbench.store.getState().project?.project.sources.map((one) => one.id));
      const state = await host.call('project.addSource', { connection, path: name, name, role, dialect });
      workbench.openProject(state);
      const added = state.project.sources.find((one) => !before.has(one.id));
      if (added) workbench.selectSource(added.id);
      onAdded();
    });

  if (looked.status === 'failed') {
    return (
      <FaultNotice
        error={looked.error}
        doing={`Looking into ${name}`}
        button={{ label: 'Try again', run: looked.reload }}
      />
    );
  }
  if (dialect === null || looked.value === null) {
    return (
      <p className="muted" role="status">
        Looking into {name}…
      </p>
    );
  }
  const { partitions, notes } = looked.value;
  const messages = partitions.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
  const kept = retentionWords(topic);
  return (
    <div className="file-preview">
      <header>
        <h3 className="ellipsis" title={name}>
          {name}
        </h3>
        <p className="muted small">
          {plural(partitions.length, 'partition')} · about {roughCount(messages)} messages
          {kept !== '' && ` · kept ${kept}`}
        </p>
      </header>
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
      <MessagesForm dialect={dialect} onChange={setChosen} />
      {notes.length > 0 && (
        <ul className="muted small">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {sample.status === 'failed' ? (
        <FaultNotice
          error={sample.error}
          doing="Reading it this way"
          button={{ label: 'Try again', run: sample.reload }}
        />
      ) : (
        <FirstRows sample={sample.value} loading={sample.status === 'loading'} what="topic" />
      )}
      {sample.value && (
        <UnreadableList unreadable={sample.value.unreadable} total={sample.value.unreadableCount} />
      )}
      {attempt.error !== null && (
        <FaultNotice error={attempt.error} doing="Adding it" onDismiss={attempt.clear} />
      )}
      <footer className="file-preview-foot">
        <RoleField role={role} onChange={setRole} />
        <button
          type="button"
          className="button primary"
          disabled={attempt.busy || sample.status !== 'ready' || sample.value === null}
          onClick={() => void add()}
        >
          Add to project
        </button>
        {sample.value && <span className="muted small">{plural(sample.value.columns.length, 'column')}</span>}
      </footer>
    </div>
  );
}
