import { useEffect, useMemo, useState } from 'react';
import type { Step } from '../../shared/document/rule-set';
import { withOddGlyphs } from '../grid/glyphs';
import { FaultNotice } from '../shell/fault-notice';
import { useFocusNext } from '../shell/use-focus-next';
import { count, plural } from '../shell/words';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { readRecords } from './read-records';
import { decide, decidedIn, type OpenPair, openPairs, type ToReview, undecided } from './review';
import './matching.css';

type Found = ToReview & { readonly names: readonly string[]; readonly threshold: number };

/** Pairs of rows near the threshold, to decide one by one. */
export function ReviewField({ label }: { label: string }) {
  const selected = useWorkbenchState((state) => state.step);
  const step = useRuleSet()?.steps.find(({ id }) => id === selected);
  return step ? <Review label={label} step={step} /> : null;
}

function useFound(step: Step) {
  const workbench = useWorkbench();
  const version = useWorkbenchState((state) => state.preview.version);
  const [found, setFound] = useState<Found | 'nothing to compare' | null>(null);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the rules asks again
  useEffect(() => {
    const aborting = new AbortController();
    const look = async () => {
      const read = await readRecords(workbench, step, aborting.signal);
      if (aborting.signal.aborted) return;
      if (!read) return setFound('nothing to compare');
      const review = await openPairs(read, aborting.signal);
      if (aborting.signal.aborted) return;
      const { compare, threshold } = read.options;
      setFound({ ...review, names: compare.map((one) => one.name), threshold });
      setError(null);
    };
    look().catch((failure: unknown) => {
      if (!aborting.signal.aborted && !isCancelled(failure)) setError(failure);
    });
    return () => aborting.abort();
  }, [workbench, version]);
  return { found, error };
}

function Review({ label, step }: { label: string; step: Step }) {
  const workbench = useWorkbench();
  const { found, error } = useFound(step);
  const ready = found === 'nothing to compare' ? null : found;
  const pairs = useMemo(() => ready && undecided(step, ready.pairs), [step, ready]);
  const { list, decided: focusNext } = useFocusNext(pairs);
  const decided = decidedIn(step.parameters);
  const change = (part: Pick<Step, 'parameters'>) =>
    workbench.edit({ kind: 'change-step', id: step.id, change: part });
  if (error !== null) return <FaultNotice error={error} doing="Looking for pairs to review" />;
  return (
    <section className="matching-review" aria-label={label} tabIndex={-1}>
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
        {ready && pairs && pairs.length > 0 && (
          <>
            {' '}
            {plural(ready.open, 'pair')} not decided; those nearest to the threshold come first
            {ready.open > ready.pairs.length ? ', others as these are decided' : ''}.
          </>
        )}
      </p>
      {found === 'nothing to compare' && (
        <p className="muted">
          Choose what brings rows together and what is compared; then pairs come up here.
        </p>
      )}
      {found === null && (
        <p className="muted" aria-busy="true">
          Comparing rows…
        </p>
      )}
      {pairs?.length === 0 && (
        <p className="muted">No pairs to decide. Rows that share no block are never compared.</p>
      )}
      <ul className="matching-pairs" ref={list}>
        {pairs?.map((pair, at) => (
          <li
            key={`${pair.one.record.id} ${pair.other.record.id}`}
            className="matching-pair"
            aria-label={`Rows ${count(pair.one.row)} and ${count(pair.other.row)}`}
          >
            <PairTable pair={pair} names={ready?.names ?? []} />
            <div className="matching-decision">
              <span className="small">
                {count(pair.score)} points of {count(ready?.threshold ?? 0)} needed:{' '}
                {pair.score >= (ready?.threshold ?? 0) ? 'together' : 'apart'} for now
              </span>
              <span className="matching-buttons">
                {([true, false] as const).map((same) => (
                  <button
                    key={String(same)}
                    type="button"
                    className="button small"
                    data-decision={same ? 'same' : 'other'}
                    onClick={() => {
                      focusNext(at, same ? 'same' : 'other');
                      change(decide(step, pair, same));
                    }}
                  >
                    {same ? 'The same' : 'Not the same'}
                  </button>
                ))}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const signed = (points: number) =>
  points > 0 ? `+${count(points)}` : points < 0 ? `−${count(-points)}` : '0';

/** A value of a pair; what is missing looks as it does in the grid. */
function PairCell({ value }: { value: string | null }) {
  return (
    <td className={value === null ? 'mono muted' : 'mono'}>{value === null ? '—' : withOddGlyphs(value)}</td>
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
          <tr key={i} data-alike={one.cells[i] === other.cells[i]}>
            <th scope="row">{name}</th>
            <PairCell value={one.cells[i] ?? null} />
            <PairCell value={other.cells[i] ?? null} />
            <td className="number">{signed(points[i] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
