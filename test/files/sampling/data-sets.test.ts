import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalConnector } from '../../../main/connectors/local/connector';
import { inspect, sample } from '../../../main/sampling/sample';
import { type Dialect, usualDialect } from '../../../shared/document/dialect';
import type { FileSampling } from '../../../shared/document/sampling';
import { avroFile, awkwardAvro, PEOPLE_COLUMNS, peopleFile } from '../../doubles/avro';
import { ORC_COLUMNS, ORC_FOLDER } from '../../doubles/orc';

const connector = createLocalConnector();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-set-samples-'));
});
afterAll(async () => {
  await connector.close();
  await rm(folder, { recursive: true, force: true });
});

async function made(name: string, files: Record<string, string | Buffer>): Promise<string> {
  for (const [file, content] of Object.entries(files)) {
    const target = path.join(folder, name, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return path.join(folder, name);
}
const rows = (from: number, to: number) =>
  `id;v\n${Array.from({ length: to - from }, (_, i) => `${from + i};x\n`).join('')}`;
const first = (root: string, dialect: Dialect, count: number) =>
  sample({ connector, path: root, dialect, sampling: { method: 'first', rows: count } });
const cells = (arrow: Uint8Array) =>
  tableFromIPC(arrow)
    .toArray()
    .map((row) => Object.values(row.toJSON()).slice(1));

test('a folder is looked into and sampled as one data set, keys last', async () => {
  const root = await made('csv', {
    'year=2023/a.csv': `${rows(0, 3)}bad\n`,
    'year=2024/b.csv': `${rows(3, 6)}worse\n`,
    _SUCCESS: '',
  });
  const { dialect, columns, notes } = await inspect(connector, root);
  expect(dialect).toMatchObject({ format: 'csv', delimiter: ';' });
  expect(columns).toEqual(['id', 'v', 'year']);
  expect(notes[0]).toBe('2 files as one data set; the folders’ keys year are its last columns.');
  const all = await first(root, dialect, 100);
  expect(cells(all.arrow)).toEqual(
    [0, 1, 2, 3, 4, 5].map((id) => [String(id), 'x', id < 3 ? '2023' : '2024']),
  );
  expect(all).toMatchObject({ complete: true, total: { rows: 8, exact: true }, unreadableCount: 2 });
  expect(all.unreadable).toMatchObject([
    { file: 'year=2023/a.csv', record: 4, line: 5 },
    { file: 'year=2024/b.csv', record: 4, line: 5 },
  ]);
  const some = await first(root, dialect, 4);
  expect([some.rows, some.complete, some.total.exact]).toEqual([4, false, false]);
  const samplings: FileSampling[] = [
    { method: 'random', rows: 4, seed: 1, on: 'here' },
    { method: 'groups', keys: ['year'], share: 1, seed: 1, rows: 100, on: 'here' },
  ];
  for (const sampling of samplings) {
    const drawn = await sample({ connector, path: root, dialect, sampling });
    expect(drawn.columns).toEqual(['id', 'v', 'year']);
    expect(drawn.rows).toBe(sampling.method === 'random' ? 4 : 6);
  }
});

test('keys stay last where later records bring more columns', async () => {
  const root = await made('json', { 'd=1/a.jsonl': '{"a":1}\n', 'd=2/b.jsonl': '{"a":2,"b":3}\n' });
  const { columns, arrow } = await first(root, usualDialect('jsonl'), 10);
  expect(columns).toEqual(['a', 'b', 'd']);
  expect(cells(arrow)).toEqual([
    ['1', null, '1'],
    ['2', '3', '2'],
  ]);
});

test('a folder of Avro files is one data set', async () => {
  const root = await made('avro', {
    'day=1/a.avro': await peopleFile([2, 3], 'deflate'),
    'day=2/b.avro': (await awkwardAvro())['a year that is none'] ?? Buffer.alloc(0),
  });
  const { dialect, columns } = await inspect(connector, root);
  expect([dialect, columns]).toEqual([{ format: 'avro' }, [...PEOPLE_COLUMNS, 'day']]);
  const all = await first(root, dialect, 100);
  expect(cells(all.arrow).map((row) => [row[0], row.at(-1)])).toEqual([
    ...['0', '1', '2', '3', '4'].map((id) => [id, '1']),
    ...['0', '1', '2', '3', '5'].map((id) => [id, '2']),
  ]);
  expect(all).toMatchObject({ complete: true, total: { rows: 11, exact: true }, unreadableCount: 1 });
  expect(all.unreadable).toMatchObject([{ file: 'day=2/b.avro', record: 5, line: null }]);
  const other = await made('avro-other', {
    'a.avro': await peopleFile([1]),
    'b.avro': await avroFile('string', [['x']]),
  });
  await expect(first(other, dialect, 100)).rejects.toMatchObject({ code: 'source.columns-differ' });
});

test('files of other columns are told apart; ORC is for the cluster', async () => {
  const root = await made('differs', { 'a.csv': 'id,v\n1,2\n', 'b.csv': 'id,w\n1,2\n' });
  await expect(first(root, usualDialect('csv'), 10)).rejects.toMatchObject({
    code: 'source.columns-differ',
    message: expect.stringContaining('lacks “v”, has “w”'),
  });
  const orc = await made('orc', {
    'd=1/a.orc': await readFile(path.join(ORC_FOLDER, 'people-snappy.orc')),
    'd=2/b.orc': await readFile(path.join(ORC_FOLDER, 'people-none.orc')),
  });
  expect(await inspect(connector, orc)).toMatchObject({
    dialect: { format: 'orc' },
    columns: [...ORC_COLUMNS, 'd'],
  });
  await expect(first(orc, usualDialect('orc'), 10)).rejects.toMatchObject({
    code: 'source.cluster-only',
    message: expect.stringContaining('ORC is read on the cluster only'),
  });
});
