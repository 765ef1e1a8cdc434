import { fateExpression, measureCondition } from '../../../shared/compile/duckdb';
import {
  type Counts,
  countsFrom,
  type Measure,
  measuresOf,
  type StepCounts,
} from '../../../shared/compile/measures';
import { isExit, ordinalsIn, type Plan } from '../../../shared/compile/plan';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import { type ColumnKeys, keyIn } from './keys';

/** The plan up to and with a step. */
export const planUntil = (plan: Plan, step: number): Plan => ({
  ...plan,
  steps: plan.steps.slice(0, step + 1),
  actions: plan.actions.filter((action) => action.step <= step),
});

/** Ids of the marks of a plan's exits. */
export const exitMarks = (plan: Plan): readonly string[] => plan.actions.filter(isExit).map(({ id }) => id);

/** A relation with the fate `f` beside what it holds, from the marks of all exits of a plan. */
export const withFate = (plan: Plan, relation: string): string =>
  `(SELECT *, ${fateExpression(plan)} AS f FROM ${relation})`;

/** Counts that are known, by what they count. Counts of the same cells are never counted twice. */
export type Counting = {
  /** Measures of a step that are not counted yet. */
  missing(plan: Plan, keys: ColumnKeys, step: number): readonly Measure[];
  /** Columns that counting them reads. */
  needs(plan: Plan, measures: readonly Measure[]): readonly string[];
  /** One row with a count for each measure, by its name. */
  query(plan: Plan, measures: readonly Measure[], relation: string): string;
  put(plan: Plan, keys: ColumnKeys, values: ReadonlyMap<string, number>): void;
  /** A step's counts, or null while some are missing. */
  step(plan: Plan, keys: ColumnKeys, step: number): StepCounts | null;
  /** Counts of the whole plan, or null while some are missing. */
  all(plan: Plan, keys: ColumnKeys, unreadable: number): Counts | null;
};

function idsOf(measure: Measure): readonly string[] {
  if (measure.kind === 'changed') return measure.from === null ? [measure.id] : [measure.id, measure.from];
  return measure.kind === 'failing' || measure.kind === 'added' ? [measure.id] : [];
}

/** What a measure counts, by content: its own columns and the marks that decide which rows it sees. */
function contentOf(plan: Plan, keys: ColumnKeys, measure: Measure): string {
  const until = plan.actions.slice(0, measure.action + (measure.kind === 'left' ? 1 : 0));
  const marks = until.filter(isExit).map(({ id }) => keyIn(keys, id));
  const own = idsOf(measure).map((id) => keyIn(keys, id));
  // Which rows there are; what they become later changes no count.
  const rows = ordinalsIn(until).map((id) => keyIn(keys, id));
  return `${measure.kind} ${own.join(',')} ${marks.join(',')} ${rows.join(',')}`;
}

/** Counting over a sample of so many rows. */
export function createCounting(rows: number): Counting {
  const known = new Map<string, number>();
  const values = (plan: Plan, keys: ColumnKeys): Record<string, number> | null => {
    const found: Record<string, number> = { read: rows };
    for (const measure of measuresOf(plan)) {
      const value = known.get(contentOf(plan, keys, measure));
      if (value === undefined) return null;
      found[measure.name] = value;
    }
    return found;
  };
  return {
    missing: (plan, keys, step) =>
      // Rows that later steps split are not split yet where this step is counted.
      measuresOf(planUntil(plan, step)).filter(
        (one) => plan.actions[one.action]?.step === step && !known.has(contentOf(plan, keys, one)),
      ),
    needs: (plan, measures) => [
      ...new Set([
        ...measures.flatMap((one) => [...idsOf(one), ...one.once]),
        ...plan.actions.flatMap((action, i) =>
          isExit(action) && measures.some((one) => one.action >= i) ? [action.id] : [],
        ),
      ]),
    ],
    query(plan, measures, relation) {
      const last = Math.max(-1, ...measures.map((one) => one.action));
      const until = { ...plan, actions: plan.actions.slice(0, last + 1) };
      const counts = measures.map(
        (one) =>
          `CAST(count(*) FILTER (WHERE ${measureCondition(one)}) AS DOUBLE) AS ${quote.identifier(one.name)}`,
      );
      return `SELECT ${counts.join(', ')} FROM ${withFate(until, relation)}`;
    },
    put(plan, keys, counted) {
      for (const measure of measuresOf(plan)) {
        const value = counted.get(measure.name);
        if (value !== undefined) known.set(contentOf(plan, keys, measure), value);
      }
    },
    step(plan, keys, step) {
      const until = planUntil(plan, step);
      const found = values(until, keys);
      return found && (countsFrom(until, found).steps[step] ?? null);
    },
    all(plan, keys, unreadable) {
      const found = values(plan, keys);
      return found && countsFrom(plan, found, unreadable);
    },
  };
}
