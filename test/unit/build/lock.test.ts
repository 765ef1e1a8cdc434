import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exclusively } from '../../../build/setup/lock.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dataharmonize-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('work of the same name never overlaps', async () => {
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await turn();
    seen.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all(['a', 'b'].map((name) => exclusively('x', work(name), folder)))).toEqual([
    'a',
    'b',
  ]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(readdirSync(folder)).toEqual([]);
});

test('work that fails frees the name', async () => {
  const failure = new Error('no disk');
  await expect(exclusively('x', () => Promise.reject(failure), folder)).rejects.toBe(failure);
  expect(await exclusively('x', async () => 1, folder)).toBe(1);
});

test('a name held by a process that is gone is free', async () => {
  const beyondAnyProcess = String(2 ** 30);
  writeFileSync(path.join(folder, 'x.lock'), beyondAnyProcess);
  expect(await exclusively('x', async () => 1, folder)).toBe(1);
});
