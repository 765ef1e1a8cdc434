import { readable } from '../../shared/compile/duckdb';
import { canonicalJson } from '../../shared/compile/hash';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { PinnedExample, Step } from '../../shared/document/rule-set';
import { findOperation } from '../../shared/operations/registry';
import { viewColumns } from '../../shared/trace/view';
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
  return scope === 'cell' || scope === 'row';
}

/** A cell before and after each of these steps (indexes), and whether its row had left by then. */
async function answersOf(workbench: Workbench, { row, column }: CellPlace, steps: readonly number[]) {
  const versionsOf = (plan: PreviewPlan) =>
    steps.map((at) => viewColumns(plan, at).find((one) => one.column === column));
  return workbench.preview.query(
    (plan) =>
      versionsOf(plan).flatMap((one) =>
        one ? [one.after, ...(one.before === null ? [] : [one.before])] : [],
      ),
    async (relation, plan, engine, signal) => {
      const versions = versionsOf(plan);
      const cells = versions.flatMap((one, i) => [
        `${one?.before ? readable(quote.identifier(one.before)) : 'NULL'} AS b${i}`,
        `${one ? readable(quote.identifier(one.after)) : 'NULL'} AS a${i}`,
      ]);
      const found = await engine.query(
        `SELECT f, ${cells.join(', ')} FROM ${relation} WHERE r = ${quote.integer(row)}`,
        signal,
      );
      const cell = (i: number) => {
        const value = found.columns[i]?.[0] ?? null;
        return value === null ? null : String(value);
      };
      const fate = found.columns[0]?.[0] ?? null;
      const leftAt = fate === null ? null : (plan.actions[Number(fate)]?.step ?? null);
      return steps.map((at, i) => ({
        at,
        input: cell(1 + 2 * i),
        output: cell(2 + 2 * i),
        left: leftAt !== null && leftAt <= at,
      }));
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
  const until = ruleSet?.steps.findIndex(({ id }) => id === selected) ?? -1;
  const steps = (ruleSet?.steps ?? []).flatMap((step, at) =>
    step.enabled && step.columns.includes(place.column) && canBePinned(step) && (until < 0 || at <= until)
      ? [at]
      : [],
  );
  if (!ruleSet || steps.length === 0) {
    throw refused(
      `No step looks at ${place.column} cell by cell, so nothing could change this cell.`,
      'Pin it once a step does, or select a later step.',
    );
  }
  const answers = (await answersOf(workbench, place, steps)).filter(({ left }) => !left);
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
