import { type Action, type FATES, isExit, ordinalsIn, type Plan } from './plan';

/**
 * A count over all rows, named for the run report. Every engine renders the same list, so counts always add up.
 * `changed`: rows still kept at the action whose version differs from the one before. `left`: rows that left by
 * the action. `reached` and `failing`: rows still kept at a stop, and those of them that fail. `added`: rows that an
 * explode made beside those it found.
 */
export type Measure = {
  readonly name: string;
  readonly action: number;
  /** Ids of the ordinals of later explodes: only rows where all are 1 count, each once whatever it becomes later. */
  readonly once: readonly string[];
} & (
  | { readonly kind: 'changed'; readonly id: string; readonly from: string | null }
  | { readonly kind: 'left' }
  | { readonly kind: 'reached' }
  | { readonly kind: 'failing'; readonly id: string }
  | { readonly kind: 'added'; readonly id: string }
);

/** The measures of a plan, in order of its actions. */
export function measuresOf(plan: Plan): readonly Measure[] {
  return plan.actions.flatMap((action, index): Measure[] => {
    const once = ordinalsIn(plan.actions.slice(index + 1));
    const of = (kind: Measure['kind']) => ({ name: `${kind}_${index}`, action: index, once });
    if (action.kind === 'assign') {
      if (action.column === null) return [];
      return [{ kind: 'changed', ...of('changed'), id: action.id, from: action.from }];
    }
    if (isExit(action)) return [{ kind: 'left', ...of('left') }];
    if (action.kind === 'explode') return [{ kind: 'added', ...of('added'), id: action.id }];
    if (action.kind !== 'stop') return [];
    return [
      { kind: 'reached', ...of('reached') },
      { kind: 'failing', ...of('failing'), id: action.id },
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
  readonly added: number;
  /** Rows that failed a check that stops the run, and how many reached it. */
  readonly failing: number;
};

/** Counts of a whole run: read + added = kept + filtered + rejected + merged. */
export type Counts = {
  readonly read: number;
  readonly added: number;
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
      added: sum(ofStep(index, 'added').map((one) => value(one.name))),
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
  const added = sum(steps.map((step) => step.added));
  const kept = read + added - filtered - rejected - merged;
  return { read, added, kept, filtered, rejected, merged, steps, stopped };
}

const fateOf = (action: Action | undefined) =>
  action?.kind === 'leave' ? action.fate : action?.kind === 'merge' ? 'merged' : undefined;
const columnOf = (action: Action | undefined) => (action && 'column' in action ? (action.column ?? '') : '');
