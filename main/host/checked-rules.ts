import { compilePlan } from '../../shared/compile/compile';
import { hashOf } from '../../shared/compile/hash';
import { checkKeys } from '../../shared/compile/keys';
import type { Plan } from '../../shared/compile/plan';
import { type Fault, isFault } from '../../shared/contract/errors';
import type { RuleSet } from '../../shared/document/rule-set';
import { findKey } from '../engine/keys';
import { examplesHere } from '../run/examples-here';

/** The plan of rules for columns, with the checks of its keys; `broken`: a missing key, or examples that don't hold. */
export async function checkedRules(
  ruleSet: RuleSet,
  columns: readonly string[],
): Promise<{ plan: Plan; ruleSetHash: string; broken: Fault | null }> {
  const rules = compilePlan(ruleSet, columns);
  const checked = await checkKeys(rules, findKey).then(
    async (plan) => ({ plan, broken: await examplesHere(ruleSet) }),
    (error: unknown) => {
      if (!isFault(error)) throw error;
      return { plan: rules, broken: error };
    },
  );
  return { ...checked, ruleSetHash: hashOf(ruleSet) };
}
