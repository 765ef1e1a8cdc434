import type { Expression } from '../expression/expression';
import { ANY_LENGTH } from '../expression/pattern-spans';
import type { Action, Plan } from './plan';

function expressionsOf(action: Action): readonly Expression[] {
  switch (action.kind) {
    case 'assign':
    case 'tally':
    case 'golden':
    case 'explode':
      return [action.value];
    case 'leave':
    case 'stop':
      return [action.when];
    case 'merge':
    case 'size':
      return action.keys;
    case 'lookup':
    case 'join':
      return action.inputs;
  }
}

function shortest(expression: Expression): number {
  if (expression.kind !== 'call') return ANY_LENGTH;
  const { longest } = expression.constants;
  const own = typeof longest === 'number' ? longest : ANY_LENGTH;
  return Math.min(own, ...expression.operands.map(shortest));
}

/** Length of text, in code points, up to which a step tries its patterns; null where there is no limit, or no pattern. */
export function longestMatched(plan: Plan, step: number): number | null {
  const lengths = plan.actions
    .filter((one) => one.step === step)
    .flatMap(expressionsOf)
    .map(shortest);
  const least = Math.min(ANY_LENGTH, ...lengths);
  return least === ANY_LENGTH ? null : least;
}
