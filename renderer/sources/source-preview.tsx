import { type ReactNode, useState } from 'react';
import type { Dialect } from '../../shared/document/dialect';
import type { SourceRole } from '../../shared/document/project';
import type { Sampling } from '../../shared/document/sampling';
import type { MessagesDialect } from '../../shared/messages/dialect';
import { FaultNotice } from '../shell/fault-notice';
import { type Loaded, useAttempt, useLoaded } from '../shell/use-call';
import { plural } from '../shell/words';
import { useWorkbench } from '../state/context';
import type { HostOutput } from '../state/host';
import { ColumnNames } from './column-names';
import { FirstRows } from './first-rows';
import { RoleField, roleOf } from './role-field';
import { UnreadableList } from './unreadable-list';

export type PreviewSample = HostOutput<'source.sample'>;

type Props<Look> = {
  connection: string;
  path: string;
  name: string;
  /** What a first look found; how the source is read is guessed from it. */
  looked: Loaded<Look> & { reload: () => void };
  /** How it is read; null until it is known. */
  dialect: Dialect | MessagesDialect | null;
  /** The columns of a source whose rows are not looked at before it is added; null where they are. */
  columns?: readonly string[] | null;
  /** Whether a form lacks what reading needs. */
  isOpen?: boolean;
  /** Which rows are shown before it is added. */
  sampling: Sampling;
  withMessages?: boolean;
  facts: (look: Look, sample: PreviewSample | null) => ReactNode;
  form: (look: Look) => ReactNode;
  /** Why there are no rows; where it is left out, words for a file. */
  empty?: (look: Look, sample: PreviewSample, again: () => void) => ReactNode;
  onAdded: () => void;
};

/** A source before it is added: how it is read, its first rows, and what of it cannot be read. */
export function SourcePreview<Look extends { readonly notes: readonly string[] }>(props: Props<Look>) {
  const { connection, path, name, looked, dialect, columns = null, isOpen = false } = props;
  const { sampling, withMessages = false } = props;
  const workbench = useWorkbench();
  const { host } = workbench;
  const [role, setRole] = useState<SourceRole>(roleOf(name));
  const sample = useLoaded(JSON.stringify([dialect, columns, isOpen]), async (signal) =>
    dialect === null || columns !== null || isOpen
      ? null
      : host.call('source.sample', { connection, path, dialect, sampling, withMessages }, { signal }),
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
      props.onAdded();
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
  const look = looked.value;
  const named = columns ?? sample.value?.columns ?? null;
  const again = () => {
    looked.reload();
    sample.reload();
  };
  return (
    <div className="file-preview">
      <header>
        <h3 className="ellipsis" title={path}>
          {name}
        </h3>
        <p className="muted small">{props.facts(look, sample.value)}</p>
      </header>
      {props.form(look)}
      {look.notes.length > 0 && (
        <ul className="muted small">
          {look.notes.map((note) => (
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
      ) : columns !== null ? (
        <ColumnNames names={columns} />
      ) : (
        <FirstRows
          sample={sample.value}
          loading={sample.status === 'loading'}
          empty={
            (sample.value && props.empty?.(look, sample.value, again)) ?? 'There are no rows in this file.'
          }
        />
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
          disabled={attempt.busy || sample.status !== 'ready' || named === null}
          onClick={() => void add()}
        >
          Add to project
        </button>
        {named && <span className="muted small">{plural(named.length, 'column')}</span>}
      </footer>
    </div>
  );
}
