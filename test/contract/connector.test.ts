import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalConnector } from '../../main/connectors/local/connector';
import { drain, faultOf } from '../doubles/outcome';
import { testConnector } from './connector-suite';

const connector = createLocalConnector();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

testConnector(
  () => ({ connector, folder, write }),
  ['plain', 'sp ace', '100%', '客户 😀', 'e\u0301', '#?;"\'+&', 'a:b', 'new\nline'],
);

test('follows links, and passes over broken ones and pipes', async () => {
  await symlink(await write('target', new Uint8Array(4)), path.join(folder, 'link'));
  await symlink('nowhere', path.join(folder, 'broken'));
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const found = await drain(connector.list(folder));
  expect(found.find(({ name }) => name === 'link')).toMatchObject({ kind: 'file', size: 4 });
  expect(found.map(({ name }) => name)).not.toContain('broken');
  expect(found.map(({ name }) => name)).not.toContain('pipe');
  expect((await faultOf(drain(connector.open(pipe)))).code).toBe('local.not-a-file');
});

test('a file that becomes shorter while it is read is truncated', async () => {
  const file = await write('shrinks', new Uint8Array(3_000_000));
  const reading = (async () => {
    for await (const _ of connector.open(file)) await truncate(file, 1_000);
  })();
  expect(await faultOf(reading)).toMatchObject({ code: 'local.truncated', place: { path: file } });
});
