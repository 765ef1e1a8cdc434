import { type FormEvent, useId, useState } from 'react';
import type { RunProgress, VerifyReport } from '../../shared/contract/calls/runs';
import type { Source } from '../../shared/document/project';
import { FaultNotice } from '../shell/fault-notice';
import { runTask } from '../shell/tasks';
import { useAttempt, useLoaded } from '../shell/use-call';
import { count } from '../shell/words';
import { useWorkbench } from '../state/context';
import { RunButton } from './run-button';
import { RunProgressView } from './run-progress';
import { VerifyReportView } from './verify-report';

type EngineId = VerifyReport['engines'][number]['engine'];

const engines: readonly { id: EngineId; title: string; help: string }[] = [
  { id: 'wasm', title: 'Preview', help: 'DuckDB as this window runs it' },
  { id: 'native', title: 'Local runs', help: 'DuckDB on this computer' },
  { id: 'spark', title: 'Cluster', help: 'Spark in local mode; takes about a minute' },
];
const everyEngine: readonly EngineId[] = engines.map((one) => one.id);
const sizes: readonly (number | null)[] = [1_000, 20_000, 200_000, null];

/** Runs the rules on several engines and compares every cell. */
export function VerifyPanel({ source }: { source: Source }) {
  const workbench = useWorkbench();
  const { host } = workbench;
  const info = useLoaded('info', (signal) => host.call('app.info', {}, { signal }));
  const noSpark = info.status === 'ready' && info.value.spark === null;
  const [chosen, setChosen] = useState<readonly EngineId[]>(['wasm', 'native']);
  const [rows, setRows] = useState<number | null>(20_000);
  const [progress, setProgress] = useState<RunProgress | null>(null);
  const [cancel, setCancel] = useState<AbortController | null>(null);
  const [report, setReport] = useState<VerifyReport | null>(null);
  const attempt = useAttempt();
  const id = useId();

  const verify = (compared: readonly EngineId[] = chosen) =>
    attempt.run(async () => {
      const controller = new AbortController();
      setCancel(controller);
      setReport(null);
      try {
        const input = { source: source.id, engines: [...compared], rows };
        const made = await runTask(
          `Verifying ${source.name}`,
          async ({ signal, progress: tell }) => {
            await workbench.settled();
            return host.call('verify.run', input, {
              signal,
              onProgress: (value) => {
                setProgress(value);
                tell({ ...value, words: value.phase.replace('-', ' ') });
              },
            });
          },
          { signal: controller.signal },
        );
        setReport(made);
      } finally {
        setProgress(null);
        setCancel(null);
      }
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void verify();
  };
  const toggle = (engine: EngineId) =>
    setChosen((before) =>
      engines
        .map((one) => one.id)
        .filter((one) => (one === engine ? !before.includes(one) : before.includes(one))),
    );

  return (
    <div className="publish-content">
      <header>
        <h2>Verify engines</h2>
        <p className="muted">
          Runs the rules of {source.name} on each engine and compares outputs, rows that left and counts, cell
          by cell. Nothing is written.
        </p>
      </header>
      <form className="run-form" onSubmit={submit}>
        <fieldset className="verify-engines">
          <legend>Engines</legend>
          {engines.map(({ id: engine, title, help }) => {
            const missing = engine === 'spark' && noSpark;
            return (
              <label key={engine} className="check-field">
                <input
                  type="checkbox"
                  checked={chosen.includes(engine)}
                  disabled={missing}
                  onChange={() => toggle(engine)}
                />
                <span>
                  {title}{' '}
                  <span className="muted small">
                    {missing ? 'there is no Spark on this computer yet' : help}
                  </span>
                </span>
              </label>
            );
          })}
        </fieldset>
        <div className="field run-format">
          <label htmlFor={id}>Rows</label>
          <select
            id={id}
            className="select"
            value={rows ?? ''}
            onChange={(event) => setRows(event.target.value === '' ? null : Number(event.target.value))}
          >
            {sizes.map((size) => (
              <option key={size} value={size ?? ''}>
                {size === null ? 'all' : `first ${count(size)}`}
              </option>
            ))}
          </select>
        </div>
        <div className="run-buttons">
          <RunButton
            busy={attempt.busy}
            label="Verify"
            cancelLabel="Cancel"
            disabled={chosen.length < 2}
            onCancel={() => cancel?.abort()}
          />
          <button
            type="button"
            className="button"
            disabled={attempt.busy || info.status !== 'ready' || noSpark}
            onClick={() => {
              setChosen(everyEngine);
              void verify(everyEngine);
            }}
          >
            Verify on Spark
          </button>
          {chosen.length < 2 && <span className="muted small">Choose at least two to compare.</span>}
        </div>
      </form>
      {noSpark && (
        <p className="muted small">
          There is no Spark on this computer, so nothing can be verified on it yet. Type{' '}
          <code className="mono">npm run setup:spark</code> in the program’s folder once (it needs Java 17 and
          fetches about 320 MB), or set <code className="mono">SPARK_HOME</code> before starting; then open
          this window anew.
        </p>
      )}
      {attempt.busy && <RunProgressView progress={progress} />}
      {attempt.error !== null && (
        <FaultNotice
          error={attempt.error}
          doing="Verifying"
          button={{ label: 'Verify again', run: () => void verify() }}
        />
      )}
      {report && <VerifyReportView report={report} />}
    </div>
  );
}
