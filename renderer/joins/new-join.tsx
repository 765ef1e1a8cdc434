import { useEffect, useRef, useState } from 'react';
import type { NewJoin } from '../../shared/document/join';
import { type SuggestedJoin, suggestJoins } from '../../shared/joins/suggest';
import { useRuleSets } from '../analysis/use-rule-sets';
import { useWorkspace } from '../analysis/workspace-context';
import { useStepButton } from '../rules/faulty-step';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { plural } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { isWhole, JoinForm } from './join-form';
import { keyOf, titleOf } from './words';

type Props = { onAdded: (join: string) => void; onClose: () => void };

const begun = (sources: readonly string[]): NewJoin => ({
  from: { source: sources[1] ?? '', columns: [''] },
  to: { source: sources[0] ?? '', columns: [''] },
  cardinality: 'many-to-one',
});

/** Adds a key: one that is found in the data, or one by hand. */
export function NewJoinPanel({ onAdded, onClose }: Props) {
  const workbench = useWorkbench();
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const [join, setJoin] = useState<NewJoin>(() => begun(sources.map((one) => one.id)));
  const attempt = useAttempt();
  const add = (wanted: NewJoin) =>
    attempt.run(async () => {
      await workbench.settled();
      const state = await workbench.host.call('project.addJoin', { join: wanted });
      workbench.openProject(state);
      onAdded(state.project.joins.at(-1)?.id ?? '');
    });
  return (
    <section className="pane joins" data-pane="joins" tabIndex={-1} aria-label="Add a key">
      <div className="pane-head">
        <h2>Add a key between sources</h2>
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="joins-body">
        {sources.length < 2 && (
          <p className="muted">
            A key joins two sources, such as transactions and customers. Add a second source first.
          </p>
        )}
        {attempt.error !== null && <FaultNotice error={attempt.error} doing="Adding the key" />}
        {sources.length > 1 && <Suggestions busy={attempt.busy} onAdd={(wanted) => void add(wanted)} />}
        <h3>By hand</h3>
        <JoinForm join={join} onChange={setJoin} />
        <div className="join-buttons">
          <button
            type="button"
            className="button primary"
            disabled={!isWhole(join) || attempt.busy}
            onClick={() => void add(join)}
          >
            Add the key
          </button>
        </div>
      </div>
    </section>
  );
}

type Looked =
  | { readonly status: 'looking' | 'stopped' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'found'; readonly joins: readonly SuggestedJoin[] };

function useSuggestions(): Looked & { again: () => void } {
  const workspace = useWorkspace();
  const ruleSets = useRuleSets();
  const joins = useWorkbenchState((state) => state.project?.project.joins);
  const [looked, setLooked] = useState<Looked>({ status: 'looking' });
  const [turn, setTurn] = useState(0);
  const latest = useRef({ ruleSets, joins });
  latest.current = { ruleSets, joins };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn looks again
  useEffect(() => {
    const stop = new AbortController();
    setLooked({ status: 'looking' });
    const look = (signal: AbortSignal) =>
      runTask(
        'Looking for keys',
        async (context) => {
          const ids = workspace.use.getState().sources.map((one) => one.source.id);
          await workspace.ensure(ids, latest.current.ruleSets, context);
          context.progress({ words: 'comparing columns' });
          const tables = workspace.use.getState().sources.map((one) => ({
            ...{ source: one.source.id, name: one.source.name, role: one.source.role },
            ...{ table: one.tables.clean, columns: one.columns, complete: one.complete },
          }));
          return suggestJoins(await workspace.engine(), tables, latest.current.joins ?? [], context.signal);
        },
        { signal },
      );
    look(stop.signal).then(
      (found) => !stop.signal.aborted && setLooked({ status: 'found', joins: found }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setLooked(isCancelled(error) ? { status: 'stopped' } : { status: 'failed', error });
      },
    );
    return () => stop.abort();
  }, [workspace, turn]);
  return { ...looked, again: () => setTurn((before) => before + 1) };
}

function Suggestions({ busy, onAdd }: { busy: boolean; onAdd: (join: NewJoin) => void }) {
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const looked = useSuggestions();
  const stepButton = useStepButton();
  const again = { label: 'Look again', run: looked.again };
  return (
    <section aria-label="Found in the data" aria-busy={looked.status === 'looking'} className="joins-found">
      <h3>Found in the data</h3>
      {looked.status === 'looking' && (
        <p className="muted" role="status">
          Comparing the columns of {plural(sources.length, 'source')}…
        </p>
      )}
      {looked.status === 'stopped' && (
        <p className="muted" role="status">
          You stopped it.{' '}
          <button type="button" className="link" onClick={again.run}>
            {again.label}
          </button>
        </p>
      )}
      {looked.status === 'failed' && (
        <FaultNotice
          error={looked.error}
          doing="Looking for keys"
          button={stepButton(looked.error) ?? again}
        />
      )}
      {looked.status === 'found' && looked.joins.length === 0 && (
        <p className="muted" role="status">
          No further key shows: in no other column are the values of one source found among those of another.
        </p>
      )}
      {looked.status === 'found' && looked.joins.length > 0 && (
        <ul>
          {looked.joins.map(({ join, evidence }) => (
            <li key={JSON.stringify(join)} className="joins-suggestion">
              <div className="joins-suggestion-words">
                <p>
                  {titleOf(join, sources)} by <span className="mono">{keyOf(join)}</span>
                </p>
                <p className="muted small">{evidence}</p>
              </div>
              <button
                type="button"
                className="button"
                disabled={busy}
                aria-label={`Add ${titleOf(join, sources)} by ${keyOf(join)}`}
                onClick={() => onAdd(join)}
              >
                Add
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
