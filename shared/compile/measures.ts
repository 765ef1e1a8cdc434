import { type Action, type FATES, isExit, type Plan } from './plan';

/**
 * A count over all rows, named for the run report. Every engine renders the same list, so counts always add up.
 * `changed`: rows still kept at the action whose version differs from the one before. `left`: rows that left by
 * the action. `reached` and `failing`: rows still kept at a stop, and those of them that fail.
 */
export type Measure =
  | {
      readonly kind: 'changed';
      readonly name: string;
      readonly action: number;
      readonly id: string;
      readonly from: string | null;
    }
  | { readonly kind: 'left'; readonly name: string; readonly action: number }
  | { readonly kind: 'reached'; readonly name: string; readonly action: number }
  | { readonly kind: 'failing'; readonly name: string; readonly action: number; readonly id: string };

/** The measures of a plan, in order of its actions. */
export function measuresOf(plan: Plan): readonly Measure[] {
  return plan.actions.flatMap((action, index): Measure[] => {
    if (action.kind === 'assign') {
      if (action.column === null) return [];
      return [{ kind: 'changed', name: `changed_${index}`, action: index, id: action.id, from: action.from }];
    }
    if (isExit(action)) return [{ kind: 'left', name: `left_${index}`, action: index }];
    if (action.kind !== 'stop') return [];
    return [
      { kind: 'reached', name: `reached_${index}`, action: index },
      { kind: 'failing', name: `failing_${index}`, action: index, id: action.id },
    ];
  });
}

/** What one step did, over all rows. */
export type StepCounts = {
  readonly step: string;
  readonly operation: string;
  readonly sentence: string;
  readonly changedCells: number;
  readonly changedByColumn: Readonly<Record<string, number>>;
  readonly filtered: number;
  readonly rejected: number;
  readonly merged: number;
  /** Rows that failed a check that stops the run, and how many reached it. */
  readonly failing: number;
};

/** Counts of a whole run: read = kept + filtered + rejected + merged. */
export type Counts = {
  readonly read: number;
  readonly kept: number;
  readonly filtered: number;
  readonly rejected: number;
  readonly merged: number;
  readonly steps: readonly StepCounts[];
  /** Columns whose checks failed in more rows than the step allows: the run must write nothing. */
  readonly stopped: readonly {
    readonly step: string;
    readonly column: string | null;
    readonly failing: number;
    readonly reached: number;
  }[];
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * Reads the measures' values into counts. `unreadable` rows were rejected before the first step.
 * @param values by measure name, and `read` for the rows the plan saw
 */
export function countsFrom(plan: Plan, values: Readonly<Record<string, number>>, unreadable = 0): Counts {
  const measures = measuresOf(plan);
  const value = (name: string): number => {
    const found = values[name];
    if (found === undefined || !Number.isSafeInteger(found))
      throw new RangeError(`The count ${name} is missing.`);
    return found;
  };
  const ofStep = (step: number, kind: Measure['kind']) =>
    measures.filter((one) => one.kind === kind && plan.actions[one.action]?.step === step);
  const left = (step: number, fate: (typeof FATES)[number]) =>
    sum(
      ofStep(step, 'left')
        .filter((one) => fateOf(plan.actions[one.action]) === fate)
        .map((one) => value(one.name)),
    );
  const steps = plan.steps.map((step, index): StepCounts => {
    const changed = ofStep(index, 'changed').map(
      (one) => [columnOf(plan.actions[one.action]), value(one.name)] as const,
    );
    return {
      step: step.id,
      operation: step.operation,
      sentence: step.sentence,
      changedCells: sum(changed.map(([, count]) => count)),
      changedByColumn: Object.fromEntries(changed),
      filtered: left(index, 'filtered'),
      rejected: left(index, 'rejected'),
      merged: left(index, 'merged'),
      failing: sum(ofStep(index, 'failing').map((one) => value(one.name))),
    };
  });
  const total = (fate: (typeof FATES)[number]) => sum(steps.map((step) => step[fate]));
  const read = value('read') + unreadable;
  const [filtered, rejected, merged] = [total('filtered'), total('rejected') + unreadable, total('merged')];
  const stopped = measures.flatMap((one) => {
    const action = plan.actions[one.action];
    if (one.kind !== 'failing' || action?.kind !== 'stop') return [];
    const [failing, reached] = [value(one.name), value(`reached_${one.action}`)];
    const step = plan.steps[action.step]?.id ?? '';
    return failing > action.most * reached ? [{ step, column: action.column, failing, reached }] : [];
  });
  return { read, kept: read - filtered - rejected - merged, filtered, rejected, merged, steps, stopped };
}

const fateOf = (action: Action | undefined) =>
  action?.kind === 'leave' ? action.fate : action?.kind === 'merge' ? 'merged' : undefined;
const columnOf = (action: Action | undefined) => (action && 'column' in action ? (action.column ?? '') : '');
