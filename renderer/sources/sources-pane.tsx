import { type ReactNode, useState } from 'react';
import type { Connection } from '../../shared/contract/calls/connections';
import { useActions } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useLoaded } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { AddSource } from './add-source';
import { HdfsConnectionPanel } from './hdfs-connection-panel';
import { SourceList } from './source-list';
import './sources.css';

/** What stands in the middle instead of the place: a connection's files, or a connection to set up. */
export type SourcesTask =
  | { readonly kind: 'browse'; readonly connection: string }
  | { readonly kind: 'connect'; readonly connection: Extract<Connection, { kind: 'hdfs' }> | null };

/** The project's sources and the connections at the left; what they open takes the place of `children`. */
export function SourcesPane({ children }: { children: ReactNode }) {
  const { host } = useWorkbench();
  const [task, setTask] = useState<SourcesTask | null>(null);
  const [hidden, setHidden] = useState(false);
  const connections = useLoaded('connections', (signal) => host.call('connections.list', {}, { signal }));
  const browse = (connection: string) => setTask({ kind: 'browse', connection });
  const close = () => setTask(null);

  useActions([
    {
      id: 'source.add',
      title: 'Add a source…',
      group: 'Sources',
      keys: 'Mod+Shift+O',
      place: 'clean',
      run: () => browse('local'),
    },
    {
      id: 'source.hdfs',
      title: 'Connect to HDFS…',
      group: 'Sources',
      also: 'cluster hadoop livy yarn connection',
      place: 'clean',
      run: () => setTask({ kind: 'connect', connection: null }),
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

  return (
    <>
      {!hidden && (
        <nav className="pane sources" data-pane="sources" tabIndex={-1} aria-label="Sources">
          <SourceList current={task === null} onSelect={close} onAdd={() => browse('local')} />
          <section className="connections" aria-label="Connections">
            <div className="pane-head">
              <h2>Connections</h2>
            </div>
            {connections.status === 'failed' && (
              <FaultNotice
                error={connections.error}
                button={{ label: 'Try again', run: connections.reload }}
              />
            )}
            <ul>
              {connections.value?.map((one) => (
                <li key={one.id} className="source-row">
                  <button
                    type="button"
                    className="source-button"
                    aria-current={task?.kind === 'browse' && task.connection === one.id}
                    onClick={() => browse(one.id)}
                  >
                    <Icon name={one.kind === 'local' ? 'folder' : 'cluster'} />
                    <span className="ellipsis">{one.name}</span>
                  </button>
                  {one.kind === 'hdfs' && (
                    <button
                      type="button"
                      className="button quiet small"
                      onClick={() => setTask({ kind: 'connect', connection: one })}
                      aria-label={`Edit the connection ${one.name}`}
                    >
                      Edit
                    </button>
                  )}
                </li>
              ))}
            </ul>
            <button
              type="button"
              className="source-button"
              onClick={() => setTask({ kind: 'connect', connection: null })}
            >
              <Icon name="plus" />
              Connect to HDFS…
            </button>
          </section>
        </nav>
      )}
      {task?.kind === 'browse' && (
        <AddSource
          key={task.connection}
          connection={connections.value?.find((one) => one.id === task.connection) ?? null}
          connectionId={task.connection}
          onDone={close}
        />
      )}
      {task?.kind === 'connect' && (
        <HdfsConnectionPanel
          key={task.connection?.id ?? 'new'}
          connection={task.connection}
          onSaved={(id) => {
            connections.reload();
            browse(id);
          }}
          onRemoved={() => {
            connections.reload();
            close();
          }}
          onCancel={close}
        />
      )}
      <div className="sources-beside" hidden={task !== null}>
        {children}
      </div>
    </>
  );
}
