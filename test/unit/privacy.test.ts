import { createHash } from 'node:crypto';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { traceQuery } from '../../shared/compile/duckdb';
import { quarantinedIds } from '../../shared/compile/quarantine';
import { duckdb as quote } from '../../shared/compile/sql/quote';

import { findOperation } from '../../shared/operations/registry';
import { ruleSetOf } from '../conformance/rule-sets';

const connection = await (await DuckDBInstance.create(':memory:')).connect();

async function cellsAfter(operation: string, parameters: Record<string, unknown>, cells: readonly string[]) {
  const plan = compilePlan(ruleSetOf('privacy', [{ operation, columns: ['a'], parameters }]), ['a']);
  const source = `(VALUES ${cells.map((cell, i) => `(${i}, ${quote.text(cell)})`).join(', ')}) v(r, c0)`;
  const trace = traceQuery(plan, { source, lookups: [], survivors: false });
  const found = await connection.runAndReadAll(`SELECT ${plan.output[0]?.id} FROM (${trace}) ORDER BY r`);
  return found.getRows().map(([cell]) => cell);
}
function faults(id: string, parameters: unknown): string[] {
  const result = findOperation(id)?.parameters.safeParse(parameters);
  return result?.success
    ? []
    : (result?.error?.issues.map(({ message }) => message) ?? ['no such operation']);
}

test('a digest is that of the UTF-8 bytes', async () => {
  const cells = ['abc', '', 'é', 'x\0y', '😀'.repeat(1000)];
  const expected = cells.map((cell) => createHash('sha256').update(cell, 'utf8').digest('hex'));
  expect(await cellsAfter('hash', {}, cells)).toEqual(expected);
});

test('HMAC takes the name of a key, and nothing that could be one', () => {
  expect(faults('hash', { algorithm: 'hmac-sha256', keyRef: 'customers-2024' })).toEqual([]);
  expect(faults('hash', { algorithm: 'hmac-sha256' })).toEqual([expect.stringContaining('needs the name')]);
  expect(faults('hash', { algorithm: 'sha256', keyRef: 'k' })).toHaveLength(1);
  for (const keyRef of ['', 'K', 'a b', '8f14e45fceea167a', `a${'b'.repeat(64)}`])
    expect(faults('hash', { algorithm: 'hmac-sha256', keyRef })).toHaveLength(1);
  expect(faults('hash', { algorithm: 'hmac-sha256', keyRef: 'k', key: 'secret' })).toHaveLength(1);
});

test('a mask is one character', () => {
  expect(faults('mask', { with: '😀' })).toEqual([]);
  for (const text of ['', 'ab', 'e\u0301', '\ud800']) expect(faults('mask', { with: text })).toHaveLength(1);
});

test('texts of any length are redacted, and quickly', async () => {
  const filler = [
    'a'.repeat(100_000),
    '1'.repeat(100_000),
    '1 '.repeat(50_000),
    '@.'.repeat(50_000),
    'x@y.'.repeat(25_000),
  ];
  const cells = filler.map((one) => `${one} ann@example.com, 4111-1111-1111-1111 ${one}`);
  const patterns = ['email', 'phone', 'card', 'ssn'];
  for (const cell of await cellsAfter('redact', { patterns }, cells)) {
    expect(cell).not.toContain('ann@example.com');
    expect(cell).not.toContain('4111-1111');
  }
});

test('a cell too long for a pattern of one’s own is replaced whole', async () => {
  const parameters = { patterns: ['custom'], custom: 'secret', with: '#' };
  expect(await cellsAfter('redact', parameters, ['a secret', `secret ${'x'.repeat(4000)}`])).toEqual([
    'a #',
    '#',
  ]);
});

test('what can be absent at an end of a pattern is redacted too', async () => {
  const parameters = { patterns: ['custom'], custom: 'x*ab*', with: '#' };
  expect(await cellsAfter('redact', parameters, ['xxabbb a'])).toEqual(['# #']);
});

test.each(['a*', '^', 'a|', '(?:a|b*)', '\\b', 'a{0}', '(?:a?)*b'])(
  'the pattern %s can match nothing, or repeats what can be nothing: refused',
  (custom) => {
    expect(faults('redact', { patterns: ['custom'], custom })).toHaveLength(1);
  },
);

test('a pattern of one’s own is needed, and is one', () => {
  expect(faults('redact', { patterns: ['custom'] })).toEqual(['write the pattern to look for']);
  expect(faults('redact', { patterns: ['custom'], custom: '(?=a)a' })).toHaveLength(1);
  expect(faults('redact', { patterns: ['custom'], custom: 'a+' })).toEqual([]);
});

test('the quarantine shows what hides a column, also of rows that left before', () => {
  const step = (operation: string, columns: string[], parameters: object) => ({
    operation,
    columns,
    parameters: { ...parameters },
  });
  const steps = [
    step('trim', ['card'], {}),
    step('check', ['name'], { kind: 'not-empty' }),
    step('mask', ['card'], {}),
    step('trim', ['card'], {}),
    step('hash', ['name'], {}),
  ];
  const plan = compilePlan(ruleSetOf('aside', steps), ['name', 'card', 'note']);
  const made = (index: number, column: string) =>
    plan.actions.flatMap((one) =>
      one.kind === 'assign' && one.step === index && one.column === column ? [one.id] : [],
    )[0];
  expect(quarantinedIds(plan)).toEqual([made(4, 'name'), made(2, 'card'), 'c2']);
});
