import { type FormEvent, useId, useState } from 'react';
import type { RunProgress, RunReport } from '../../shared/contract/calls/runs';
import { isFault } from '../../shared/contract/errors';
import { isFiles, type OutputFormat } from '../../shared/document/dialect';
import type { Source } from '../../shared/document/project';
import { useNamedStep, useStepButton } from '../rules/faulty-step';
import { FaultNotice } from '../shell/fault-notice';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { PathField } from '../sources/path-field';
import { useWorkbench } from '../state/context';
import { outputFormatFor, suggestPaths, withEnding } from './paths';
import { RunButton } from './run-button';
import { RunProgressView } from './run-progress';
import { RunReportView } from './run-report';

/** Cleans all of a source on this computer. */
export function LocalRun({ source }: { source: Source }) {
  const workbench = useWorkbench();
  const project = workbench.store.getState().project?.path ?? '';
  const [format, setFormat] = useState(() =>
    outputFormatFor(isFiles(source.dialect) ? source.dialect.format : 'jsonl'),
  );
  const [paths, setPaths] = useState(() => suggestPaths(project, source.path, format));
  const [overwrite, setOverwrite] = useState(false);
  const [progress, setProgress] = useState<RunProgress | null>(null);
  const [cancel, setCancel] = useState<AbortController | null>(null);
  const [report, setReport] = useState<RunReport | null>(null);
  const attempt = useAttempt();
  const id = useId();

  const run = (replace: boolean) =>
    attempt.run(async () => {
      const controller = new AbortController();
      setCancel(controller);
      setReport(null);
      try {
        const work = async (signal: AbortSignal, tell: (value: RunProgress) => void) => {
          await workbench.settled();
          return workbench.host.call(
            'run.local',
            {
              source: source.id,
              output: { path: paths.output.trim(), format },
              ...(paths.rejects.trim() !== '' && { rejects: paths.rejects.trim() }),
              ...(paths.report.trim() !== '' && { report: paths.report.trim() }),
              overwrite: replace,
            },
            { signal, onProgress: tell },
          );
        };
        const made = await runTask(
          `Cleaning ${source.name}`,
          (context) =>
            work(context.signal, (value) => {
              setProgress(value);
              context.progress({ ...value, words: value.phase.replace('-', ' ') });
            }),
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
    void run(overwrite);
  };
  const set = (name: keyof typeof paths) => (path: string) =>
    setPaths((before) => ({ ...before, [name]: path }));
  const error = useNamedStep()(attempt.error);
  const stepButton = useStepButton();
  const exists = isFault(error, 'target.exists');

  return (
    <div className="publish-content">
      <header>
        <h2>Run on this computer</h2>
        <p className="muted">
          Reads all of {source.name}, applies every step that is switched on, and writes new files. The source
          is only read.
        </p>
      </header>
      <form className="run-form" onSubmit={submit}>
        <div className="field run-format">
          <label htmlFor={id}>Format</label>
          <select
            id={id}
            className="select"
            value={format}
            onChange={(event) => {
              const chosen = event.target.value as OutputFormat;
              setFormat(chosen);
              setPaths((before) => ({
                ...before,
                output: withEnding(before.output, chosen),
                rejects: before.rejects === '' ? '' : withEnding(before.rejects, chosen),
              }));
            }}
          >
            <option value="csv">CSV text</option>
            <option value="jsonl">JSON Lines</option>
            <option value="parquet">Parquet</option>
          </select>
        </div>
        <PathField label="Cleaned rows" kind="data" saving value={paths.output} onChange={set('output')} />
        <PathField
          label="Rows that left, with reasons"
          help="Filtered, rejected and merged rows as they were. Leave empty not to write them."
          kind="data"
          saving
          value={paths.rejects}
          onChange={set('rejects')}
        />
        <PathField
          label="Run report"
          help="Counts only, no values. Leave empty not to write it."
          kind="report"
          saving
          value={paths.report}
          onChange={set('report')}
        />
        <label className="check-field">
          <input
            type="checkbox"
            checked={overwrite}
            onChange={(event) => setOverwrite(event.target.checked)}
          />
          Replace files that are there already
        </label>
        <div className="run-buttons">
          <RunButton
            busy={attempt.busy}
            label="Clean all rows"
            cancelLabel="Cancel the run"
            disabled={paths.output.trim() === ''}
            onCancel={() => cancel?.abort()}
          />
        </div>
      </form>
      {attempt.busy && <RunProgressView progress={progress} />}
      {error !== null && (
        <FaultNotice
          error={error}
          doing="The run"
          button={
            exists
              ? { label: 'Replace the files', run: () => void run(true) }
              : (stepButton(error) ?? { label: 'Run again', run: () => void run(overwrite) })
          }
        />
      )}
      {report && <RunReportView report={report} />}
    </div>
  );
}
