import { compilePlan } from '../compile/compile';
import type { Step } from '../document/rule-set';
import { findOperation } from '../operations/registry';
import { viewColumns } from '../trace/view';
import { neededColumns } from './missing';

/** What a step does to columns, by their names before it; `adds` and the second of `renames` are names after it. */
export type ColumnEffects = {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly adds: readonly string[];
  readonly renames: readonly (readonly [from: string, to: string])[];
  readonly drops: readonly string[];
};

/** The effects of a step on an input with these columns, found by compiling it. Throws a Fault where it does not fit. */
export function columnEffects(step: Step, columns: readonly string[]): ColumnEffects {
  const plan = compilePlan(
    {
      format: 'dataharmonize/ruleset',
      version: 1,
      name: 'effects',
      columns: [],
      steps: [{ ...step, enabled: true }],
      expectations: [],
    },
    columns,
  );
  const operation = findOperation(step.operation);
  const parameters = operation?.parameters.safeParse(step.parameters);
  const after = viewColumns(plan, null);
  const stayed = new Set(after.map(({ was }) => was));
  return {
    reads: operation && parameters?.success ? neededColumns(operation, parameters.data, step.columns) : [],
    writes: after.flatMap((one) => (one.was !== null && one.before !== one.after ? [one.was] : [])),
    adds: after.flatMap((one) => (one.was === null ? [one.column] : [])),
    renames: after.flatMap((one) =>
      one.was !== null && one.was !== one.column ? [[one.was, one.column] as const] : [],
    ),
    drops: columns.filter((name) => !stayed.has(name)),
  };
}
