import type { z } from 'zod';
import { insteadOf } from '../columns/near-names';
import { Fault } from '../contract/errors';
import { issueLines, issueWords } from '../document/issues';
import type { RuleSet, Step } from '../document/rule-set';
import type { AnyOperation } from '../operations/registry';
import { findOperation, operations } from '../operations/registry';
import { beginPlan, type PlanState, planBuilder } from './builder';
import type { Plan, PlanColumn, PlanStep } from './plan';
import { withoutTrimmingTwice } from './trimmed';

/** A step whose operation is known and whose parameters are valid. */
export type CheckedStep = {
  readonly step: Step;
  readonly operation: AnyOperation;
  readonly parameters: never;
};

/** `step 2 (trim)`, counting from 1. */
export const stepName = (index: number, step: Step): string => `step ${index + 1} (${step.operation})`;

const nothingWritten = 'Nothing was written.';

/** That an operation is not known, and which may be meant. */
export const noOperation = (id: string): string =>
  `there is no operation “${id}”; ${insteadOf(
    id,
    operations.map((one) => one.id),
    'operations',
  )}`;

/** The faults of parameters, a line each. */
function parameterLines(error: z.ZodError, operation: AnyOperation): string[] {
  const names = operation.form.map(({ name }) => name);
  const unknown = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  );
  const others = error.issues.filter((issue) => issue.code !== 'unrecognized_keys' || issue.path.length > 0);
  return [
    ...unknown.map((name) => `there is no parameter “${name}”; ${insteadOf(name, names, 'parameters')}`),
    ...issueLines({ issues: others }, 'parameters'),
  ];
}

/** Checks a step's operation, version, targets and parameters. Returns the faults found, or the checked step. */
export function checkStep(
  step: Step,
  index: number,
): { checked: CheckedStep } | { faults: readonly string[] } {
  const where = stepName(index, step);
  const operation = findOperation(step.operation);
  if (!operation) return { faults: [`${where}: ${noOperation(step.operation)}`] };
  const faults: string[] = [];
  if (step.version > operation.version) {
    faults.push(
      `${where}: version ${step.version} of this operation is newer than this program’s, ${operation.version}.`,
    );
  }
  const { least, most } = operation.targets;
  if (step.columns.length < least) faults.push(`${where}: choose at least ${least} column.`);
  if (step.columns.length > most) {
    faults.push(
      `${where}: ${most === 0 ? 'this operation takes no target columns' : `at most ${most} columns`}.`,
    );
  }
  const repeated = step.columns.find((name, i) => step.columns.indexOf(name) !== i);
  if (repeated !== undefined) faults.push(`${where}: the column “${repeated}” is named twice.`);
  const result = operation.parameters.safeParse(step.parameters, { error: issueWords });
  if (!result.success)
    faults.push(...parameterLines(result.error, operation).map((line) => `${where}: ${line}`));
  const scope = result.success && (operation.scopeOf?.(result.data) ?? operation.scope);
  if (step.examples.length > 0 && (scope === 'group' || scope === 'table')) {
    faults.push(
      `${where}: it looks at more than one row, so no pinned example can say what it must answer; remove its examples.`,
    );
  }
  if (faults.length > 0 || !result.success) return { faults };
  return { checked: { step, operation, parameters: result.data } };
}

/** Every fault of a rule set's steps that shows without data, a line each. Disabled steps are checked too. */
export function checkSteps(ruleSet: RuleSet): readonly string[] {
  return ruleSet.steps.flatMap((step, index) => {
    const result = checkStep(step, index);
    return 'faults' in result ? result.faults : [];
  });
}

function refuseMissing(names: readonly string[], columns: readonly string[], where: string): void {
  const there = new Set(columns);
  const missing = [...new Set(names)].filter((name) => !there.has(name));
  if (missing.length === 0) return;
  throw new Fault({
    code: 'plan.no-column',
    message: missing
      .map((name) => `${where}: there is no column “${name}” here; ${insteadOf(name, columns, 'columns')}`)
      .join('\n'),
    place: { column: missing[0] ?? '' },
    unaffected: nothingWritten,
    advice: 'Point the step at a column that exists, or switch the step off.',
  });
}

const columnsIn = ({ versions }: PlanState): readonly PlanColumn[] =>
  [...versions].map(([column, id]) => ({ id, column }));

function rewriteStep(
  state: PlanState,
  { step, operation, parameters }: CheckedStep,
  index: number,
  at: number,
): PlanStep {
  const builder = planBuilder(state, at, stepName(index, step));
  refuseMissing([...step.columns, ...operation.reads(parameters)], builder.columns, stepName(index, step));
  operation.rewrite(builder, parameters, step.columns);
  return {
    id: step.id,
    operation: operation.id,
    sentence: operation.sentence(parameters, step.columns),
    scope: operation.scopeOf?.(parameters) ?? operation.scope,
    ...(operation.family === 'Privacy' && { hides: true as const }),
    columns: columnsIn(state),
  };
}

/**
 * Compiles the steps of a rule set that are on, for an input with these columns. Throws one Fault (`plan.invalid`) whose `details.lines`
 * names every fault: unknown operations, wrong parameters, missing columns.
 */
export function compilePlan(ruleSet: RuleSet, input: readonly string[]): Plan {
  const lines: string[] = [];
  const repeated = input.find((name, i) => input.indexOf(name) !== i);
  if (repeated !== undefined) lines.push(`the input has two columns named “${repeated}”.`);
  for (const { name } of ruleSet.columns) {
    if (!input.includes(name))
      lines.push(
        `the rule set was made for a column “${name}”, which the input does not have; ${insteadOf(name, input, 'columns')}`,
      );
  }
  const state = beginPlan(input);
  const steps: PlanStep[] = [];
  for (const [index, step] of ruleSet.steps.entries()) {
    if (!step.enabled) continue;
    const result = checkStep(step, index);
    if ('faults' in result) {
      lines.push(...result.faults);
      continue;
    }
    try {
      steps.push(rewriteStep(state, result.checked, index, steps.length));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      lines.push(...error.message.split('\n'));
    }
  }
  if (lines.length > 0) {
    throw new Fault({
      code: 'plan.invalid',
      message: lines.join('\n'),
      details: { lines },
      unaffected: nothingWritten,
      advice: 'Correct or switch off the named steps.',
    });
  }
  return Object.freeze({
    name: ruleSet.name,
    input: [...input],
    steps,
    actions: withoutTrimmingTwice(state.actions),
    output: columnsIn(state),
  });
}
