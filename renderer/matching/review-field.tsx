import { useEffect, useState } from 'react';
import type { Step } from '../../shared/document/rule-set';
import { withOddGlyphs } from '../grid/glyphs';
import { FaultNotice } from '../shell/fault-notice';
import { count, plural } from '../shell/words';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { readRecords } from './read-records';
import { decide, decidedIn, type OpenPair, openPairs } from './review';
import './matching.css';

type Found = {
  readonly pairs: readonly OpenPair[];
  readonly names: readonly string[];
  readonly threshold: number;
};

/** Pairs of rows near the threshold, to decide one by one. */
export function ReviewField({ label }: { label: string }) {
  const selected = useWorkbenchState((state) => state.step);
  const step = useRuleSet()?.steps.find(({ id }) => id === selected);
  return step ? <Review label={label} step={step} /> : null;
}

function Review({ label, step }: { label: string; step: Step }) {
  const workbench = useWorkbench();
  const version = useWorkbenchState((state) => state.preview.version);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the rules asks again
  useEffect(() => {
    const aborting = new AbortController();
    const look = async () => {
      const read = await readRecords(workbench, step, aborting.signal);
      if (!read) return;
      const pairs = await openPairs(read, aborting.signal);
      if (aborting.signal.aborted) return;
      const { compare, threshold } = read.options;
      setFound({ pairs, names: compare.map((one) => one.name), threshold });
      setError(null);
    };
    look().catch((failure: unknown) => {
      if (!aborting.signal.aborted && !isCancelled(failure)) setError(failure);
    });
    return () => aborting.abort();
  }, [workbench, version]);
  const decided = decidedIn(step.parameters);
  const change = (part: Pick<Step, 'parameters'>) =>
    workbench.edit({ kind: 'change-step', id: step.id, change: part });
  if (error !== null) return <FaultNotice error={error} doing="Looking for pairs to review" />;
  return (
    <section className="matching-review" aria-label={label}>
      <p className="muted small">
        {plural(decided.length, 'pair')} decided.{' '}
        {decided.length > 0 && (
          <button
            type="button"
            className="link small"
            onClick={() => change({ parameters: { ...step.parameters, decided: decided.slice(0, -1) } })}
          >
            Take the last decision back
          </button>
        )}
      </p>
      {found === null && (
        <p className="muted" aria-busy="true">
          Comparing rows…
        </p>
      )}
      {found?.pairs.length === 0 && (
        <p className="muted">No pairs to decide. Rows that share no block are never compared.</p>
      )}
      <ul className="matching-pairs">
        {found?.pairs.map((pair) => (
          <li key={`${pair.one.record.id} ${pair.other.record.id}`} className="matching-pair">
            <PairTable pair={pair} names={found.names} />
            <div className="matching-decision">
              <span className="small">
                {count(pair.score)} points, {pair.score >= found.threshold ? 'together' : 'apart'} for now
              </span>
              <button type="button" className="button small" onClick={() => change(decide(step, pair, true))}>
                The same
              </button>
              <button
                type="button"
                className="button small"
                onClick={() => change(decide(step, pair, false))}
              >
                Not the same
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PairTable({ pair: { one, other, points }, names }: { pair: OpenPair; names: readonly string[] }) {
  const { preview } = useWorkbench();
  return (
    <table className="plain-table matching-table">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Row {preview.label(one.row)}</th>
          <th scope="col">Row {preview.label(other.row)}</th>
          <th scope="col" className="number">
            Points
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((name, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column may be compared twice
          <tr key={i}>
            <th scope="row">{name}</th>
            <td className="mono">{withOddGlyphs(one.cells[i] ?? '')}</td>
            <td className="mono">{withOddGlyphs(other.cells[i] ?? '')}</td>
            <td className="number">{count(points[i] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
