import { expect, test } from 'vitest';
import { isShown, withValue } from '../../../renderer/rules/parameters';
import { tableFrom } from '../../../renderer/rules/pasted-table';
import { redact } from '../../../shared/operations/redact';
import type { AnyOperation } from '../../../shared/operations/registry';

test.each([
  ['cells of a spreadsheet', 'code\tname\nDE\tGermany\r\nUS\t\n'],
  ['CSV', 'code,name\nDE,Germany\n"US",\n\n'],
  ['CSV with semicolons', 'code;name\nDE;Germany\nUS;'],
])('a table is read from %s', (_, text) => {
  expect(tableFrom(text)).toEqual({
    columns: ['code', 'name'],
    rows: [
      ['DE', 'Germany'],
      ['US', null],
    ],
  });
});

test('quoted cells may hold anything', () => {
  expect(tableFrom('a,b\n"x, ""y""\nz",""')).toEqual({ columns: ['a', 'b'], rows: [['x, "y"\nz', '']] });
});

test('what is no table is told', () => {
  expect(tableFrom('')).toMatch(/two or more column names/);
  expect(tableFrom('a,b')).toMatch(/lines below it/);
  expect(tableFrom('a\nb')).toMatch(/two or more column names/);
  expect(tableFrom('a,b\n"x,y')).toBe('Line 2: a quote that is not closed.');
});

test('a field that depends on one of several choices is shown while that one is chosen', () => {
  const operation = redact as unknown as AnyOperation;
  const field = operation.form.find(({ name }) => name === 'custom');
  if (!field) throw new Error('There is no such field.');
  expect(isShown(operation, { patterns: ['email'] }, field)).toBe(false);
  expect(isShown(operation, { patterns: ['email', 'custom'] }, field)).toBe(true);
  const hidden = new Map<string, unknown>();
  const before = { patterns: ['custom'], custom: 'a+' };
  const without = withValue(operation, before, 'patterns', ['email'], hidden);
  expect(without).toEqual({ patterns: ['email'] });
  expect(withValue(operation, without, 'patterns', ['custom'], hidden)).toEqual(before);
});
