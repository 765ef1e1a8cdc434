import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { PinnedExample, Step } from '../../shared/document/rule-set';
import { findOperation } from '../../shared/operations/registry';
import { viewColumns } from '../../shared/trace/view';
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
