import { expect, test } from 'vitest';
import { readDraft } from '../../../renderer/connections/draft';
import { hdfsForm } from '../../../renderer/connections/forms/hdfs';
import { kafkaForm } from '../../../renderer/connections/forms/kafka';
import { matching, sorted } from '../../../renderer/sources/arrange';
import { parentOf } from '../../../renderer/sources/paths';
import { permissionWords } from '../../../renderer/sources/permission';
import { type Connection, connectionSchema } from '../../../shared/connections/connection';
import { folderForm, partitionOf } from '../../../shared/sources/partitions';

const nothing = { secrets: {}, known: [] };
const connections: Connection[] = [
  connectionSchema.parse({
    ...{ id: 'h', kind: 'hdfs', name: 'Shop', user: 'ann', signIn: 'simple', xsrfHeader: true },
    nameNodes: ['http://nn1:9870', 'https://knox/gateway/x'],
    ...{ ca: { text: '-----BEGIN CERTIFICATE-----\nx' }, livy: 'http://l:1', yarn: 'http://y:1' },
  }),
  connectionSchema.parse({
    ...{ id: 'k', kind: 'kafka', name: 'Topics', brokers: ['b1:9092', '[::1]:9093'] },
    tls: { ca: { file: '/ca.pem' }, client: { certificate: { file: '/c.pem' }, key: { file: '/k.pem' } } },
    ...{ sasl: { mechanism: 'plain', user: 'ann' }, registry: { url: 'http://r:1', user: 'bo' } },
  }),
  connectionSchema.parse({ id: 'k', kind: 'kafka', name: 'Topics', brokers: ['b1:9092'], tls: {} }),
];

test.each(connections)('a form gives back the connection it was filled from: $name', (connection) => {
  const form = connection.kind === 'hdfs' ? hdfsForm : kafkaForm;
  const known = { secrets: {}, known: ['password', 'registry-password'] as const };
  expect(readDraft(form, form.write(connection), connection.id, known)).toEqual({
    ...{ connection, secrets: {}, faults: null },
  });
});

test('what is missing and what is wrong is told at its field', () => {
  expect(readDraft(hdfsForm, hdfsForm.blank, 'x', nothing).faults).toEqual({
    name: 'Fill this in.',
    addresses: 'Fill this in.',
    user: 'Fill this in.',
  });
  const values = { ...hdfsForm.blank, name: 'a', user: 'b', addresses: 'ftp://x', livy: 'livy:8998' };
  expect(readDraft(hdfsForm, { ...values, signIn: 'password' }, 'x', nothing).faults).toEqual({
    addresses: expect.stringContaining('http://'),
    livy: expect.stringContaining('http://'),
    password: 'Fill this in.',
  });
  const kafka = { ...kafkaForm.blank, name: 'a', brokers: 'kafka', tls: 'yes', certificate: '/c.pem' };
  expect(readDraft(kafkaForm, { ...kafka, mechanism: 'scram-sha-256' }, 'x', nothing).faults).toEqual({
    brokers: expect.stringContaining('host:port'),
    clientKey: 'Fill this in.',
    user: 'Fill this in.',
    password: 'Fill this in.',
  });
});

test('typed secrets stand beside the connection, never in it', () => {
  const values = { ...hdfsForm.blank, name: 'a', user: 'b', addresses: 'http://x', signIn: 'password' };
  const draft = readDraft(hdfsForm, values, 'x', { secrets: { password: 'geheim' }, known: [] });
  expect(draft).toMatchObject({ secrets: { password: 'geheim' }, faults: null });
  expect(JSON.stringify(draft.connection)).not.toContain('geheim');
});

test.each([
  ['year=2024', { key: 'year', value: '2024', isNull: false }],
  ['town=S%C3%A3o%20Paulo', { key: 'town', value: 'São Paulo', isNull: false }],
  ['year=__HIVE_DEFAULT_PARTITION__', { key: 'year', value: '__HIVE_DEFAULT_PARTITION__', isNull: true }],
  ['rate=100%', { key: 'rate', value: '100%', isNull: false }],
  ['=2024', null],
  ['year=', null],
  ['year', null],
])('the folder %s as a partition', (name, partition) => {
  expect(partitionOf(name)).toEqual(partition);
});

const entry = (name: string, size: number | null = 1) => ({
  ...{ name, path: `/${name}`, modified: '2026-11-26T10:00:00.000Z' },
  ...(size === null ? { kind: 'folder' as const, size: 0 } : { kind: 'file' as const, size }),
});

test('a folder of partitions, and one of parts, are each one data set; anything mixed is none', () => {
  const years = [entry('year=2023', null), entry('year=2024', null)];
  expect(folderForm([...years, entry('_SUCCESS', 0)])).toEqual({
    ...{ kind: 'partitioned', key: 'year', partitions: 2 },
  });
  expect(folderForm([...years, entry('notes.txt')])).toBeNull();
  expect(folderForm([...years, entry('month=1', null)])).toBeNull();
  expect(folderForm([entry('p-0.csv.gz', 2), entry('p-1.csv.gz', 3), entry('.crc')])).toEqual({
    ...{ kind: 'parts', ending: '.csv.gz', files: 2, bytes: 5 },
  });
  expect(folderForm([entry('a.csv'), entry('b.json')])).toBeNull();
  expect(folderForm([entry('a.csv')])).toBeNull();
  expect(folderForm([])).toBeNull();
});

test('entries stand in the order asked for, folders first, and are found by letters in any case', () => {
  const entries = [entry('b.csv', 2), entry('A.csv', 9), entry('z', null), entry('shop.dhz', 1)];
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  expect(names(sorted(entries, { by: 'name', descending: false }))).toEqual([
    ...['z', 'A.csv', 'b.csv', 'shop.dhz'],
  ]);
  expect(names(sorted(entries, { by: 'size', descending: true }))).toEqual([
    ...['z', 'A.csv', 'b.csv', 'shop.dhz'],
  ]);
  expect(names(matching(entries, 'a.C', ''))).toEqual(['A.csv']);
  expect(names(matching(entries, '', ''))).toEqual(['b.csv', 'A.csv', 'z']);
  expect(names(matching(entries, '', '.dhz'))).toEqual(['z', 'shop.dhz']);
});

test('paths and permissions in words', () => {
  expect(parentOf('/a/b')).toBe('/a');
  expect(parentOf('/a')).toBe('/');
  expect(parentOf('/')).toBeNull();
  expect(parentOf('C:\\data\\x.csv')).toBe('C:\\data');
  const owned = { ...entry('a'), owner: 'ann', group: 'staff' };
  expect(permissionWords({ ...owned, permission: '640' })).toBe('ann:staff rw-r-----');
  expect(permissionWords({ ...owned, permission: '1777' })).toBe('ann:staff rwxrwxrwt');
  expect(permissionWords(entry('a'))).toBe('');
});
