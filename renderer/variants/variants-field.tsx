import { useEffect, useMemo, useState } from 'react';
import type { Step } from '../../shared/document/rule-set';
import { proposeClusters, type ValueCount } from '../../shared/variants/cluster';
import { FaultNotice } from '../shell/fault-notice';
import { useFocusNext } from '../shell/use-focus-next';
import { count, plural } from '../shell/words';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { approve, keepApart, openProposals, rename, settingsOf, withdraw } from './approval';
import { ApprovedList } from './approved-list';
import { ProposalItem } from './proposal-item';
import { MOST_VALUES, readValues } from './read-values';
import './variants.css';

/** Clusters shown at first, and more each time they are asked for. */
const SHOWN = 24;

/** Values with their variants: those approved, and clusters of the column's values to approve one by one. */
export function VariantsField({ label }: { label: string }) {
  const selected = useWorkbenchState((state) => state.step);
  const step = useRuleSet()?.steps.find(({ id }) => id === selected);
  return step ? <Variants label={label} step={step} /> : null;
}

function useValues(step: Step, column: string | undefined) {
  const workbench = useWorkbench();
  const version = useWorkbenchState((state) => state.preview.version);
  const [found, setFound] = useState<{ readonly of: string; readonly values: readonly ValueCount[] } | null>(
    null,
  );
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    if (column === undefined) return;
    const aborting = new AbortController();
    readValues(workbench, { step: step.id, column }, aborting.signal).then(
      (values) => {
        if (aborting.signal.aborted) return;
        setFound({ of: column, values });
        setError(null);
      },
      (failure: unknown) => {
        if (!aborting.signal.aborted && !isCancelled(failure)) setError(failure);
      },
    );
    return () => aborting.abort();
  }, [workbench, step.id, column, version]);
  return { values: found?.of === column ? found?.values : undefined, error };
}

function Variants({ label, step }: { label: string; step: Step }) {
  const workbench = useWorkbench();
  const [column] = step.columns;
  const { values, error } = useValues(step, column);
  const settings = settingsOf(step.parameters);
  const { key, size } = settings;
  const clusters = useMemo(() => values && proposeClusters(values, key, size), [values, key, size]);
  const open = useMemo(
    () => clusters && openProposals(clusters, settingsOf(step.parameters)),
    [clusters, step.parameters],
  );
  const [most, setMost] = useState(SHOWN);
  const { list, decided: focusNext } = useFocusNext(open);
  const change = (part: Partial<Pick<Step, 'parameters' | 'examples'>>) =>
    workbench.edit({ kind: 'change-step', id: step.id, change: part });

  return (
    <section className="variants" aria-label={label} tabIndex={-1}>
      <ApprovedList
        approved={settings.canonical}
        onRename={(at, value) => change(rename(step, at, value))}
        onRemove={(at) => change(withdraw(step, at))}
        onAdd={() =>
          change({
            parameters: {
              ...step.parameters,
              canonical: [...settings.canonical, { value: '', members: [] }],
            },
          })
        }
      />
      <h3 className="variants-title">
        Found in {column === undefined ? 'the column' : `“${column}”`}
        {open && <span className="muted"> {plural(open.length, 'cluster')}</span>}
      </h3>
      {column === undefined && (
        <p className="muted">Choose a column to see which of its values may be variants.</p>
      )}
      {error !== null && <FaultNotice error={error} doing="Looking for variants" />}
      {column !== undefined && error === null && open === undefined && (
        <p className="muted" aria-busy="true">
          Reading values…
        </p>
      )}
      {open?.length === 0 && (
        <p className="muted">
          No values here look alike any more. A laxer choice under “Variants have” may find others.
        </p>
      )}
      <ul className="variants-list variants-clusters" ref={list}>
        {open?.slice(0, most).map((proposal, at) => (
          <ProposalItem
            key={proposal.members.map((one) => one.value).join('\n')}
            proposal={proposal}
            onApprove={(decision) => {
              focusNext(at, 'approve');
              change(approve(step, proposal, decision));
            }}
            onKeepApart={() => {
              focusNext(at, 'apart');
              change(keepApart(step, proposal));
            }}
          />
        ))}
      </ul>
      {open && open.length > most && (
        <p className="muted small">
          The {count(most)} clusters with the most rows are shown; others follow as these are decided.{' '}
          <button type="button" className="link" onClick={() => setMost(most + SHOWN)}>
            Show more
          </button>
        </p>
      )}
      {values?.length === MOST_VALUES && (
        <p className="muted small">Only the {count(MOST_VALUES)} most frequent values were looked at.</p>
      )}
    </section>
  );
}
