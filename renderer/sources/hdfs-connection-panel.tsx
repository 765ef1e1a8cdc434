import { type FormEvent, useId, useState } from 'react';
import { type Connection, connectionSchema } from '../../shared/contract/calls/connections';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useAttempt } from '../shell/use-call';
import { useFocus } from '../shell/use-focus';
import { useWorkbench } from '../state/context';
import { ConnectionSteps, type TestedStep } from './connection-steps';

type Hdfs = Extract<Connection, { kind: 'hdfs' }>;
type Props = {
  /** Null sets up a new one. */
  connection: Hdfs | null;
  onSaved: (id: string) => void;
  onRemoved: () => void;
  onCancel: () => void;
};

const fields = [
  { name: 'name', label: 'Name', placeholder: 'Shop cluster', help: 'As you want to see it in the list.' },
  {
    name: 'webhdfs',
    label: 'WebHDFS address',
    placeholder: 'http://namenode:9870',
    help: 'Scheme, host and port of the NameNode, with no path.',
  },
  { name: 'user', label: 'User', placeholder: 'steward', help: 'In whose name files are read and written.' },
  {
    name: 'livy',
    label: 'Livy address',
    placeholder: 'http://livy:8998',
    help: 'Where jobs are submitted. Needed to publish.',
  },
  {
    name: 'yarn',
    label: 'YARN address',
    placeholder: 'http://resourcemanager:8088',
    help: 'Where jobs are watched. Needed to publish.',
  },
] as const;
type FieldName = (typeof fields)[number]['name'];
type Values = Record<FieldName, string>;

function connectionOf(values: Values, id: string): unknown {
  const { livy, yarn, webhdfs, ...rest } = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value.trim()]),
  ) as Values;
  return {
    id,
    kind: 'hdfs',
    nameNodes: [webhdfs],
    ...rest,
    ...(livy !== '' && { livy }),
    ...(yarn !== '' && { yarn }),
  };
}

/** What is wrong with each field; empty when nothing is. */
function faultsOf(values: Values): Partial<Values> {
  const result = connectionSchema.safeParse(connectionOf(values, 'new'));
  if (result.success) return {};
  return Object.fromEntries(
    result.error.issues.map(({ path }) => {
      const name = path[0] === 'nameNodes' ? 'webhdfs' : (path[0] as FieldName);
      const empty = values[name].trim() === '';
      return [name, empty ? 'Fill this in.' : 'This is no address; it begins with http:// or https://.'];
    }),
  );
}

/** Sets up a connection to HDFS, with Livy and YARN beside it, and tries it step by step. */
export function HdfsConnectionPanel({ connection, onSaved, onRemoved, onCancel }: Props) {
  const { host } = useWorkbench();
  const id = useId();
  const [newId] = useState(() => `hdfs-${crypto.randomUUID().slice(0, 8)}`);
  const [values, setValues] = useState<Values>({
    name: connection?.name ?? '',
    webhdfs: connection?.nameNodes[0] ?? '',
    user: connection?.user ?? '',
    livy: connection?.livy ?? '',
    yarn: connection?.yarn ?? '',
  });
  const [shown, setShown] = useState(false);
  const [steps, setSteps] = useState<readonly TestedStep[] | null>(null);
  const testing = useAttempt();
  const saving = useAttempt();
  const first = useFocus<HTMLInputElement>();
  const faults = shown ? faultsOf(values) : {};

  const withConnection = (use: (wanted: Connection) => Promise<void>) => {
    setShown(true);
    const result = connectionSchema.safeParse(connectionOf(values, connection?.id ?? newId));
    return result.success ? use(result.data) : Promise.resolve();
  };
  const test = () =>
    withConnection((wanted) =>
      testing.run(async () => {
        setSteps(null);
        setSteps(await host.call('connections.test', { connection: wanted }));
      }),
    );
  const save = (event: FormEvent) => {
    event.preventDefault();
    void withConnection((wanted) =>
      saving.run(async () => {
        await host.call('connections.save', { connection: wanted });
        onSaved(wanted.id);
      }),
    );
  };
  const remove = () =>
    saving.run(async () => {
      if (connection) await host.call('connections.remove', { id: connection.id });
      onRemoved();
    });

  return (
    <section className="pane add-source" data-pane="connection" tabIndex={-1} aria-label="HDFS connection">
      <div className="pane-head">
        <h2>{connection ? `Connection ${connection.name}` : 'Connect to HDFS'}</h2>
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onCancel}>
          <Icon name="close" />
        </button>
      </div>
      <form className="connection-form" onSubmit={save} noValidate>
        <div className="connection-fields">
          {fields.map(({ name, label, placeholder, help }) => (
            <div className="field" key={name}>
              <label htmlFor={id + name}>
                {label}
                {(name === 'livy' || name === 'yarn') && <span className="muted"> (optional)</span>}
              </label>
              <input
                id={id + name}
                ref={name === 'name' ? first : undefined}
                className="input"
                value={values[name]}
                placeholder={placeholder}
                spellCheck={false}
                autoComplete="off"
                aria-invalid={faults[name] !== undefined}
                aria-describedby={`${id}${name}-help`}
                onChange={(event) => {
                  setValues({ ...values, [name]: event.target.value });
                  setSteps(null);
                }}
              />
              <p id={`${id}${name}-help`} className={faults[name] ? 'help field-fault' : 'help'}>
                {faults[name] ?? help}
              </p>
            </div>
          ))}
          {saving.error !== null && (
            <FaultNotice error={saving.error} doing="Saving" onDismiss={saving.clear} />
          )}
          <div className="connection-buttons">
            <button type="submit" className="button primary" disabled={saving.busy}>
              Save and browse
            </button>
            <button type="button" className="button" onClick={() => void test()} disabled={testing.busy}>
              {testing.busy ? 'Testing…' : 'Test the connection'}
            </button>
            {connection && (
              <button
                type="button"
                className="button quiet"
                onClick={() => void remove()}
                disabled={saving.busy}
              >
                Remove
              </button>
            )}
          </div>
        </div>
        <ConnectionSteps steps={steps} busy={testing.busy} error={testing.error} />
      </form>
    </section>
  );
}
