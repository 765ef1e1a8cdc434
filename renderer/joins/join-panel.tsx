import { useEffect, useRef, useState } from 'react';
import type { Join, NewJoin } from '../../shared/document/join';
import { isProblem, type Problem, problemRows } from '../../shared/joins/problems';
import { useRuleSets } from '../analysis/use-rule-sets';
import { useWorkspace } from '../analysis/workspace-context';
import { useStepButton } from '../rules/faulty-step';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useAttempt } from '../shell/use-call';
import { focusAtOnce } from '../shell/use-focus';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { AllRows, useAllRows } from './all-rows';
import { DrawGroups } from './draw-groups';
import { isWhole, JoinForm } from './join-form';
import { JoinTable } from './join-table';
import { ProblemList } from './problem-list';
import { holdsWholeGroups, partWords } from './sampled';
import { useJoinCheck } from './use-join-check';
import { expectedWords, keyOf, nameOf, titleOf } from './words';

type Props = { join: Join; onClose: () => void };

/** What two sources have to do with each other along a key, and the rows for which it fails. */
export function JoinPanel({ join, onClose }: Props) {
  const workbench = useWorkbench();
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const [changed, setChanged] = useState<NewJoin | null>(null);
  const [removing, setRemoving] = useState(false);
  const attempt = useAttempt();
  const title = titleOf(join, sources);
  const save = (wanted: NewJoin) =>
    attempt.run(async () => {
      await workbench.settled();
      workbench.openProject(
        await workbench.host.call('project.changeJoin', { join: { ...wanted, id: join.id } }),
      );
      setChanged(null);
    });
  const remove = () =>
    attempt.run(async () => {
      await workbench.settled();
      workbench.openProject(await workbench.host.call('project.removeJoin', { join: join.id }));
      onClose();
    });
  const pane = useRef<HTMLElement>(null);
  const asking = changed !== null || removing;
  // A button that goes away with what it did would take the focus along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a form or a question has gone
  useEffect(() => {
    if (document.activeElement === document.body) pane.current?.focus();
  }, [asking]);
  const { id: _, ...sides } = join;
  return (
    <section ref={pane} className="pane joins" data-pane="joins" tabIndex={-1} aria-label={`Key: ${title}`}>
      <div className="pane-head">
        <h2 className="ellipsis">{title}</h2>
        <span className="joins-head-buttons">
          <button
            type="button"
            className="button"
            onClick={() => setChanged(changed === null ? sides : null)}
          >
            {changed === null ? 'Edit' : 'Leave as it is'}
          </button>
          <button type="button" className="button quiet" onClick={() => setRemoving(true)}>
            Remove…
          </button>
          <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </span>
      </div>
      <div className="joins-body">
        {removing && (
          <div className="source-ask" role="alertdialog" aria-label={`Remove the key ${title}?`}>
            <p>Remove this key from the project? Sources, rules and rows stay as they are.</p>
            <div className="source-ask-buttons">
              <button type="button" className="button" disabled={attempt.busy} onClick={() => void remove()}>
                Remove
              </button>
              <button
                type="button"
                className="button quiet"
                ref={focusAtOnce}
                onClick={() => setRemoving(false)}
              >
                Keep
              </button>
            </div>
          </div>
        )}
        {attempt.error !== null && <FaultNotice error={attempt.error} doing="Changing the key" />}
        {changed === null ? (
          <p>
            By <span className="mono">{keyOf(join)}</span>;{' '}
            {expectedWords(join, nameOf(sources, join.from.source), nameOf(sources, join.to.source))}.
          </p>
        ) : (
          <>
            <JoinForm join={changed} onChange={setChanged} />
            <div className="join-buttons">
              <button
                type="button"
                className="button primary"
                disabled={!isWhole(changed) || attempt.busy}
                onClick={() => void save(changed)}
              >
                Save the key
              </button>
            </div>
          </>
        )}
        <Checked join={join} onGone={onClose} />
      </div>
    </section>
  );
}

function Checked({ join, onGone }: { join: Join; onGone: () => void }) {
  const check = useJoinCheck(join);
  const stepButton = useStepButton();
  const workspace = useWorkspace();
  const { sources } = workspace.use();
  const ruleSets = useRuleSets();
  const [chosen, setChosen] = useState<Problem | null>(null);
  const all = useAllRows(join);
  const [from, to] = [join.from, join.to].map((side) => sources.find((one) => one.source.id === side.source));
  if (!from || !to) return null;
  const again = { label: 'Check again', run: check.again };
  if (check.status === 'failed')
    return (
      <FaultNotice error={check.error} doing="Checking the key" button={stepButton(check.error) ?? again} />
    );
  if (check.status === 'stopped')
    return (
      <p className="muted" role="status">
        You stopped the check.{' '}
        <button type="button" className="link" onClick={again.run}>
          {again.label}
        </button>
      </p>
    );
  if (check.status === 'checking')
    return (
      <p className="muted joins-checking" role="status">
        Reading and cleaning {from.source.name} and {to.source.name}, then comparing their keys…
      </p>
    );
  const { counts } = check;
  const whole = from.complete && to.complete;
  const groups = !whole && holdsWholeGroups(join, from, to, ruleSets);
  const problem = chosen ?? firstProblem(join, (one) => problemRows(counts, one) > 0);
  return (
    <>
      <p className="muted small" role="status">
        {whole
          ? 'All rows of both sources are counted, as your steps leave them.'
          : `In the sample, as your steps leave it: ${partWords(from)}; ${partWords(to)}.`}
        {!to.complete &&
          !groups &&
          ` A key that is not found may stand in a row of ${to.source.name} that was not read.`}
        {groups &&
          ' The same whole groups were drawn from both sources: what is said of their keys is exact.'}
      </p>
      {!whole && (
        <div className="join-buttons">
          <AllRows all={all} sources={[from.source, to.source]} />
          {!groups && <DrawGroups join={join} from={from} to={to} />}
        </div>
      )}
      <JoinTable
        join={join}
        from={from.source}
        to={to.source}
        counts={counts}
        all={all.checked}
        sample={whole ? 'Rows' : 'In the sample'}
        chosen={problem}
        onChoose={setChosen}
      />
      <ProblemList join={join} problem={problem} counts={counts} from={from} to={to} onGone={onGone} />
    </>
  );
}

function firstProblem(join: Join, has: (problem: Problem) => boolean): Problem {
  const order: readonly Problem[] = ['orphans', 'duplicates-to', 'missing-to', 'duplicates-from'];
  return order.find((one) => isProblem(join, one) && has(one)) ?? 'orphans';
}
