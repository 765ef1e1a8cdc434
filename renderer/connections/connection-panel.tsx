import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import type { TestedStep } from '../../shared/contract/calls/connections';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useAttempt, useLoaded } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { ConnectionSteps } from './connection-steps';
import { type Draft, readDraft, type Secrets } from './draft';
import { FieldRow } from './field-row';
import type { ConnectionForm } from './forms/form';
import './connections.css';

type Props = {
  form: ConnectionForm;
  /** The connection to change, or to begin a new one with; null begins with empty fields. */
  connection: Connection | null;
  /** Whether it is saved as a new one. */
  copy?: boolean;
  /** Whether it is tested at once. */
  testNow?: boolean;
  onSaved: (id: string) => void;
  onCancel: () => void;
};

/** Sets up a connection and tries it step by step. */
export function ConnectionPanel({ form, connection, copy, testNow, onSaved, onCancel }: Props) {
  const { host } = useWorkbench();
  const [newId] = useState(() => `${form.kind}-${crypto.randomUUID().slice(0, 8)}`);
  const isNew = connection === null || copy === true;
  const id = isNew ? newId : connection.id;
  const [values, setValues] = useState(() => {
    if (connection === null) return form.blank;
    const written = form.write(connection);
    return copy ? { ...written, name: `Copy of ${written.name}` } : written;
  });
  const [secrets, setSecrets] = useState<Secrets>({});
  const [keep, setKeep] = useState(true);
  const [shown, setShown] = useState(false);
  const [steps, setSteps] = useState<readonly TestedStep[] | null>(null);
  const stored = useLoaded(id, (signal) => host.call('connections.secrets', { id }, { signal }));
  const testing = useAttempt();
  const saving = useAttempt();
  const stopTest = useRef<AbortController | null>(null);
  const area = useRef<HTMLFormElement>(null);
  const known = stored.value?.known ?? [];
  const keyring = stored.value?.keyring ?? false;
  const sections = form.sections(values);
  const needsSecrets = sections.some(({ fields }) => fields.some((field) => 'part' in field));
  const draft: Draft = readDraft(form, values, id, { secrets, known });
  const faults = shown ? (draft.faults ?? {}) : {};

  useEffect(() => () => stopTest.current?.abort(), []);
  const withDraft = (use: (good: Extract<Draft, { faults: null }>) => Promise<void>): void => {
    setShown(true);
    if (draft.faults === null) void use(draft);
    else
      requestAnimationFrame(() => area.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const test = () =>
    withDraft((good) =>
      testing.run(async () => {
        const controller = new AbortController();
        stopTest.current = controller;
        setSteps([]);
        const input = { connection: good.connection, secrets: good.secrets };
        const tell = (step: TestedStep) => setSteps((before) => [...(before ?? []), step]);
        setSteps(await host.call('connections.test', input, { signal: controller.signal, onProgress: tell }));
      }),
    );
  const save = (event: FormEvent) => {
    event.preventDefault();
    withDraft((good) =>
      saving.run(async () => {
        await host.call('connections.save', {
          connection: good.connection,
          secrets: good.secrets,
          keep: keyring && keep,
        });
        onSaved(good.connection.id);
      }),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the known secrets are known
  useEffect(() => {
    if (testNow && stored.status === 'ready') test();
  }, [testNow, stored.status]);

  return (
    <section
      className="pane add-source"
      data-pane="connection"
      tabIndex={-1}
      aria-label={`${form.service} connection`}
    >
      <div className="pane-head">
        <h2>{isNew ? `Connect to ${form.service}` : `Connection ${connection.name}`}</h2>
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onCancel}>
          <Icon name="close" />
        </button>
      </div>
      <form className="connection-form" ref={area} onSubmit={save} noValidate>
        <div className="connection-fields">
          {sections.map(({ title, fields }, index) => (
            <fieldset key={title}>
              <legend>{title}</legend>
              {fields.map((field) => (
                <FieldRow
                  key={field.name}
                  field={field}
                  value={('part' in field ? secrets[field.part] : values[field.name]) ?? ''}
                  fault={faults[field.name]}
                  known={'part' in field && known.includes(field.part)}
                  focus={index === 0 && field === fields[0] && !testNow}
                  onChange={(value) => {
                    if ('part' in field) setSecrets({ ...secrets, [field.part]: value });
                    else setValues({ ...values, [field.name]: value });
                    setSteps(null);
                  }}
                />
              ))}
            </fieldset>
          ))}
          {needsSecrets && stored.value !== null && (
            <div className="field connection-keeping">
              {keyring ? (
                <label className="check-field">
                  <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} />
                  Keep in the system’s keyring
                </label>
              ) : (
                <p className="muted">
                  There is no keyring here: what is secret is kept in memory until the workbench closes, and
                  asked for again next time. It is never written to a file of this computer.
                </p>
              )}
            </div>
          )}
          {saving.error !== null && (
            <FaultNotice error={saving.error} doing="Saving" onDismiss={saving.clear} />
          )}
          <div className="connection-buttons">
            <button type="submit" className="button primary" disabled={saving.busy}>
              Save and browse
            </button>
            {testing.busy ? (
              <button type="button" className="button" onClick={() => stopTest.current?.abort()}>
                Stop testing
              </button>
            ) : (
              <button type="button" className="button" onClick={test}>
                Test the connection
              </button>
            )}
          </div>
        </div>
        <ConnectionSteps steps={steps} busy={testing.busy} error={testing.error} tested={form.tested} />
      </form>
    </section>
  );
}
