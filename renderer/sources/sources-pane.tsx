import { type ReactNode, useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import { ConnectionList } from '../connections/connection-list';
import type { ConnectionTask } from '../connections/connection-menu';
import { ConnectionPanel } from '../connections/connection-panel';
import type { ConnectionForm } from '../connections/forms/form';
import { allForms, formOf } from '../connections/forms/forms';
import { ManagePanel } from '../connections/manage-panel';
import { JoinPanel } from '../joins/join-panel';
import { JoinsSection } from '../joins/joins-section';
import { NewJoinPanel } from '../joins/new-join';
import { useActions } from '../shell/actions';
import { useLoaded } from '../shell/use-call';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { browsers } from './browsers';
import { SourceList } from './source-list';
import './sources.css';
import '../joins/joins.css';

/** What stands in the middle instead of the place: a connection's data, one to set up, all of them, or a key. */
type Task =
  | { readonly kind: 'browse'; readonly connection: string }
  | { readonly kind: 'join'; readonly join: string | null }
  | { readonly kind: 'manage'; readonly begin?: 'import' | 'export' }
  | {
      readonly kind: 'connect';
      readonly form: ConnectionForm;
      readonly connection: Connection | null;
      readonly how: 'new' | Exclude<ConnectionTask, 'remove'>;
    };

/** The project's sources and the connections at the left; what they open takes the place of `children`. */
export function SourcesPane({ children }: { children: ReactNode }) {
  const { host } = useWorkbench();
  const [task, setTask] = useState<Task | null>(null);
  const [hidden, setHidden] = useState(false);
  const loaded = useLoaded('connections', (signal) => host.call('connections.list', {}, { signal }));
  const connections = loaded.value ?? [];
  const browse = (connection: string) => setTask({ kind: 'browse', connection });
  const close = () => setTask(null);
  const joins = useWorkbenchState((state) => state.project?.project.joins);
  const joined = task?.kind === 'join' ? joins?.find((one) => one.id === task.join) : undefined;
  const connectTo = (form: ConnectionForm) =>
    setTask({ kind: 'connect', form, connection: null, how: 'new' });
  const doWith = (connection: Connection, how: Exclude<ConnectionTask, 'remove'>) => {
    const form = formOf(connection.kind);
    if (form !== null) setTask({ kind: 'connect', form, connection, how });
  };

  useActions([
    {
      id: 'source.add',
      title: 'Add a source…',
      group: 'Sources',
      keys: 'Mod+Shift+O',
      place: 'clean',
      run: () => browse('local'),
    },
    ...allForms.map((form) => ({
      id: `source.${form.kind}`,
      title: `Connect to ${form.service}…`,
      group: 'Sources',
      also: form.also,
      place: 'clean' as const,
      run: () => connectTo(form),
    })),
    {
      id: 'connections.manage',
      title: 'Manage connections…',
      group: 'Sources',
      keys: 'Mod+Shift+L',
      place: 'clean',
      also: 'connection manager edit test duplicate remove',
      run: () => setTask({ kind: 'manage' }),
    },
    {
      id: 'connections.import',
      title: 'Import connections…',
      group: 'Sources',
      place: 'clean',
      run: () => setTask({ kind: 'manage', begin: 'import' }),
    },
    {
      id: 'connections.export',
      title: 'Export connections…',
      group: 'Sources',
      place: 'clean',
      disabled: connections.every(({ kind }) => kind === 'local'),
      run: () => setTask({ kind: 'manage', begin: 'export' }),
    },
    {
      id: 'source.keys',
      title: 'Check the keys between sources',
      group: 'Sources',
      also: 'join relation reference orphan foreign duplicate referential integrity',
      place: 'clean',
      run: () => setTask({ kind: 'join', join: joins?.[0]?.id ?? null }),
    },
    {
      id: 'source.pane',
      title: hidden ? 'Show sources' : 'Hide sources',
      group: 'Window',
      keys: 'Mod+B',
      place: 'clean',
      run: () => setHidden((before) => !before),
    },
  ]);

  const shown = {
    connections,
    onReload: loaded.reload,
    onBrowse: browse,
    onTask: doWith,
    onNew: connectTo,
  };
  const browsed = task?.kind === 'browse' ? connections.find(({ id }) => id === task.connection) : undefined;
  const Browser = browsed && browsers[browsed.kind];
  return (
    <>
      {!hidden && (
        <nav className="pane sources" data-pane="sources" tabIndex={-1} aria-label="Sources">
          <SourceList current={task === null} onSelect={close} onAdd={() => browse('local')} />
          <JoinsSection
            current={task?.kind === 'join' ? task.join : undefined}
            onOpen={(join) => setTask({ kind: 'join', join })}
          />
          <ConnectionList
            {...shown}
            error={loaded.status === 'failed' ? loaded.error : null}
            current={task?.kind === 'browse' ? task.connection : null}
            onManage={() => setTask({ kind: 'manage' })}
          />
        </nav>
      )}
      {browsed && Browser && (
        <Browser
          key={browsed.id}
          connection={browsed}
          onDone={close}
          onEdit={() => doWith(browsed, 'edit')}
        />
      )}
      {task?.kind === 'join' && task.join === null && (
        <NewJoinPanel onAdded={(join) => setTask({ kind: 'join', join })} onClose={close} />
      )}
      {joined && <JoinPanel key={joined.id} join={joined} onClose={close} />}
      {task?.kind === 'manage' && (
        <ManagePanel
          key={task.begin ?? 'all'}
          {...shown}
          {...(task.begin && { begin: task.begin })}
          onClose={close}
        />
      )}
      {task?.kind === 'connect' && (
        <ConnectionPanel
          key={`${task.form.kind} ${task.connection?.id} ${task.how}`}
          form={task.form}
          connection={task.connection}
          copy={task.how === 'duplicate'}
          testNow={task.how === 'test'}
          onSaved={(id) => {
            loaded.reload();
            browse(id);
          }}
          onCancel={close}
        />
      )}
      <div
        className="sources-beside"
        hidden={task !== null && (task.kind !== 'join' || task.join === null || joined !== undefined)}
      >
        {children}
      </div>
    </>
  );
}
