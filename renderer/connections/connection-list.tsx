import { useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { ConnectionMenu, type ConnectionTask } from './connection-menu';
import type { ConnectionForm } from './forms/form';
import { allForms, formOf } from './forms/forms';
import { RemoveAsk } from './remove-ask';

type Props = {
  connections: readonly Connection[];
  error: unknown;
  onReload: () => void;
  /** Id of the connection whose data is looked at. */
  current: string | null;
  onBrowse: (id: string) => void;
  onTask: (connection: Connection, task: Exclude<ConnectionTask, 'remove'>) => void;
  onNew: (form: ConnectionForm) => void;
  onManage: () => void;
};

/** The connections in the pane of sources: what each holds is a click away. */
export function ConnectionList(props: Props) {
  const { connections, error, onReload, current, onBrowse, onTask, onNew, onManage } = props;
  const [removing, setRemoving] = useState<string | null>(null);
  return (
    <section className="connections" aria-label="Connections">
      <div className="pane-head">
        <h2>Connections</h2>
        <button
          type="button"
          className="button quiet icon-only"
          aria-label="Manage connections"
          onClick={onManage}
        >
          <Icon name="list" />
        </button>
      </div>
      {error !== null && <FaultNotice error={error} button={{ label: 'Try again', run: onReload }} />}
      <ul>
        {connections.map((one) => (
          <li key={one.id}>
            <div className="source-row">
              <button
                type="button"
                className="source-button"
                aria-current={current === one.id}
                onClick={() => onBrowse(one.id)}
              >
                <Icon name={formOf(one.kind)?.icon ?? 'folder'} />
                <span className="ellipsis">{one.name}</span>
              </button>
              {one.kind !== 'local' && (
                <ConnectionMenu
                  name={one.name}
                  onTask={(task) => (task === 'remove' ? setRemoving(one.id) : onTask(one, task))}
                />
              )}
            </div>
            {removing === one.id && (
              <RemoveAsk
                connection={one}
                onKeep={() => setRemoving(null)}
                onRemoved={() => {
                  setRemoving(null);
                  onReload();
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {allForms.map((form) => (
        <button key={form.kind} type="button" className="source-button" onClick={() => onNew(form)}>
          <Icon name="plus" />
          Connect to {form.service}…
        </button>
      ))}
    </section>
  );
}
