import type { Plan, PlanColumn } from './plan';

/** The columns after a step (index into plan.steps); with null, after all steps; with -1, those of the input. */
export function columnsAt(plan: Plan, step: number | null): readonly PlanColumn[] {
  if (step === null) return plan.output;
  if (step >= 0) return plan.steps[step]?.columns ?? plan.output;
  return plan.input.map((column, i) => ({ id: `c${i}`, column }));
}

/** For each version of a column the one it replaces; null where the column was new. */
export const replacedBy = (plan: Plan): ReadonlyMap<string, string | null> =>
  new Map(plan.actions.flatMap((action) => (action.kind === 'assign' ? [[action.id, action.from]] : [])));

/** The versions that led to one, oldest first, itself last: a column keeps them when it is renamed. */
export function lineageOf(plan: Plan, id: string): readonly string[] {
  const replaced = replacedBy(plan);
  const found: string[] = [];
  for (let at: string | null = id; at !== null; at = replaced.get(at) ?? null) found.unshift(at);
  return found;
}
