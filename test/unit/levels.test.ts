import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { madeBy, needsOf } from '../../shared/compile/duckdb';
import { inFewLevels } from '../../shared/compile/levels';
import { isGrouped, type Plan } from '../../shared/compile/plan';
import { compileSpark } from '../../shared/compile/spark';
import { csvDialectSchema } from '../../shared/document/dialect';
import { operations } from '../../shared/operations/registry';
import { ruleSetOf, type StepGiven } from '../conformance/rule-sets';

const all = (plan: Plan) => [...plan.actions.keys()];
const plans = operations.flatMap((operation) =>
  operation.examples.map(({ columns, parameters, header, title }) => {
    const step = { operation: operation.id, columns, parameters };
    return [`${operation.id}: ${title}`, compilePlan(ruleSetOf(operation.id, [step]), header)] as const;
  }),
);

test.each(plans)(
  '%s: each action finds what it reads, and passes none that looks at other rows',
  (_, plan) => {
    const order = inFewLevels(plan, all(plan));
    expect(order.toSorted((a, b) => a - b)).toEqual(all(plan));
    const made = new Set(plan.input.map((_, i) => `c${i}`));
    for (const [place, index] of order.entries()) {
      const action = plan.actions[index];
      if (!action) throw new RangeError('There is no such action.');
      expect([...needsOf(plan, index)].filter((id) => !made.has(id))).toEqual([]);
      for (const id of madeBy(action)) made.add(id);
      if (!isGrouped(action) && action.kind !== 'lookup') continue;
      expect(order.slice(0, place).every((one) => one < index)).toBe(true);
    }
  },
);

test('steps on columns of their own share their levels', () => {
  const step = (column: string): StepGiven => ({
    operation: 'parse-date',
    columns: [column],
    parameters: { formats: ['d.M.yyyy'] },
  });
  const levelsOf = (columns: readonly string[]) => {
    const plan = compilePlan(ruleSetOf('dates', columns.map(step)), columns);
    return compileSpark(plan, csvDialectSchema.parse({ format: 'csv' })).stages.length;
  };
  expect(levelsOf(['a', 'b', 'c', 'd'])).toBe(levelsOf(['a']));
});
