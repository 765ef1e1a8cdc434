import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { mapColumnsEdit, stepsToSkip } from '../../shared/columns/map-columns';
import { type Fits, type Proposal, proposals, proposeMapping } from '../../shared/columns/mapping';
import type { MissingColumn } from '../../shared/columns/missing';
import type { RuleSet } from '../../shared/document/rule-set';
import { useRules } from '../rules/rules-context';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { percent } from '../shell/words';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { sentenceOf } from '../state/preview/plan';
import { fitsByContent } from './content';
import { useMissing } from './use-missing';
import './map-columns.css';

const unknown: Fits = () => null;

/** Offers columns of the data in place of those that the steps need and that are not there. */
export function MapColumnsPanel() {
  const rules = useRules();
  const missing = useMissing();
  const ruleSet = useRuleSet();
  const columns = useWorkbenchState(({ sample }) =>
    sample.status === 'ready' ? sample.sample.columns : null,
  );
  return (
    <>
      <div className="pane-head form-head">
        <h2 className="ellipsis">Columns not in the data</h2>
        <button
          type="button"
          className="button quiet icon-only"
          aria-label="Close"
          onClick={() => rules.mapColumns(false)}
        >
          <Icon name="close" />
        </button>
      </div>
      {missing.length === 0 || !ruleSet || !columns ? (
        <p className="clean-hint muted">Every column that the steps need is there.</p>
      ) : (
        <Form key={JSON.stringify(missing)} ruleSet={ruleSet} columns={columns} missing={missing} />
      )}
    </>
  );
}

type FormProps = { ruleSet: RuleSet; columns: readonly string[]; missing: readonly MissingColumn[] };

function Form({ ruleSet, columns, missing }: FormProps) {
  const workbench = useWorkbench();
  const rules = useRules();
  const fits = useFits(ruleSet, missing);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [fault, setFault] = useState<unknown>(null);
  const question = useMemo(
    () => ({
      missing,
      columns,
      before: ruleSet.columns.map(({ name }) => name),
      used: new Set(ruleSet.steps.flatMap((step) => step.columns)),
      fits: fits ?? unknown,
    }),
    [missing, columns, ruleSet, fits],
  );
  const offers = useMemo(() => proposals(question), [question]);
  const proposed = useMemo(() => proposeMapping(question), [question]);
  // '' stands for skipping; what the steward chose stays whatever is found out later.
  const mapping = Object.fromEntries(
    missing.flatMap(({ column }) => {
      const to = chosen[column] ?? proposed[column] ?? '';
      return to === '' ? [] : [[column, to]];
    }),
  );
  const without = missing.map(({ column }) => column).filter((column) => !(column in mapping));
  const skip = stepsToSkip(ruleSet, columns, { mapping, without });
  const lighter = missing
    .filter(({ column }) => without.includes(column))
    .flatMap(({ steps }) => steps)
    .filter((id, i, all) => !skip.includes(id) && all.indexOf(id) === i);
  const place = (id: string) => ruleSet.steps.findIndex((step) => step.id === id);

  const apply = (event: FormEvent) => {
    event.preventDefault();
    try {
      const failed = workbench.edit(mapColumnsEdit(ruleSet, columns, { mapping, without, skip }));
      if (failed) return setFault(failed);
      rules.mapColumns(false);
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <form className="map-columns" onSubmit={apply}>
      <p className="muted">
        Choose what stands for each, or go on without it: steps that have no other column are switched off.
        All of it is one change; undo takes it back.
      </p>
      <ul className="map-columns-list">
        {missing.map((one) => (
          <li key={one.column}>
            <MissingItem
              missing={one}
              steps={one.steps.map((id) => ({ place: place(id) + 1, sentence: sentenceAt(ruleSet, id) }))}
              columns={columns}
              offers={offers.get(one.column) ?? []}
              share={fits && mapping[one.column] !== undefined ? fits(one, mapping[one.column] ?? '') : null}
              value={mapping[one.column] ?? ''}
              onChange={(to) => setChosen((before) => ({ ...before, [one.column]: to }))}
            />
          </li>
        ))}
      </ul>
      {fits === null && (
        <p className="muted small" role="status">
          Comparing what the columns hold…
        </p>
      )}
      {fault !== null && (
        <FaultNotice error={fault} doing="Mapping the columns" onDismiss={() => setFault(null)} />
      )}
      <div className="map-columns-buttons">
        <button type="submit" className="button primary">
          Apply
        </button>
        <button type="button" className="button quiet" onClick={() => rules.mapColumns(false)}>
          Cancel
        </button>
        <span className="muted small" role="status">
          {outcomeWords(skip.map(place), lighter.map(place))}
        </span>
      </div>
    </form>
  );
}

/** What becomes of the steps (places from 0). */
function outcomeWords(off: readonly number[], lighter: readonly number[]): string {
  const steps = (places: readonly number[]) =>
    `${places.length === 1 ? 'step' : 'steps'} ${places
      .map((one) => one + 1)
      .sort((a, b) => a - b)
      .join(', ')}`;
  const told = [
    lighter.length > 0 && `${steps(lighter)} ${lighter.length === 1 ? 'goes' : 'go'} on without it`,
    off.length > 0 && `${steps(off)} will be switched off`,
  ].filter((one) => one !== false);
  const words = told.length === 0 ? 'no step is skipped' : told.join('; ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const sentenceAt = (ruleSet: RuleSet, id: string): string => {
  const step = ruleSet.steps.find((one) => one.id === id);
  return step ? sentenceOf(step) : id;
};

/** How well columns fit by content; null while that is being found out. */
function useFits(ruleSet: RuleSet, missing: readonly MissingColumn[]): Fits | null {
  const workbench = useWorkbench();
  const [fits, setFits] = useState<Fits | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for these missing columns
  useEffect(() => {
    const aborting = new AbortController();
    fitsByContent(workbench, ruleSet, missing, aborting.signal).then(
      (found) => {
        if (!aborting.signal.aborted) setFits(() => found);
      },
      (error: unknown) => {
        // Names still tell something; what fails here fails in the preview too, which says so.
        if (!aborting.signal.aborted && !isCancelled(error)) setFits(() => unknown);
      },
    );
    return () => aborting.abort();
  }, [workbench]);
  return fits;
}

type ItemProps = {
  missing: MissingColumn;
  steps: readonly { place: number; sentence: string }[];
  columns: readonly string[];
  offers: readonly Proposal[];
  share: number | null;
  value: string;
  onChange: (column: string) => void;
};

function MissingItem({ missing, steps, columns, offers, share, value, onChange }: ItemProps) {
  const id = `map-${missing.column}`;
  const reason = offers.find(({ column }) => column === value)?.reason;
  const likely = offers.map(({ column }) => column);
  return (
    <>
      <label htmlFor={id} className="map-columns-name">
        <strong className="ellipsis">{missing.column}</strong>
        <span className="muted small ellipsis" title={steps.map(({ sentence }) => sentence).join('\n')}>
          {steps.length === 1
            ? `step ${steps[0]?.place}: ${steps[0]?.sentence}`
            : `steps ${steps.map((one) => one.place).join(', ')}`}
        </span>
      </label>
      <span aria-hidden="true">→</span>
      <span className="map-columns-choice">
        <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
          {likely.length > 0 && (
            <optgroup label="Likely">
              {likely.map((column) => (
                <option key={column}>{column}</option>
              ))}
            </optgroup>
          )}
          <optgroup label={likely.length > 0 ? 'Other columns' : 'Columns'}>
            {columns
              .filter((column) => !likely.includes(column))
              .map((column) => (
                <option key={column}>{column}</option>
              ))}
          </optgroup>
          <option value="">Go on without it</option>
        </select>
        <span className="muted small">{whyWords(value, reason, share)}</span>
      </span>
    </>
  );
}

const REASONS: Record<Proposal['reason'], string> = {
  name: 'the same name but for letter case and punctuation',
  'similar-name': 'a similar name',
  content: 'by what it holds',
  place: 'it stands where the other one stood',
};

function whyWords(value: string, reason: Proposal['reason'] | undefined, share: number | null): string {
  if (value === '') return '';
  const fit = share === null ? null : `the step accepts ${percent(share)} of its cells`;
  return [reason && REASONS[reason], fit].filter(Boolean).join('; ');
}
