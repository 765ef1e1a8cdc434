import { readable } from '../../shared/compile/duckdb';
import { canonicalJson } from '../../shared/compile/hash';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { PinnedExample, Step } from '../../shared/document/rule-set';
import { findOperation } from '../../shared/operations/registry';
import { historyIds, historyOf, historyQuery, viewColumns } from '../../shared/trace/view';
import type { CellPlace } from '../state/model';
import type { PreviewPlan } from '../state/preview/plan';
import type { Workbench } from '../state/workbench';

/** Columns that a step reads besides the one it changes. */
function readBy(step: Step): readonly string[] {
  const operation = findOperation(step.operation);
  const parameters = operation?.parameters.safeParse(step.parameters);
  return operation && parameters?.success ? operation.reads(parameters.data) : [];
}

/** An example of what a step made of a cell, with the other cells of the row that it reads, as they were before it. */
export async function exampleOf(
  workbench: Workbench,
  step: Step,
  row: number,
  cell: Pick<PinnedExample, 'input' | 'output'>,
): Promise<PinnedExample> {
  const reads = readBy(step);
  if (reads.length === 0) return cell;
  return workbench.preview.query(
    workbench.store.getState().step,
    (plan) => before(plan, step, reads).map(({ id }) => id),
    async (relation, plan, engine, signal) => {
      const columns = before(plan, step, reads);
      const list = columns.map(({ id }, i) => `${readable(quote.identifier(id))} AS v${i}`).join(', ');
      const found = await engine.query(
        `SELECT ${list} FROM ${relation} WHERE r = ${quote.integer(row)}`,
        signal,
      );
      const values = columns.map(({ column }, i): [string, string | null] => {
        const value = found.columns[i]?.[0] ?? null;
        return [column, value === null ? null : String(value)];
      });
      return { ...cell, row: Object.fromEntries(values) };
    },
  );
}

function before(plan: Parameters<typeof viewColumns>[0], step: Step, names: readonly string[]) {
  const at = plan.steps.findIndex(({ id }) => id === step.id);
  return viewColumns(plan, at).flatMap(({ column, before: id }) =>
    id !== null && names.includes(column) ? [{ column, id }] : [],
  );
}

const refused = (message: string, advice: string) =>
  new Fault({ code: 'pin.refused', message, unaffected: 'The rules are as they were.', advice });

/** Whether what a step answers depends on a row alone, so that an example can say it. */
export function canBePinned(step: Step): boolean {
  const operation = findOperation(step.operation);
  const parameters = operation?.parameters.safeParse(step.parameters);
  if (!operation || !parameters?.success) return false;
  const scope = operation.scopeOf?.(parameters.data) ?? operation.scope;
  return (scope === 'cell' || scope === 'row') && !hides(step);
}

/** Whether a step hides values: an example of it would hold what it is there to hide. */
export const hides = (step: Step): boolean => findOperation(step.operation)?.family === 'Privacy';

type Answer = {
  /** Index of the step. */
  readonly at: number;
  /** The column's name at that step. */
  readonly column: string;
  readonly input: string | null;
  readonly output: string | null;
  /** The row had left by then. */
  readonly left: boolean;
};

/** What each step up to one (all with null) made of a cell, in order, under whatever name its column had there. */
async function answersOf(
  workbench: Workbench,
  { row, column }: CellPlace,
  step: string | null,
): Promise<Answer[]> {
  const entriesOf = (plan: PreviewPlan) => {
    const at = plan.steps.findIndex(({ id }) => id === step);
    const entries = historyOf(plan, column, at < 0 ? null : at);
    return entries.filter((one) => at < 0 || one.step === null || one.step <= at);
  };
  return workbench.preview.query(
    step,
    (plan) => historyIds(entriesOf(plan)),
    async (relation, plan, engine, signal) => {
      const entries = entriesOf(plan);
      const found = await engine.query(historyQuery(relation, entries, row), signal);
      const values = entries.map((_, i) => {
        const value = found.columns[found.names.indexOf(`h${i}`)]?.[0] ?? null;
        return value === null ? null : String(value);
      });
      const fate = found.columns[found.names.indexOf('f')]?.[0] ?? null;
      const leftAt = fate === null ? null : (plan.actions[Number(fate)]?.step ?? null);
      const steps = [...new Set(entries.flatMap((one) => (one.step === null ? [] : [one.step])))];
      return steps.flatMap((at): Answer[] => {
        const first = entries.findIndex((one) => one.step === at);
        const last = entries.findLastIndex((one) => one.step === at);
        const made = plan.actions.find((one) => one.kind === 'assign' && one.id === entries[last]?.id);
        // A column that the step makes has no cell before it.
        if (first === 0 || made?.kind !== 'assign' || made.column === null) return [];
        const left = leftAt !== null && leftAt <= at;
        return [
          { at, column: made.column, input: values[first - 1] ?? null, output: values[last] ?? null, left },
        ];
      });
    },
  );
}

/**
 * Pins a cell as it is after the selected step, or after all: on the last step up to there that changed it; where
 * none did, on the last that could have, as one that must leave it alone. Throws a Fault `pin.refused` where no step
 * touches the column or the row has left.
 */
export async function pinCell(workbench: Workbench, place: CellPlace): Promise<Step> {
  const { source, histories, step: selected } = workbench.store.getState();
  const ruleSet = source === null ? undefined : histories[source]?.ruleSet;
  const all = await answersOf(workbench, place, selected);
  const hidden = all.some(({ at }) => {
    const step = ruleSet?.steps[at];
    return step?.enabled && hides(step);
  });
  if (hidden) {
    throw refused(
      `A step hides what ${place.column} holds, and an example would keep it in the rules.`,
      'Pin the cell of another column.',
    );
  }
  const touching = all.filter(({ at, column }) => {
    const step = ruleSet?.steps[at];
    return step?.enabled && step.columns.includes(column) && canBePinned(step);
  });
  if (!ruleSet || touching.length === 0) {
    throw refused(
      `No step looks at ${place.column} cell by cell, so nothing could change this cell.`,
      'Pin it once a step does, or select a later step.',
    );
  }
  const answers = touching.filter(({ left }) => !left);
  const chosen = answers.findLast(({ input, output }) => input !== output) ?? answers.at(-1);
  const step = chosen && ruleSet.steps[chosen.at];
  if (!chosen || !step) {
    throw refused(
      'The row has left before any step that looks at this cell, so it has no answer to keep.',
      'Choose a cell of a row that stays.',
    );
  }
  const example = await exampleOf(workbench, step, place.row, { input: chosen.input, output: chosen.output });
  if (step.examples.some((one) => canonicalJson(one) === canonicalJson(example))) return step;
  const examples = [...step.examples, example];
  const fault = workbench.edit({ kind: 'change-step', id: step.id, change: { examples } });
  if (fault) throw fault;
  return step;
}
