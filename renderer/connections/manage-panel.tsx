import { useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import { Icon } from '../shell/icons';
import { useFocus } from '../shell/use-focus';
import type { ConnectionTask } from './connection-menu';
import { FileTask } from './file-task';
import type { ConnectionForm } from './forms/form';
import { allForms, formOf } from './forms/forms';
import { RemoveAsk } from './remove-ask';
import './connections.css';

type Props = {
  connections: readonly Connection[];
  /** Begins with taking in, or writing, a file. */
  begin?: 'import' | 'export';
  onReload: () => void;
  onBrowse: (id: string) => void;
  onTask: (connection: Connection, task: Exclude<ConnectionTask, 'remove'>) => void;
  onNew: (form: ConnectionForm) => void;
  onClose: () => void;
};

const TASKS = [
  ['test', 'Test'],
  ['edit', 'Edit'],
  ['duplicate', 'Duplicate'],
  ['remove', 'Remove'],
] as const;

/** All connections with where they lead, and everything that can be done with them. */
export function ManagePanel({ connections, begin, onReload, onBrowse, onTask, onNew, onClose }: Props) {
  const [file, setFile] = useState<'import' | 'export' | null>(begin ?? null);
  const [removing, setRemoving] = useState<string | null>(null);
  const heading = useFocus<HTMLHeadingElement>(begin === undefined);
  const own = connections.filter(({ kind }) => kind !== 'local');
  return (
    <section
      className="pane add-source"
      data-pane="connections"
      tabIndex={-1}
      aria-label="Manage connections"
    >
      <div className="pane-head">
        <h2 ref={heading} tabIndex={-1}>
          Connections
        </h2>
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="connections-body">
        <div className="connections-bar">
          {allForms.map((form) => (
            <button key={form.kind} type="button" className="button" onClick={() => onNew(form)}>
              <Icon name="plus" />
              {form.service}
            </button>
          ))}
          <button type="button" className="button quiet" onClick={() => setFile('import')}>
            Import…
          </button>
          <button
            type="button"
            className="button quiet"
            disabled={own.length === 0}
            onClick={() => setFile('export')}
          >
            Export…
          </button>
        </div>
        {file !== null && (
          <FileTask key={file} task={file} onChanged={onReload} onDone={() => setFile(null)} />
        )}
        {own.length === 0 ? (
          <div className="empty">
            <h3>No connection yet</h3>
            <p className="muted">
              Files of this computer need none. Connect to HDFS to clean what lies on a cluster and to publish
              jobs, or to Kafka to look at topics; or import a file of connections from a colleague.
            </p>
          </div>
        ) : (
          <table className="plain-table connections-table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Kind</th>
                <th scope="col">Leads to</th>
                <th scope="col">
                  <span className="for-screen-readers">What can be done</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {own.map((one) => (
                <Row
                  key={one.id}
                  connection={one}
                  removing={removing === one.id}
                  onBrowse={() => onBrowse(one.id)}
                  onTask={(task) => (task === 'remove' ? setRemoving(one.id) : onTask(one, task))}
                  onKeep={() => setRemoving(null)}
                  onRemoved={() => {
                    setRemoving(null);
                    onReload();
                  }}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

type RowProps = {
  connection: Connection;
  removing: boolean;
  onBrowse: () => void;
  onTask: (task: ConnectionTask) => void;
  onKeep: () => void;
  onRemoved: () => void;
};

function Row({ connection, removing, onBrowse, onTask, onKeep, onRemoved }: RowProps) {
  const form = formOf(connection.kind);
  if (form === null) return null;
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="link" onClick={onBrowse}>
            {connection.name}
          </button>
        </th>
        <td>{form.service}</td>
        <td className="mono ellipsis" title={form.place(connection)}>
          {form.place(connection)}
        </td>
        <td className="connections-tasks">
          {TASKS.map(([task, label]) => (
            <button
              key={task}
              type="button"
              className="button quiet small"
              aria-label={`${label} the connection ${connection.name}`}
              onClick={() => onTask(task)}
            >
              {label}
            </button>
          ))}
        </td>
      </tr>
      {removing && (
        <tr>
          <td colSpan={4}>
            <RemoveAsk connection={connection} onRemoved={onRemoved} onKeep={onKeep} />
          </td>
        </tr>
      )}
    </>
  );
}
