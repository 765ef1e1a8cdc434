import { type FindKey, keyCheck, requireKey } from '../lookup/key';
import { keyIn } from '../lookup/registry';
import type { Lookup, Plan } from './plan';

/** Names of the keys that a plan needs, in the order of its steps. */
export const keysOf = (plan: Plan): readonly string[] => [
  ...new Set(plan.actions.flatMap((action) => (action.kind === 'lookup' ? (keyIn(action)?.name ?? []) : []))),
];

/** A plan that tells of each key by what it can be checked, so that it is carried out with that key and no other. */
export function withKeyChecks(plan: Plan, checks: ReadonlyMap<string, string>): Plan {
  const checked = (action: Lookup): Lookup => {
    const key = keyIn(action);
    const check = key && checks.get(key.name);
    return check ? { ...action, options: { ...(action.options as object), check } } : action;
  };
  return {
    ...plan,
    actions: plan.actions.map((action) => (action.kind === 'lookup' ? checked(action) : action)),
  };
}

/** A plan with the checks of all of its keys. Throws the Fault of the first one that is missing or too short. */
export async function checkKeys(plan: Plan, find: FindKey): Promise<Plan> {
  const names = keysOf(plan);
  if (names.length === 0) return plan;
  const checks = new Map<string, string>();
  for (const name of names) checks.set(name, keyCheck(await requireKey({ name, check: undefined }, find)));
  return withKeyChecks(plan, checks);
}
