import { compilePlan, stepName } from '../../../shared/compile/compile';
import { keysOf, withKeyChecks } from '../../../shared/compile/keys';
import { columnsAt } from '../../../shared/compile/lineage';
import type { Plan, PlanStep } from '../../../shared/compile/plan';
import { isFault } from '../../../shared/contract/errors';
import type { RuleSet, Step } from '../../../shared/document/rule-set';
import { missingKey } from '../../../shared/lookup/key';
import { findOperation, scopeOfStep } from '../../../shared/operations/registry';
import type { KeyState } from '../keys';

/**
 * A plan whose steps are the rule set's, one for one: disabled steps, and those from a faulty one on, are there
 * without actions. An index into `steps` is an index into the rule set's steps.
 */
export type PreviewPlan = Plan;

export type Compiled = {
  readonly plan: PreviewPlan;
  /** The first faulty step, before which the preview stops. */
  readonly stopsAt: { readonly step: string; readonly messages: readonly string[] } | null;
};

/** The step in words; its title where the parameters are not valid. */
export function sentenceOf(step: Step): string {
  const operation = findOperation(step.operation);
  if (!operation) return step.operation;
  const parameters = operation.parameters.safeParse(step.parameters);
  return parameters.success ? operation.sentence(parameters.data, step.columns) : operation.title;
}

function scopeOf(step: Step) {
  const operation = findOperation(step.operation);
  return operation ? scopeOfStep(operation, step.parameters) : 'cell';
}

type KeyStates = (name: string) => KeyState;

function attempt(
  ruleSet: RuleSet,
  steps: readonly Step[],
  columns: readonly string[],
  keys: KeyStates,
): Plan | string {
  try {
    return withKeys(compilePlan({ ...ruleSet, columns: [], steps: [...steps] }, columns), keys);
  } catch (error) {
    if (isFault(error)) return error.message;
    throw error;
  }
}

/** The plan with what tells its keys from others, so that nothing computed under another key is shown. */
function withKeys(plan: Plan, keys: KeyStates): Plan | string {
  const checks = new Map<string, string>();
  for (const name of keysOf(plan)) {
    const state = keys(name);
    if (state.status === 'known') checks.set(name, state.check);
    else
      return state.status === 'asking' ? `The key “${name}” is being looked for.` : missingKey(name).message;
  }
  return checks.size === 0 ? plan : withKeyChecks(plan, checks);
}

/** The rule set's steps; one that is not carried out leaves the columns as they are. */
function stepsOf(ruleSet: RuleSet, plan: Plan): readonly PlanStep[] {
  const carriedOut = new Map(plan.steps.map((step) => [step.id, step]));
  let columns = columnsAt(plan, -1);
  return ruleSet.steps.map((step) => {
    columns = carriedOut.get(step.id)?.columns ?? columns;
    const { id, operation } = step;
    return { id, operation, sentence: sentenceOf(step), scope: scopeOf(step), columns };
  });
}

/** Compiles as many steps as are free of faults and whose keys are known. Throws a Fault when the columns themselves don't fit. */
export function compilePreview(
  ruleSet: RuleSet,
  columns: readonly string[],
  keys: KeyStates = () => ({ status: 'missing', keyring: false }),
): Compiled {
  const enabled = ruleSet.steps.filter((step) => step.enabled);
  let plan = attempt(ruleSet, enabled, columns, keys);
  let stopsAt: Compiled['stopsAt'] = null;
  if (typeof plan === 'string') {
    let [good, bad] = [0, enabled.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (typeof attempt(ruleSet, enabled.slice(0, middle), columns, keys) === 'string') bad = middle;
      else good = middle;
    }
    const faulty = enabled[good];
    const failure = attempt(ruleSet, enabled.slice(0, good + 1), columns, keys);
    const rest = attempt(ruleSet, enabled.slice(0, good), columns, keys);
    // Not even no step at all: the columns themselves don't fit.
    plan = typeof rest === 'string' ? compilePlan({ ...ruleSet, columns: [], steps: [] }, columns) : rest;
    if (faulty && typeof failure === 'string') {
      const where = `${stepName(good, faulty)}: `;
      const messages = failure.split('\n').map((line) => line.replace(where, ''));
      stopsAt = { step: faulty.id, messages };
    }
  }
  const place = new Map(ruleSet.steps.map((step, index) => [step.id, index]));
  const index = plan.steps.map((step) => place.get(step.id) ?? 0);
  return {
    stopsAt,
    plan: {
      ...plan,
      steps: stepsOf(ruleSet, plan),
      actions: plan.actions.map((action) => ({ ...action, step: index[action.step] ?? 0 })),
    },
  };
}
