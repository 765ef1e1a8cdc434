import { useState } from 'react';
import type { Dialect } from '../../shared/document/dialect';
import type { SourceRole } from '../../shared/document/project';
import type { Sampling } from '../../shared/document/sampling';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt, useLoaded } from '../shell/use-call';
import { plural, roughCount, since, size } from '../shell/words';
import { useWorkbench } from '../state/context';
import { DialectForm } from './dialect-form';
import { FirstRows } from './first-rows';
import { RoleField, roleOf } from './role-field';
import { UnreadableList } from './unreadable-list';

const FIRST: Sampling = { method: 'first', rows: 200 };

type Props = { connection: string; path: string; onAdded: () => void };

/** A file before it is added: how it is read, its first rows, and what of it cannot be read. */
export function FilePreview({ connection, path, onAdded }: Props) {
  const workbench = useWorkbench();
  const { host } = workbench;
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const [chosen, setChosen] = useState<Dialect | null>(null);
  const [role, setRole] = useState<SourceRole>(roleOf(name));
  const inspected = useLoaded('inspect', (signal) =>
    host.call('source.inspect', { connection, path }, { signal }),
  );
  const dialect = chosen ?? inspected.value?.dialect ?? null;
  const sample = useLoaded(JSON.stringify(dialect), async (signal) =>
    dialect === null
      ? null
      : host.call('source.sample', { connection, path, dialect, sampling: FIRST }, { signal }),
  );
  const attempt = useAttempt();
  const add = () =>
    attempt.run(async () => {
      if (dialect === null) return;
      await workbench.settled();
      const before = new Set(workbench.store.getState().project?.project.sources.map((one) => one.id));
      const state = await host.call('project.addSource', { connection, path, name, role, dialect });
      workbench.openProject(state);
      const added = state.project.sources.find((one) => !before.has(one.id));
      if (added) workbench.selectSource(added.id);
      onAdded();
    });

  if (inspected.status === 'failed') {
    return (
      <FaultNotice
        error={inspected.error}
        doing={`Opening ${name}`}
        button={{ label: 'Try again', run: inspected.reload }}
      />
    );
  }
  if (dialect === null || inspected.value === null) {
    return (
      <p className="muted" role="status">
        Looking into {name}…
      </p>
    );
  }
  const { size: bytes, modified, notes } = inspected.value;
  const total = sample.value?.total;
  const time = since(modified);
  return (
    <div className="file-preview">
      <header>
        <h3 className="ellipsis" title={path}>
          {name}
        </h3>
        <p className="muted small">
          {size(bytes)} · <span title={time.exact}>changed {time.words}</span>
          {total && ` · ${total.exact ? '' : 'about '}${roughCount(total.rows)} rows`}
        </p>
      </header>
      <DialectForm dialect={dialect} onChange={setChosen} />
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
        <FirstRows sample={sample.value} loading={sample.status === 'loading'} />
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
