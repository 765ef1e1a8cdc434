import { expect, test } from 'vitest';
import { examplesHere } from '../../../main/run/examples-here';
import { customersRules } from '../../../main/sample/customers.rules';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';

test('the sample’s rules keep their pinned examples', async () => {
  expect(await examplesHere(customersRules)).toBeNull();
});

test('a broken example is told with its step, and without its values', async () => {
  const examples = [{ input: ' secret ', output: 'SECRET' }];
  const step = stepSchema.parse({ id: 't', operation: 'trim', columns: ['name'], examples });
  const fault = await examplesHere({ ...emptyRuleSet('x'), steps: [step] });
  expect(fault).toMatchObject({ code: 'run.examples', details: { steps: ['t'] } });
  expect(fault?.message).toBe('Steps do not answer as their pinned examples say: step 1 (trim), example 1.');
  const off = { ...emptyRuleSet('x'), steps: [{ ...step, enabled: false }] };
  expect(await examplesHere(off)).toBeNull();
});
