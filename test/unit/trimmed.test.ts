import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import type { Expression } from '../../shared/expression/expression';
import { ruleSetOf } from '../conformance/rule-sets';

const trims = (value: Expression): number =>
  value.kind === 'call'
    ? value.operands.reduce((sum, one) => sum + trims(one), value.primitive === 'trimWhiteSpace' ? 1 : 0)
    : 0;

/** How often white space is trimmed in all steps. */
const trimmings = (steps: Parameters<typeof ruleSetOf>[1]): number =>
  compilePlan(ruleSetOf('trimmed', steps), ['a', 'b']).actions.reduce(
    (sum, action) => sum + (action.kind === 'assign' ? trims(action.value) : 0),
    0,
  );

const trim = { operation: 'trim', columns: ['a'], parameters: {} };
const email = { operation: 'email', columns: ['a'], parameters: { canonical: 'lower', invalid: 'null' } };

test('what is trimmed is not trimmed again, also through steps that leave the sides as they are', () => {
  expect(trimmings([trim])).toBe(1);
  expect(trimmings([email])).toBe(1);
  expect(trimmings([trim, email])).toBe(1);
  expect(trimmings([trim, trim, email])).toBe(1);
  const lower = { operation: 'change-case', columns: ['a'], parameters: { to: 'lower' } };
  const nullify = { operation: 'nullify', columns: ['a'], parameters: { values: ['-'] } };
  expect(trimmings([trim, lower, nullify, email])).toBe(1);
});

test('what may have white space at its sides is trimmed', () => {
  const start = { operation: 'trim', columns: ['a'], parameters: { sides: 'start' } };
  expect(trimmings([start, email])).toBe(2);
  const cut = { operation: 'slice', columns: ['a'], parameters: { start: 2, length: 5 } };
  expect(trimmings([trim, cut, email])).toBe(2);
  expect(trimmings([{ ...trim, columns: ['b'] }, email])).toBe(2);
  // A cell that is kept as it is where it is no address: trimmed is only what it is read from.
  const kept = { operation: 'email', columns: ['a'], parameters: { canonical: 'lower', invalid: 'keep' } };
  expect(trimmings([kept, email])).toBe(2);
});
