import { expect, test } from 'vitest';
import { compilePlan } from '../../../shared/compile/compile';
import { emptyRuleSet, type Step } from '../../../shared/document/rule-set';
import { keepsWholeGroups, stepsWithWholeGroups } from '../../../shared/sampling/whole-groups';

const step = (
  id: string,
  operation: string,
  columns: string[],
  parameters: Record<string, unknown>,
): Step => ({
  ...{ id, operation, version: 1, columns, parameters },
  ...{ enabled: true, note: '', examples: [] },
});
const deduplicate = (id: string, keys: string[]) =>
  step(id, 'deduplicate', [], {
    keys,
    normalize: 'trim-lower',
    keep: 'first',
    orderBy: [{ column: keys[0] }],
  });
const wholeFor = (keys: string[], ...steps: Step[]) => [
  ...stepsWithWholeGroups(compilePlan({ ...emptyRuleSet('r'), steps }, ['e-mail', 'name', 'phone']), keys),
];

test('groups of the same keys, or of more, are whole', () => {
  expect(wholeFor(['e-mail'], deduplicate('d', ['e-mail']))).toEqual([0]);
  expect(wholeFor(['e-mail'], deduplicate('d', ['name', 'e-mail']))).toEqual([0]);
  expect(wholeFor(['e-mail', 'name'], deduplicate('d', ['e-mail']))).toEqual([]);
  expect(wholeFor(['phone'], deduplicate('d', ['e-mail']))).toEqual([]);
});

test('white space and letter case before do not matter; other changes do', () => {
  const lower = step('l', 'change-case', ['e-mail'], { to: 'lower' });
  const trim = step('t', 'trim', ['e-mail'], { sides: 'both' });
  expect(wholeFor(['e-mail'], lower, trim, deduplicate('d', ['e-mail']))).toEqual([2]);
  const normalise = step('n', 'email', ['e-mail'], {});
  expect(wholeFor(['e-mail'], normalise, deduplicate('d', ['e-mail']))).toEqual([]);
  const renamed = step('r', 'rename', ['e-mail'], { to: 'mail' });
  expect(wholeFor(['e-mail'], renamed, deduplicate('d', ['mail']))).toEqual([1]);
});

test('what a sample of whole groups tells of keys holds where rules keep the keys and look at no other groups', () => {
  const keeps = (...steps: Step[]) =>
    keepsWholeGroups(compilePlan({ ...emptyRuleSet('r'), steps }, ['e-mail', 'name']), ['e-mail']);
  const lower = step('l', 'change-case', ['e-mail'], { to: 'lower' });
  expect(keeps()).toBe(true);
  expect(keeps(lower, deduplicate('d', ['e-mail']))).toBe(true);
  expect(keeps(deduplicate('d', ['name']))).toBe(false);
  expect(keeps(step('e', 'email', ['e-mail'], {}))).toBe(false);
  expect(keeps(step('x', 'drop-columns', ['e-mail'], {}))).toBe(false);
});
