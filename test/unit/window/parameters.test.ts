import { expect, test } from 'vitest';
import { newStep } from '../../../renderer/rules/new-step';
import { faultsOf, isShown, withValue } from '../../../renderer/rules/parameters';
import { checkStep } from '../../../shared/compile/compile';
import { type AnyOperation, findOperation, operations } from '../../../shared/operations/registry';

const operation = (id: string): AnyOperation => {
  const found = findOperation(id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};

test.each(operations.map((one) => [one.id, one] as const))(
  'a new %s step for a column is free of faults',
  (_, one) => {
    expect(checkStep(newStep(one, ['name']), 0)).toHaveProperty('checked');
  },
);

test('fields that are no longer shown lose their values, and get them back', () => {
  const check = operation('check');
  const hidden = new Map<string, unknown>();
  const pattern = { kind: 'pattern', pattern: 'a+', onFail: 'reject' };
  const email = withValue(check, pattern, 'kind', 'email', hidden);
  expect(email).toEqual({ kind: 'email', onFail: 'reject' });
  expect(faultsOf(check, email)).toEqual(new Map());
  expect(withValue(check, email, 'kind', 'pattern', hidden)).toEqual(pattern);
});

test('a fault is told at its field, in a pattern with its place', () => {
  const check = operation('check');
  const faults = faultsOf(check, { kind: 'pattern', pattern: 'a(?=b)' });
  expect(faults.get('pattern')?.[0]).toMatchObject({ position: 1 });
  expect(faultsOf(operation('filter'), {}).get('where')).toHaveLength(1);
  expect(faultsOf(operation('phone'), { defaultRegion: 'XX' }).get('defaultRegion')?.[0]?.message).toMatch(
    /^Is not a region/,
  );
});

test('a field depends on another one’s default, too', () => {
  const deduplicate = operation('deduplicate');
  const field = deduplicate.form.find(({ name }) => name === 'orderBy');
  if (!field) throw new Error('There is no order.');
  expect(isShown(deduplicate, { keys: ['a'] }, field)).toBe(false);
  expect(isShown(deduplicate, { keys: ['a'], keep: 'first', orderBy: [{ column: 'b' }] }, field)).toBe(true);
  expect(isShown(deduplicate, { keys: ['a'], keep: 'first' }, field)).toBe(true);
});

test('a separator is asked for unless elements of an array are wanted, also while it is empty', () => {
  const explode = operation('explode');
  const shown = (parameters: Record<string, unknown>) =>
    explode.form.filter((field) => isShown(explode, parameters, field)).map(({ name }) => name);
  for (const separator of ['', ';']) {
    expect(shown({ separator })).toEqual(['at', 'separator']);
    expect(shown({ at: 'separator', separator })).toEqual(['at', 'separator']);
  }
  expect(shown({ at: 'array' })).toEqual(['at', 'invalid']);
  const split = withValue(explode, { separator: ';' }, 'at', 'array', new Map());
  expect(split).toEqual({ at: 'array' });
  expect(faultsOf(explode, split)).toEqual(new Map());
  expect(faultsOf(explode, { at: 'separator' }).get('separator')).toHaveLength(1);
});

test('what clocks skip and show twice is asked of a named zone, in whatever letter case it is typed', () => {
  const parse = operation('parse-timestamp');
  const gap = parse.form.find(({ name }) => name === 'gap');
  if (!gap) throw new Error('There is no gap.');
  for (const zone of ['Europe/Berlin', 'europe/berlin', 'EUROPE/BERLIN'])
    expect(isShown(parse, { zone }, gap)).toBe(true);
  for (const zone of ['UTC', '+02:00', 'Europe/Nowhere', ''])
    expect(isShown(parse, { zone }, gap)).toBe(false);
  const told = withValue(parse, { zone: 'europe/berlin', gap: 'forward' }, 'zone', 'EUROPE/PARIS', new Map());
  expect(told).toMatchObject({ zone: 'EUROPE/PARIS', gap: 'forward' });
});

test('a formula that names a column that is not there is told so at its place, where columns are known', () => {
  const derive = operation('derive');
  const parameters = { expression: "trim([full name]) & ' ' & [contry]", into: 'label' };
  const [fault] = faultsOf(derive, parameters, ['full name', 'country']).get('expression') ?? [];
  expect(fault).toEqual({
    message: 'At character 27: there is no column “contry” here; did you mean “country”?',
    position: 26,
  });
  expect(faultsOf(derive, parameters, ['full name', 'contry'])).toEqual(new Map());
  expect(faultsOf(derive, parameters)).toEqual(new Map());
  expect(
    faultsOf(derive, { ...parameters, expression: '[contry' }, ['country']).get('expression'),
  ).toHaveLength(1);
  // Whatever else is missing.
  expect(faultsOf(derive, { expression: '[contry]' }, ['country'])).toEqual(
    new Map([
      ['into', [{ message: 'Fill this in.', position: null }]],
      ['expression', [expect.objectContaining({ position: 0 })]],
    ]),
  );
  // What another kind of check has no use for is no formula.
  const check = { kind: 'email', onFail: 'reject', expression: '1 +' };
  expect(() => faultsOf(operation('check'), check, ['country'])).not.toThrow();
});
