import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { longestMatched } from '../../shared/compile/pattern-lengths';
import { emptyRuleSet, stepSchema } from '../../shared/document/rule-set';

const longest = (operation: string, parameters: Record<string, unknown>, columns = ['t']) => {
  const steps = [{ id: 's', operation, columns, parameters }].map((one) => stepSchema.parse(one));
  return longestMatched(compilePlan({ ...emptyRuleSet('x'), steps }, ['t']), 0);
};

test('the length up to which a pattern is tried is that of the plan, wherever the pattern stands', () => {
  expect(longest('replace-pattern', { pattern: '[0-9]+', replacement: '' })).toBe(4000);
  const heavy = longest('replace-pattern', { pattern: '(?:a|b)+c', replacement: '' });
  expect(heavy).toBeGreaterThanOrEqual(60);
  expect(heavy).toBeLessThan(4000);
  expect(longest('check', { kind: 'pattern', pattern: '(?:a|b)+c', onFail: 'reject' })).toBeLessThan(4000);
  expect(longest('derive', { expression: "matches([t], 'a+')", into: 'u' }, [])).toBe(4000);
  expect(longest('change-case', { to: 'lower' })).toBeNull();
});
