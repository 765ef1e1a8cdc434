import { useState } from 'react';
import type { Measure } from '../../shared/matching/options';
import { Rows } from '../rules/rows';
import { ColumnSelect, choicesOf, WordsSelect } from '../rules/selects';
import { reportFault } from '../shell/faults';
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

const whole = (text: string) => {
  const number = Math.round(Number(text));
  return Number.isFinite(number) ? number : 0;
};

/** The points that each compared column gives. */
export function ComparisonsField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? (value as Comparison[]) : [];
  const free = columns.find((name) => !list.some((one) => one.column === name));
  return (
    <>
      <Rows
        list={list}
        onChange={onChange}
        rowClass="matching-comparison"
        removeLabel={({ column }) => `Do not compare ${column}`}
        begun={{ column: free ?? columns[0] ?? '' }}
        addLabel={list.length === 0 ? 'Choose a column to compare' : 'Compare another column'}
        row={(one, set) => (
          <Compared columns={columns} one={one} change={(part) => set({ ...one, ...part })} />
        )}
      />
      {list.length > 0 && <LearnButton />}
    </>
  );
}

type ComparedProps = {
  columns: readonly string[];
  one: Comparison;
  change: (part: Partial<Comparison>) => void;
};

function Compared({ columns, one, change }: ComparedProps) {
  const by = one.by ?? 'jaro-winkler';
  return (
    <>
      <ColumnSelect columns={columns} value={one.column} onChange={(column) => change({ column })} />
      <WordsSelect
        label={`How ${one.column} is compared`}
        choices={choicesOf(MEASURES)}
        value={by}
        onChange={(to) => change({ by: to })}
      />
      {by === 'jaro-winkler' && (
        <label className="matching-number">
          near from
          <input
            className="input number"
            type="number"
            min={500}
            max={1000}
            step={10}
            value={one.close ?? 900}
            onChange={(event) => change({ close: whole(event.target.value) })}
          />
          ‰
        </label>
      )}
      {POINTS.filter(([name]) => name !== 'near' || by === 'jaro-winkler').map(([name, words, start]) => (
        <label key={name} className="matching-number">
          {words}
          <input
            className="input number"
            type="number"
            value={one[name] ?? start}
            onChange={(event) => change({ [name]: whole(event.target.value) })}
          />
        </label>
      ))}
    </>
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
