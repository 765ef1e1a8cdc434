import { duckdb as quote } from '../../shared/compile/sql/quote';
import { suggestSteps } from '../../shared/suggest/suggest';
import type { Suggestion } from '../../shared/suggest/suggestion';
import { type ViewStep, viewColumns } from '../../shared/trace/view';
import type { PreviewPlan } from '../state/preview/plan';
import { planOf } from '../state/preview/view';
import type { Workbench } from '../state/workbench';

export type LookFor = {
  /** Id of the step after which a suggested one would come; null: after all. */
  readonly step: string | null;
  /** Columns to look at; all of them with null. */
  readonly only: readonly string[] | null;
  readonly signal: AbortSignal;
  /** Told before the first column and after each: how many have been looked at. */
  readonly progress: (looked: number, of: number, suggestions: readonly Suggestion[]) => void;
};

let searches = 0;

/** Seeks suggestions in the sample as it is after a step, in the background of the preview's engine. */
export async function lookFor(
  workbench: Workbench,
  { step, only, signal, progress }: LookFor,
): Promise<readonly Suggestion[]> {
  const stepOf = (plan: PreviewPlan): ViewStep => {
    const index = plan.steps.findIndex(({ id }) => id === step);
    return index < 0 ? null : index;
  };
  const columnsOf = (plan: PreviewPlan) => viewColumns(planOf(plan, stepOf(plan)), stepOf(plan));
  return workbench.preview.query(
    step,
    (plan) => columnsOf(plan).map(({ after }) => after),
    async (relation, whole, engine) => {
      const columns = columnsOf(whole);
      const names = columns.map(({ column }) => column);
      const looking = only?.filter((name) => names.includes(name)) ?? names;
      const cells = columns.map(({ after }, i) => `${quote.identifier(after)} AS c${i}`).join(', ');
      // Rows that left up to the step are not part of what a new one would see.
      const reached = `f IS NULL OR f >= ${planOf(whole, stepOf(whole)).actions.length}`;
      const all: Suggestion[] = [];
      let looked = 0;
      progress(0, looking.length, []);
      return suggestSteps({
        engine,
        answer: workbench.preview.answer,
        columns: names,
        source: `(SELECT ${cells} FROM ${relation} WHERE ${reached})`,
        prefix: `suggest_${++searches}`,
        only: looking,
        signal,
        found(_, suggestions) {
          all.push(...suggestions);
          progress(++looked, looking.length, [...all]);
        },
      });
    },
    signal,
  );
}
