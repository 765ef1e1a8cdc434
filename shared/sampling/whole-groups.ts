import { isGrouped, mergeWith, type Plan, seesAll } from '../compile/plan';
import { column, type Expression } from '../expression/expression';
import type { PrimitiveId } from '../expression/primitives';

/** What makes texts alike that a group's key takes for alike as well: letter case and white space. */
const KEEPS_GROUPS: ReadonlySet<PrimitiveId> = new Set([
  'trimWhiteSpace',
  'collapseWhiteSpace',
  'lower',
  'upper',
  'capitalizeFirst',
  'capitalizeWords',
]);

/** The input column that a value is made of and differs from only in letter case and white space; else null. */
function origin(plan: Plan, value: Expression): string | null {
  if (value.kind === 'literal') return null;
  if (value.kind === 'call') {
    const [first, ...others] = value.operands;
    return first && others.length === 0 && KEEPS_GROUPS.has(value.primitive) ? origin(plan, first) : null;
  }
  const at = plan.input.findIndex((_, i) => `c${i}` === value.id);
  if (at >= 0) return plan.input[at] ?? null;
  const made = plan.actions.find((action) => action.kind === 'assign' && action.id === value.id);
  return made?.kind === 'assign' ? origin(plan, made.value) : null;
}

/**
 * Steps of a plan, by their index, that look at groups of rows and find each of them whole in a sample of whole groups
 * by these keys. A step's groups are whole where all of the sample's keys are among its own, but for letter case and
 * white space.
 */
export function stepsWithWholeGroups(plan: Plan, keys: readonly string[]): ReadonlySet<number> {
  const whole = new Map<number, boolean>();
  for (const action of plan.actions) {
    if (!seesAll(action)) continue;
    const grouping = isGrouped(action) && 'merge' in action ? mergeWith(plan, action.merge) : action;
    const origins =
      isGrouped(grouping) && 'keys' in grouping ? grouping.keys.map((key) => origin(plan, key)) : [];
    const holds = keys.every((key) => origins.includes(key));
    whole.set(action.step, (whole.get(action.step) ?? true) && holds);
  }
  return new Set(
    [...whole].flatMap(([step, holds]) => (holds && plan.steps[step]?.scope === 'group' ? [step] : [])),
  );
}

/**
 * Whether a sample of whole groups by these columns tells for each of their values, as the rules leave it, which rows
 * of the source have it: letter case and white space aside the values stay, and steps that look at other rows find
 * whole groups too.
 */
export function keepsWholeGroups(plan: Plan, keys: readonly string[]): boolean {
  const whole = stepsWithWholeGroups(plan, keys);
  const stays = (name: string) => {
    const id = plan.output.find((one) => one.column === name)?.id;
    return id !== undefined && origin(plan, column(id)) === name;
  };
  return keys.every(stays) && plan.actions.every((one) => !seesAll(one) || whole.has(one.step));
}
