import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportConnections, importConnections } from '../../../main/host/connection-file';
import { openConnectionSecrets } from '../../../main/host/connection-secrets';
import { openConnections } from '../../../main/host/connections';
import { hdfsConnectionSchema } from '../../../shared/connections/hdfs';

const knox = hdfsConnectionSchema.parse({
  ...{ id: 'hdfs-1', kind: 'hdfs', name: 'Shop', user: 'ann', signIn: 'password' },
  nameNodes: ['https://knox.example/gateway/shop'],
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-exchange-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (name: string) => openConnections(path.join(folder, name), openConnectionSecrets(null));

test('connections go to another computer without secrets, and ask for theirs there', async () => {
  const here = open('here');
  await here.save(knox);
  await here.save({ id: 'k', kind: 'kafka', name: 'Topics', brokers: ['b:1'] });
  await here.secrets.give(knox.id, { password: 'geheim' }, false);
  const file = path.join(folder, 'shared.json');
  expect(await exportConnections(here, file)).toEqual({ path: file, count: 2 });
  expect(await readFile(file, 'utf8')).not.toMatch(/geheim|This computer/);
  await expect(exportConnections(here, file)).rejects.toMatchObject({ code: 'file.exists' });

  const there = open('there');
  await there.secrets.give(knox.id, { password: 'of another one' }, false);
  const { added, present } = await importConnections(there, file);
  expect(present).toBe(0);
  expect(added).toEqual([
    { id: 'hdfs-1', name: 'Shop', asksFor: ['Password'] },
    { id: 'k', name: 'Topics', asksFor: [] },
  ]);
  expect(await there.secrets.known(knox.id)).toEqual([]);
  expect(await importConnections(there, file)).toMatchObject({ added: [], present: 2 });
});

test('an id that is taken by another connection is not taken over, nor are its secrets', async () => {
  const here = open('here');
  await here.save(knox);
  const file = path.join(folder, 'shared.json');
  await exportConnections(here, file);
  await here.save({ ...knox, nameNodes: ['https://elsewhere.example'] });
  await here.secrets.give(knox.id, { password: 'geheim' }, false);
  const { added, connections } = await importConnections(here, file);
  expect(added[0]?.id).not.toBe(knox.id);
  expect(connections).toHaveLength(3);
  expect(await here.secrets.known(added[0]?.id ?? '')).toEqual([]);
  expect(await here.secrets.known(knox.id)).toEqual(['password']);
});

test('a file that is something else, damaged or missing is refused, and nothing is taken in', async () => {
  const here = open('here');
  const file = path.join(folder, 'other.json');
  for (const [text, code] of [
    ['{"format": "dataharmonize/project", "version": 1}', 'document.format'],
    ['{"format":', 'document.syntax'],
    ['{"format": "dataharmonize/connections", "version": 9}', 'document.newer'],
    ['{"format": "dataharmonize/connections", "version": 2, "connections": [{}]}', 'document.invalid'],
  ] as const) {
    await writeFile(file, text);
    await expect(importConnections(here, file)).rejects.toMatchObject({ code });
  }
  await expect(importConnections(here, path.join(folder, 'none'))).rejects.toMatchObject({
    code: 'local.not-found',
  });
  expect(await here.list()).toHaveLength(1);
});
