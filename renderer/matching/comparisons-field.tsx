import { useState } from 'react';
import type { Measure } from '../../shared/matching/options';
import { reportFault } from '../shell/faults';
import { Icon } from '../shell/icons';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { learnFromSample } from './learn-from-sample';
import './matching.css';

type Comparison = {
  readonly column: string;
  readonly by?: Measure;
  readonly close?: number;
  readonly agree?: number;
  readonly near?: number;
  readonly differ?: number;
};
type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

const MEASURES: Record<Measure, string> = {
  'jaro-winkler': 'spelt alike',
  normalized: 'but for case, marks, punctuation',
  exact: 'exactly',
};
const POINTS = [
  ['agree', 'agree', 100],
  ['near', 'near', 60],
  ['differ', 'differ', -60],
] as const;

/** The points that each compared column gives. */
export function ComparisonsField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? (value as Comparison[]) : [];
  const change = (at: number, part: Partial<Comparison>) =>
    onChange(list.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const whole = (text: string) => {
    const number = Math.round(Number(text));
    return Number.isFinite(number) ? number : 0;
  };
  const free = columns.filter((name) => !list.some((one) => one.column === name));
  return (
    <div className="conditions">
      {list.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column may be compared twice
        <div key={at} className="condition matching-comparison">
          <select
            className="select"
            aria-label="Column"
            value={one.column}
            onChange={(event) => change(at, { column: event.target.value })}
          >
            {[...new Set([...columns, one.column])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <select
            className="select"
            aria-label={`How ${one.column} is compared`}
            value={one.by ?? 'jaro-winkler'}
            onChange={(event) => change(at, { by: event.target.value as Measure })}
          >
            {Object.entries(MEASURES).map(([by, words]) => (
              <option key={by} value={by}>
                {words}
              </option>
            ))}
          </select>
          {(one.by ?? 'jaro-winkler') === 'jaro-winkler' && (
            <label className="matching-number">
              near from
              <input
                className="input number"
                type="number"
                min={500}
                max={1000}
                step={10}
                value={one.close ?? 900}
                onChange={(event) => change(at, { close: whole(event.target.value) })}
              />
              ‰
            </label>
          )}
          {POINTS.filter(([name]) => name !== 'near' || (one.by ?? 'jaro-winkler') === 'jaro-winkler').map(
            ([name, words, start]) => (
              <label key={name} className="matching-number">
                {words}
                <input
                  className="input number"
                  type="number"
                  value={one[name] ?? start}
                  onChange={(event) => change(at, { [name]: whole(event.target.value) })}
                />
              </label>
            ),
          )}
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Do not compare ${one.column}`}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="link small"
        onClick={() => onChange([...list, { column: free[0] ?? columns[0] ?? '' }])}
      >
        {list.length === 0 ? 'Choose a column to compare' : 'Compare another column'}
      </button>
      {list.length > 0 && <LearnButton />}
    </div>
  );
}

/** Learns the points from the sample, and puts them into the step. */
function LearnButton() {
  const workbench = useWorkbench();
  const selected = useWorkbenchState((state) => state.step);
  const step = useRuleSet()?.steps.find(({ id }) => id === selected);
  const [state, setState] = useState<'idle' | 'learning' | 'too few'>('idle');
  if (!step) return null;
  const learn = () => {
    setState('learning');
    learnFromSample(workbench, step).then(
      (parameters) => {
        setState(parameters ? 'idle' : 'too few');
        if (parameters) workbench.edit({ kind: 'change-step', id: step.id, change: { parameters } });
      },
      (error: unknown) => {
        setState('idle');
        if (!isCancelled(error)) reportFault(error, 'Learning points');
      },
    );
  };
  return (
    <p className="small" aria-live="polite">
      <button type="button" className="link small" disabled={state === 'learning'} onClick={learn}>
        Learn the points from the sample
      </button>{' '}
      <span className="muted">
        {state === 'learning' && 'Learning…'}
        {state === 'too few' && 'Too few rows come together to learn from; bring more together.'}
      </span>
    </p>
  );
}
