import { beginPlan, planBuilder } from '../compile/builder';
import type { Expression } from '../expression/expression';
import { type Where, whereHolds } from '../operations/conditions';

function written(expression: Expression, bound: ReadonlyMap<string, Expression>): Expression {
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'column':
      return bound.get(expression.id) ?? expression;
    case 'call':
      return { ...expression, operands: expression.operands.map((one) => written(one, bound)) };
  }
}

/**
 * Whether a row meets conditions, as one expression over the source's columns `c0 … cn`: what the filter step means
 * by them. Throws a Fault where there is no such column.
 */
export function conditionOf(columns: readonly string[], where: Where): Expression {
  const state = beginPlan(columns);
  const holds = whereHolds(planBuilder(state, 0, 'the sample’s conditions'), where);
  const bound = new Map<string, Expression>();
  for (const action of state.actions) {
    if (action.kind !== 'assign') throw new TypeError('Conditions only name values.');
    bound.set(action.id, written(action.value, bound));
  }
  return written(holds, bound);
}
