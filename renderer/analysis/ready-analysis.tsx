import { useMemo, useState } from 'react';
import type { AnyAnalysis } from '../../shared/analysis/registry';
import { canonicalJson } from '../../shared/compile/hash';
import { useStepButton } from '../rules/faulty-step';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { useWorkbenchState } from '../state/context';
import { CastingForm } from './casting-form';
import { ParameterForm, type Parameters } from './parameter-form';
import { ReadyResults } from './ready-results';
import { type Casting, columnsOf, proposeCasting, type ReadyResult, runReady, sourcesOf } from './run-ready';
import { startingParameters } from './starting-parameters';
import { useRuleSets } from './use-rule-sets';
import type { Workspace, WorkspaceSource } from './workspace';

type Done = { readonly result: ReadyResult; readonly of: string };

/** A ready analysis: what it needs, its parameters, and its results before and after cleaning. */
export function ReadyAnalysis({ analysis, workspace }: { analysis: AnyAnalysis; workspace: Workspace }) {
  const { sources, rows } = workspace.use();
  const ruleSets = useRuleSets();
  const project = useWorkbenchState((state) => state.project?.project.name ?? '');
  const [chosen, setChosen] = useState<Casting | null>(null);
  const [parameters, setParameters] = useState<Parameters>(() => startingParameters(analysis, project));
  const [done, setDone] = useState<Done | null>(null);
  const attempt = useAttempt();
  const stepButton = useStepButton();
  const joins = useWorkbenchState((state) => state.project?.project.joins);
  const proposed = useMemo(() => proposeCasting(analysis, sources, joins ?? []), [analysis, sources, joins]);
  const casting = chosen ?? proposed;
  const needed = sourcesOf(casting);
  const state = canonicalJson([casting, parameters, rows, needed.map((id) => ruleSets.get(id) ?? null)]);

  const run = () =>
    attempt.run(() =>
      runTask(analysis.title, async (context) => {
        await workspace.ensure(needed, ruleSets, context);
        context.progress({ words: 'analysing' });
        const now = workspace.use.getState().sources;
        // Columns are known only once a table has been read.
        const cast = chosen ?? proposeCasting(analysis, now, joins ?? []);
        const wanted = withColumns(analysis, parameters, cast, now);
        const input = { casting: cast, parameters: wanted, sources: now };
        const result = await runReady(await workspace.engine(), analysis, input, context.signal);
        setDone({
          result,
          of: canonicalJson([cast, parameters, rows, needed.map((id) => ruleSets.get(id) ?? null)]),
        });
      }),
    );

  return (
    <div className="ready">
      <header className="ready-head">
        <div>
          <h2>{analysis.title}</h2>
          <p className="muted">{analysis.summary}</p>
        </div>
        {/* Not disabled while it runs: the focus stays. */}
        <button
          type="button"
          className="button primary"
          aria-disabled={attempt.busy}
          onClick={() => void run()}
        >
          <Icon name="play" />
          {attempt.busy ? 'Running…' : 'Run before and after'}
        </button>
      </header>
      {attempt.error !== null && (
        <FaultNotice
          error={attempt.error}
          doing={analysis.title}
          button={stepButton(attempt.error) ?? { label: 'Run again', run: () => void run() }}
        />
      )}
      <details className="ready-settings" open={done === null}>
        <summary>Tables and parameters</summary>
        <CastingForm analysis={analysis} casting={casting} sources={sources} onChange={setChosen} />
        <ParameterForm
          fields={analysis.form}
          values={parameters}
          columns={columnsFor(casting, sources)}
          onChange={setParameters}
        />
        <p className="muted ready-documentation">{analysis.documentation}</p>
      </details>
      {done && done.of !== state && (
        <p className="ready-stale" role="status">
          <Icon name="warning" /> Rules, tables or parameters have changed since.
          <button type="button" className="link" onClick={() => void run()} disabled={attempt.busy}>
            Run again
          </button>
        </p>
      )}
      {done ? (
        <ReadyResults analysis={analysis} result={done.result} />
      ) : (
        attempt.error === null && (
          <p className="muted ready-empty">
            The analysis runs twice, on the tables as they were read and as your rules clean them, so that you
            see what cleaning changes.
          </p>
        )
      )}
    </div>
  );
}

const columnsFor = (casting: Casting, sources: readonly WorkspaceSource[]): readonly string[] => {
  const first = sources.find((one) => one.source.id === sourcesOf(casting)[0]);
  return first ? columnsOf(first) : [];
};

/** A parameter that lists columns and was left alone means all columns. */
function withColumns(
  analysis: AnyAnalysis,
  parameters: Parameters,
  casting: Casting,
  sources: readonly WorkspaceSource[],
): Parameters {
  const lists = analysis.form.filter(({ name, control }) => control === 'columns' && !(name in parameters));
  const all = Object.fromEntries(lists.map(({ name }) => [name, columnsFor(casting, sources)]));
  return { ...parameters, ...all };
}
