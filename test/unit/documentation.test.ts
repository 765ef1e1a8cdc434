import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { code, plain } from '../../main/documentation/markdown';
import { parameterRows } from '../../main/documentation/parameters';
import { referencePages } from '../../main/documentation/reference';
import { findOperation, operations } from '../../shared/operations/registry';

const folder = path.join(import.meta.dirname, '..', '..', 'docs', 'operations');
const pages = referencePages();

test('there is a page for each operation and no other: if not, type  npm run gen', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const { id } of operations) expect(pages.has(`${id}.md`), id).toBe(true);
});

test.each([...pages])('%s is up to date: if not, type  npm run gen', (name, text) => {
  expect(readFileSync(path.join(folder, name), 'utf8')).toBe(text);
});

test('every parameter of a form is in the schema, and the other way round', () => {
  for (const operation of operations) {
    const named = parameterRows(operation).map(({ name }) => name);
    const shown = [...new Set(operation.form.map(({ name }) => name))];
    expect(
      shown.filter((name) => !named.includes(name)),
      operation.id,
    ).toEqual([]);
    expect(
      named.filter((name) => !shown.includes(name)),
      operation.id,
    ).toEqual([]);
  }
});

test('parameters that only some kinds of a check have say so', () => {
  const check = findOperation('check');
  if (!check) throw new Error('There is no check.');
  const rows = new Map(parameterRows(check).map((row) => [row.name, row]));
  expect(rows.get('match')?.only).toEqual(['pattern']);
  expect(rows.get('onFail')?.only).toEqual([]);
  expect(rows.get('onFail')?.fallback).toBe('"reject"');
});

test('values are shown in full, whatever they hold', () => {
  expect(code('a`b')).toBe('``a`b``');
  expect(code('`')).toBe('`` ` ``');
  expect(code('a|b\u00a0e\u0301')).toBe('`a\\|b\\u00a0e\\u0301`');
  expect(plain('a|b_c\n d*')).toBe('a\\|b\\_c d\\*');
});
