import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConnectionHandlers } from '../../../main/host/connection-calls';
import { openConnectionSecrets } from '../../../main/host/connection-secrets';
import { openConnections } from '../../../main/host/connections';
import { openSafe, type Vault } from '../../../main/host/safe';
import type { Connection } from '../../../shared/connections/connection';
import { hdfsConnectionSchema } from '../../../shared/connections/hdfs';

const PASSWORD = 'correct horse battery';
const context = { signal: new AbortController().signal, progress: () => {}, emit: () => {} };
const vault: Vault = {
  lock: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
  unlock: (locked) => Buffer.from([...locked].map((byte) => byte ^ 0x5a)).toString(),
};
const knox = hdfsConnectionSchema.parse({
  id: 'hdfs-1',
  kind: 'hdfs',
  name: 'Shop cluster',
  nameNodes: ['https://knox.example/gateway/shop'],
  user: 'ann',
  signIn: 'password',
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-connections-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (locks: Vault | undefined = undefined) => {
  const connections = openConnections(folder, openConnectionSecrets(openSafe(folder, locks)));
  return { connections, calls: createConnectionHandlers(connections) };
};
const files = async () =>
  (
    await Promise.all(
      ['connections.json', 'keys.json'].map((name) =>
        readFile(path.join(folder, name), 'utf8').catch(() => ''),
      ),
    )
  ).join('\n');

test('a file of the first version opens: its address is the only NameNode, the user is believed', async () => {
  const old = {
    id: 'c',
    kind: 'hdfs',
    name: 'Old',
    webhdfs: 'http://nn:9870',
    user: 'ann',
    livy: 'http://l:1',
  };
  const document = { format: 'dataharmonize/connections', version: 1, connections: [old] };
  await writeFile(path.join(folder, 'connections.json'), JSON.stringify(document));
  const { connections } = open();
  const { webhdfs, ...rest } = old;
  const opened = { ...rest, nameNodes: [webhdfs], signIn: 'simple', xsrfHeader: false };
  expect(await connections.find('c')).toEqual(opened);
  await connections.save(knox);
  expect(JSON.parse(await readFile(path.join(folder, 'connections.json'), 'utf8'))).toEqual({
    ...document,
    version: 2,
    connections: [opened, knox],
  });
});

test('a file of a newer version, and one that is damaged, are refused and stay as they are', async () => {
  const file = path.join(folder, 'connections.json');
  for (const [document, code] of [
    [{ format: 'dataharmonize/connections', version: 3, connections: [] }, 'document.newer'],
    [{ format: 'dataharmonize/connections', version: 1, connections: 'none' }, 'document.invalid'],
  ] as const) {
    const text = JSON.stringify(document);
    await writeFile(file, text);
    const { connections } = open();
    await expect(connections.list()).rejects.toMatchObject({ code });
    await expect(connections.save(knox)).rejects.toMatchObject({ code });
    expect(await readFile(file, 'utf8')).toBe(text);
  }
});

test('a password lasts for the session, or in the keyring; it is never in a file as it is', async () => {
  const { connections, calls } = open(vault);
  await calls['connections.save'](
    { connection: knox, secrets: { password: PASSWORD }, keep: false },
    context,
  );
  expect(await connections.secretsOf(knox)('password')).toBe(PASSWORD);
  expect(await files()).not.toContain(PASSWORD);
  const known = { known: ['password'], keyring: true };
  expect(await calls['connections.secrets']({ id: knox.id }, context)).toEqual(known);

  const later = open(vault);
  expect(await later.calls['connections.secrets']({ id: knox.id }, context)).toEqual({
    known: [],
    keyring: true,
  });
  const missing = { code: 'connection.secret-missing', message: expect.stringContaining('Shop cluster') };
  await expect(later.connections.connect(knox.id)).rejects.toMatchObject(missing);
  await later.calls['connections.save'](
    { connection: knox, secrets: { password: PASSWORD }, keep: true },
    context,
  );
  expect(await files()).toContain('connection/hdfs-1/password');
  expect(await files()).not.toContain(PASSWORD);

  const last = open(vault);
  expect(await last.connections.secretsOf(knox)('password')).toBe(PASSWORD);
  await last.calls['connections.save'](
    { connection: knox, secrets: { password: 'other' }, keep: false },
    context,
  );
  expect(await files()).not.toContain('connection/hdfs-1/password');
});

test('without a keyring nothing is kept, and that is said', async () => {
  const { connections, calls } = open();
  const wanted = { connection: knox, secrets: { password: PASSWORD }, keep: true };
  await expect(calls['connections.save'](wanted, context)).rejects.toMatchObject({
    code: 'connection.keyring',
  });
  expect(await connections.list()).toHaveLength(1);
  await calls['connections.save']({ ...wanted, keep: false }, context);
  expect(await calls['connections.secrets']({ id: knox.id }, context)).toEqual({
    known: ['password'],
    keyring: false,
  });
});

test('a secret goes with its connection, and with the way of signing in that needed it', async () => {
  const { connections, calls } = open(vault);
  const save = (connection: Connection) =>
    calls['connections.save']({ connection, secrets: { password: PASSWORD }, keep: true }, context);
  await save(knox);
  await save({ ...knox, signIn: 'simple' });
  expect(await files()).not.toContain('hdfs-1/password');
  await save(knox);
  await calls['connections.remove']({ id: knox.id }, context);
  expect(await files()).not.toContain('hdfs-1');
  await expect(connections.secretsOf(knox)('password')).rejects.toMatchObject({
    code: 'connection.secret-missing',
  });
});

test('this computer is not a connection to change; Kafka has no files, and says so', async () => {
  const { connections, calls } = open();
  const [local] = await connections.list();
  if (!local) throw new Error('This computer is missing.');
  await expect(
    calls['connections.save']({ connection: local, secrets: {}, keep: false }, context),
  ).rejects.toMatchObject({ code: 'connection.local' });
  await connections.save({ id: 'k', kind: 'kafka', name: 'Shop topics', brokers: ['127.0.0.1:1'] });
  await expect(connections.connect('k')).rejects.toMatchObject({ code: 'connection.no-files' });
  await expect(connections.topics('local')).rejects.toMatchObject({ code: 'connection.no-topics' });
});
