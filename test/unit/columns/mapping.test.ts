import { expect, test } from 'vitest';
import { customersRules } from '../../../main/sample/customers.rules';
import { mapColumnsEdit, stepsToSkip } from '../../../shared/columns/map-columns';
import { proposals, proposeMapping } from '../../../shared/columns/mapping';
import { missingColumns } from '../../../shared/columns/missing';
import { nearNames } from '../../../shared/columns/near-names';
import { compilePlan } from '../../../shared/compile/compile';
import { applyEdit } from '../../../shared/document/edit';
import { emptyRuleSet, type RuleSet, stepSchema } from '../../../shared/document/rule-set';

const rules = (...steps: object[]): RuleSet => ({
  ...emptyRuleSet('x'),
  steps: steps.map((one, i) => stepSchema.parse({ id: `s${i + 1}`, ...one })),
});
const phone = {
  operation: 'phone',
  columns: ['phone'],
  parameters: { regionColumn: 'country', extension: 'column' },
};
const trimExtension = { operation: 'trim', columns: ['phone extension'] };

test('near names, whatever their letter case, punctuation and further words', () => {
  const columns = ['E-Mail Address', 'PhoneNumber', 'ctry', 'Full_Name', 'birthdate'];
  expect(nearNames('e-mail', columns)[0]).toBe('E-Mail Address');
  expect(nearNames('phone', columns)).toEqual(['PhoneNumber']);
  expect(nearNames('full name', columns)[0]).toBe('Full_Name');
  expect(nearNames('birth date', columns)[0]).toBe('birthdate');
  expect(nearNames('segment', columns)).toEqual([]);
  expect(nearNames('nmae', ['name', 'mail'])[0]).toBe('name');
  expect(nearNames('', ['', 'a', '—'])).toEqual(['']);
});

test('what an earlier step makes is not missing, even where that step misses something itself', () => {
  expect(missingColumns(rules(phone, trimExtension), ['phone', 'country'])).toEqual([]);
  expect(missingColumns(rules(phone, trimExtension), ['tel', 'country'])).toEqual([
    { column: 'phone', steps: ['s1'] },
  ]);
  expect(missingColumns(rules({ ...phone, enabled: false }, trimExtension), ['phone', 'country'])).toEqual([
    { column: 'phone extension', steps: ['s2'] },
  ]);
});

test('all rules of the sample go over to a file whose columns have other names, and back', () => {
  const input = [
    'id',
    'FullName',
    'Mail',
    'Tel',
    'CountryCode',
    'Town',
    'PostCode',
    'Born',
    'Since',
    'Seg',
    'News',
    'Note',
  ];
  const names = [
    'customer_id',
    'full name',
    'e-mail',
    'phone',
    'country',
    'city',
    'postal code',
    'birth date',
    'signup date',
    'segment',
    'newsletter',
    'notes',
  ];
  const mapping = Object.fromEntries(names.map((name, i) => [name, input[i] ?? '']));
  const edit = mapColumnsEdit(customersRules, input, { mapping });
  const { ruleSet, inverse } = applyEdit(customersRules, edit);
  expect(() => compilePlan(ruleSet, input)).not.toThrow();
  expect(ruleSet.steps.find(({ operation }) => operation === 'phone')?.parameters).toMatchObject({
    regionColumn: 'CountryCode',
  });
  expect(JSON.stringify(ruleSet.steps.map(({ parameters }) => parameters))).not.toContain('signup date');
  expect(applyEdit(ruleSet, inverse).ruleSet).toEqual(customersRules);
});

test('a value that is spelled like a column stays', () => {
  const filter = {
    operation: 'filter',
    parameters: {
      action: 'drop',
      where: {
        any: [
          { column: 'country', test: 'equals', value: 'country' },
          { column: 'city', test: 'in-list', values: ['country', 'x'] },
        ],
      },
    },
  };
  const ruleSet = rules(filter);
  const { ruleSet: mapped } = applyEdit(
    ruleSet,
    mapColumnsEdit(ruleSet, ['land', 'city'], { mapping: { country: 'land' } }),
  );
  expect(mapped.steps[0]?.parameters.where).toEqual({
    any: [
      { column: 'land', test: 'equals', value: 'country' },
      { column: 'city', test: 'in-list', values: ['country', 'x'] },
    ],
  });
});

test('columns may change places with each other', () => {
  const ruleSet = rules({ operation: 'trim', columns: ['a'] }, { operation: 'email', columns: ['b'] });
  const edit = mapColumnsEdit(ruleSet, ['a', 'b'], { mapping: { a: 'b', b: 'a' } });
  expect(applyEdit(ruleSet, edit).ruleSet.steps.map(({ columns }) => columns)).toEqual([['b'], ['a']]);
});

test('nothing is applied half: a mapping that leaves a column missing is refused', () => {
  const ruleSet = rules(phone, trimExtension);
  expect(() => mapColumnsEdit(ruleSet, ['tel', 'land'], { mapping: { phone: 'tel' } })).toThrow(
    expect.objectContaining({ code: 'columns.missing', details: { columns: ['country'] } }),
  );
  // Skipping the step that makes a column leaves those that need it without.
  expect(() => mapColumnsEdit(ruleSet, ['x'], { mapping: {}, skip: ['s1'] })).toThrow(/phone extension/);
  expect(stepsToSkip(ruleSet, ['x'], { mapping: {} })).toEqual(['s1', 's2']);
  expect(stepsToSkip(ruleSet, ['tel', 'land'], { mapping: { phone: 'tel', country: 'land' } })).toEqual([]);
  const edit = mapColumnsEdit(ruleSet, ['x'], { mapping: {}, skip: ['s1', 's2'] });
  expect(applyEdit(ruleSet, edit).ruleSet.steps.map(({ enabled }) => enabled)).toEqual([false, false]);
});

test('a mapping goes by name, then content, then place, and no column stands for two', () => {
  const question = {
    missing: [
      { column: 'e-mail', steps: ['s1'] },
      { column: 'phone', steps: ['s2'] },
      { column: 'remark', steps: ['s3'] },
    ],
    columns: ['contact', 'Phone number', 'phone type', 'memo'],
    before: ['e-mail', 'phone', 'x', 'remark'],
    used: new Set<string>(),
    fits: (missing: { column: string }, column: string) =>
      missing.column === 'e-mail' ? (column === 'contact' ? 0.98 : 0) : null,
  };
  expect(proposeMapping(question)).toEqual({ 'e-mail': 'contact', phone: 'Phone number', remark: 'memo' });
  const all = proposals(question);
  expect(all.get('e-mail')?.[0]?.reason).toBe('content');
  expect(all.get('phone')?.map(({ reason }) => reason)).toContain('similar-name');
  expect(all.get('remark')?.[0]?.reason).toBe('place');
});

test('a column that is written over goes by its new name; one that a step makes anew keeps the name from there on', () => {
  const over = rules(
    { operation: 'trim', columns: ['tel'] },
    { operation: 'phone', columns: ['mobile'], parameters: { extension: 'column', extensionColumn: 'tel' } },
    { operation: 'trim', columns: ['tel'] },
  );
  const overEdit = mapColumnsEdit(over, ['phone', 'mobile'], { mapping: { tel: 'phone' } });
  expect(applyEdit(over, overEdit).ruleSet.steps.map(({ columns }) => columns)).toEqual([
    ['phone'],
    ['mobile'],
    ['phone'],
  ]);
  const ruleSet = rules(
    { operation: 'drop-columns', columns: ['tel'] },
    { operation: 'phone', columns: ['mobile'], parameters: { extension: 'column', extensionColumn: 'tel' } },
    { operation: 'trim', columns: ['tel'] },
  );
  const input = ['phone', 'mobile'];
  const edit = mapColumnsEdit(ruleSet, input, { mapping: { tel: 'phone' } });
  expect(applyEdit(ruleSet, edit).ruleSet.steps.map(({ columns }) => columns)).toEqual([
    ['phone'],
    ['mobile'],
    ['tel'],
  ]);
});

test('a step with other columns goes on without the missing one; one that has no other is switched off', () => {
  const ruleSet = rules(
    { operation: 'trim', columns: ['name', 'segment'] },
    { operation: 'change-case', columns: ['segment'], parameters: { to: 'lower' } },
    {
      operation: 'filter',
      parameters: { where: { all: [{ column: 'segment', test: 'is-empty' }] }, action: 'drop' },
    },
  );
  const choice = { mapping: {}, without: ['segment'] };
  const skip = stepsToSkip(ruleSet, ['name'], choice);
  expect(skip).toEqual(['s2', 's3']);
  const edit = mapColumnsEdit(ruleSet, ['name'], { ...choice, skip });
  const { ruleSet: now, inverse } = applyEdit(ruleSet, edit);
  expect(now.steps.map(({ columns, enabled }) => [columns, enabled])).toEqual([
    [['name'], true],
    [['segment'], false],
    [[], false],
  ]);
  expect(applyEdit(now, inverse).ruleSet).toEqual(ruleSet);
});

test('columns inside a formula are mapped too, and a column it makes is not missing', () => {
  const ruleSet = rules(
    { operation: 'derive', parameters: { expression: "[full name] & ' of ' & city", into: 'who' } },
    { operation: 'trim', columns: ['who'] },
  );
  expect(missingColumns(ruleSet, ['name', 'city'])).toEqual([{ column: 'full name', steps: ['s1'] }]);
  const edit = mapColumnsEdit(ruleSet, ['name', 'city'], { mapping: { 'full name': 'name' } });
  const { ruleSet: mapped, inverse } = applyEdit(ruleSet, edit);
  expect(mapped.steps[0]?.parameters.expression).toBe("[name] & ' of ' & city");
  expect(() => compilePlan(mapped, ['name', 'city'])).not.toThrow();
  expect(applyEdit(mapped, inverse).ruleSet).toEqual(ruleSet);
});
