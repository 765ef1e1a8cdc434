import { beginPlan, planBuilder } from '../compile/builder';
import { checkStep, stepName } from '../compile/compile';
import { isFault } from '../contract/errors';
import type { RuleSet, Step } from '../document/rule-set';
import { column as reference } from '../expression/expression';
import type { AnyOperation } from '../operations/registry';

/** A column that steps take from the input and that the input does not have. */
export type MissingColumn = {
  readonly column: string;
  /** Ids of the enabled steps that name it, in order. */
  readonly steps: readonly string[];
};

/** Columns that a step needs: its targets and those that its parameters name. */
export const neededColumns = (
  operation: AnyOperation,
  parameters: never,
  columns: readonly string[],
): readonly string[] => [...new Set([...columns, ...operation.reads(parameters)])];

/** Names of the columns that a step adds to those that are there; none where it is not valid. */
export function addedColumns(step: Step, columns: readonly string[]): readonly string[] {
  const result = checkStep(step, 0);
  if ('faults' in result) return [];
  const { operation, parameters } = result.checked;
  const before = new Set([...columns, ...neededColumns(operation, parameters, step.columns)]);
  const state = beginPlan([...before]);
  try {
    operation.rewrite(planBuilder(state, 0, stepName(0, step)), parameters, step.columns);
  } catch (error) {
    if (!isFault(error)) throw error;
  }
  return [...state.versions.keys()].filter((name) => !before.has(name));
}

/**
 * Columns that the enabled steps need and the input lacks, in the order in which they are met. A column that an
 * earlier step makes is not missing, even if that step misses one itself: it is there once that one is.
 */
export function missingColumns(ruleSet: RuleSet, input: readonly string[]): readonly MissingColumn[] {
  const missing = new Map<string, string[]>();
  const state = beginPlan(input);
  for (const [index, step] of ruleSet.steps.entries()) {
    if (!step.enabled) continue;
    const result = checkStep(step, index);
    if ('faults' in result) continue;
    const { operation, parameters } = result.checked;
    for (const name of neededColumns(operation, parameters, step.columns)) {
      const users = missing.get(name);
      if (users) users.push(step.id);
      else if (!state.versions.has(name)) {
        missing.set(name, [step.id]);
        state.versions.set(name, reference(`missing ${name}`).id);
      }
    }
    try {
      operation.rewrite(planBuilder(state, index, stepName(index, step)), parameters, step.columns);
    } catch (error) {
      // What else is wrong with the step is told where it is compiled.
      if (!isFault(error)) throw error;
    }
  }
  return [...missing].map(([column, steps]) => ({ column, steps }));
}
