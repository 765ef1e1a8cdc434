import { type FormEvent, useId, useState } from 'react';
import type { RunProgress, VerifyReport } from '../../shared/contract/calls/runs';
import type { Source } from '../../shared/document/project';
import { useNamedStep, useStepButton } from '../rules/faulty-step';
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
  { id: 'spark', title: 'Spark', help: 'as jobs on a cluster run it; takes about a minute' },
];
const everyEngine: readonly EngineId[] = engines.map((one) => one.id);
const SIZES = [1_000, 20_000, 200_000] as const;

/** Where Spark runs: on a cluster, or here where `cluster` is null. */
type Place = { readonly cluster: string | null; readonly title: string };

/** The places that have a Spark, this computer first; null while they are looked for. */
function useSparkPlaces(): readonly Place[] | null {
  const { host } = useWorkbench();
  const info = useLoaded('info', (signal) => host.call('app.info', {}, { signal }));
  const connections = useLoaded('connections', (signal) => host.call('connections.list', {}, { signal }));
  if (info.status === 'loading' || connections.status === 'loading') return null;
  const clusters = (connections.value ?? []).flatMap((one) =>
    one.kind === 'hdfs' && one.livy !== undefined ? [{ cluster: one.id, title: one.name }] : [],
  );
  const here = info.value?.spark != null;
  return [...(here ? [{ cluster: null, title: 'this computer, in local mode' }] : []), ...clusters];
}

type Props = {
  source: Source;
  /** The connection whose Spark is asked, null for this computer's, undefined for the first there is. */
  cluster: string | null | undefined;
  onCluster: (cluster: string | null) => void;
};

/** Runs the rules on several engines and compares every cell. */
export function VerifyPanel({ source, cluster: chosenPlace, onCluster: choosePlace }: Props) {
  const workbench = useWorkbench();
  const { host } = workbench;
  const places = useSparkPlaces();
  const place = places?.find((one) => one.cluster === chosenPlace) ?? places?.[0];
  const noSpark = places?.length === 0;
  const sizes: readonly (number | null)[] = source.connection === 'local' ? [...SIZES, null] : SIZES;
  const [chosen, setChosen] = useState<readonly EngineId[]>(['wasm', 'native']);
  const [rows, setRows] = useState<number | null>(20_000);
  const [progress, setProgress] = useState<RunProgress | null>(null);
  const [cancel, setCancel] = useState<AbortController | null>(null);
  const [report, setReport] = useState<VerifyReport | null>(null);
  const attempt = useAttempt();
  const error = useNamedStep()(attempt.error);
  const stepButton = useStepButton();
  const id = useId();

  const verify = (compared: readonly EngineId[] = chosen) =>
    attempt.run(async () => {
      const controller = new AbortController();
      setCancel(controller);
      setReport(null);
      try {
        const cluster = place?.cluster ?? null;
        const input = { source: source.id, engines: [...compared], rows, cluster };
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
                  <span className="muted small">{missing ? 'there is no Spark to ask yet' : help}</span>
                </span>
              </label>
            );
          })}
        </fieldset>
        {places && (places.length > 1 || place?.cluster != null) && (
          <div className="field run-format">
            <label htmlFor={`${id}s`}>Spark of</label>
            <select
              id={`${id}s`}
              className="select"
              value={place?.cluster ?? ''}
              onChange={(event) => choosePlace(event.target.value === '' ? null : event.target.value)}
            >
              {places.map(({ cluster, title }) => (
                <option key={cluster ?? ''} value={cluster ?? ''}>
                  {title}
                </option>
              ))}
            </select>
          </div>
        )}
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
            disabled={attempt.busy || place === undefined}
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
      {place?.cluster != null && (
        <p className="muted small">
          The rows are put on {place.title} for its user alone, go through the job that publishing uses, and
          are removed there afterwards.
        </p>
      )}
      {noSpark && (
        <p className="muted small">
          There is no Spark on this computer and no cluster is connected, so nothing can be verified on Spark
          yet. Connect to a cluster in Clean, or type <code className="mono">npm run setup:spark</code> in the
          program’s folder once (it needs Java 17 and fetches about 320 MB), or set{' '}
          <code className="mono">SPARK_HOME</code> before starting; then open this window anew.
        </p>
      )}
      {attempt.busy && <RunProgressView progress={progress} />}
      {error !== null && (
        <FaultNotice
          error={error}
          doing="Verifying"
          button={stepButton(error) ?? { label: 'Verify again', run: () => void verify() }}
        />
      )}
      {report && <VerifyReportView report={report} />}
    </div>
  );
}
