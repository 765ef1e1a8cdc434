import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inspect } from '../../../main/sampling/sample';
import { usualDialect } from '../../../shared/document/dialect';
import { usualSampling } from '../../../shared/document/sampling';
import { field, ORC_COLUMNS, ORC_FOLDER, orcEnd, orcType } from '../../doubles/orc';
import { remote, withFile } from './sources';

const look = (bytes: Uint8Array, name = 'a.orc') =>
  withFile(name, bytes, ({ path: file }) => inspect(remote(77), file));

test('files that Spark wrote, of every compression: columns by path, and what is said of them', async () => {
  const files = readdirSync(ORC_FOLDER).filter((name) => name.startsWith('people-'));
  expect(files).toHaveLength(5);
  for (const name of files) {
    const found = await look(readFileSync(path.join(ORC_FOLDER, name)));
    expect(found.dialect).toEqual({ format: 'orc' });
    expect(found.columns, name).toEqual(ORC_COLUMNS);
    expect(found.notes).toEqual([
      '3 rows, as the end of the file tells.',
      'ORC is read on the cluster only. Once it is added, a Spark job draws its sample there when you say so.',
    ]);
  }
});

const [INT, FLOAT, STRING, BINARY, LIST, MAP, STRUCT, UNION] = [3, 5, 7, 8, 10, 11, 12, 13];

test('a type that engines write in different ways is refused with its column', async () => {
  const types = [orcType(STRUCT, [1, 2], ['fine', 'odd']), orcType(FLOAT), orcType(BINARY)];
  await expect(look(orcEnd(types))).rejects.toMatchObject({
    code: 'source.type',
    message: expect.stringMatching(/“odd” has the type BINARY/),
  });
});

test('a file that is cut off or damaged anywhere in its end is a fault, never another file', async () => {
  const whole = readFileSync(path.join(ORC_FOLDER, 'people-zlib.orc'));
  for (let end = 3; end < whole.length; end += 7)
    await expect(look(whole.subarray(0, end))).rejects.toMatchObject({ code: 'source.corrupt' });
  for (let at = whole.length - 1; at > whole.length - 24; at--) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x81;
    const found = await look(changed).catch((error) => error.code);
    // Some bytes tell what is not looked at, as the writer's version.
    expect(found.columns ?? ORC_COLUMNS).toEqual(ORC_COLUMNS);
  }
});

test('samples of ORC are drawn on the cluster unless told', () => {
  expect(usualSampling(usualDialect('orc'))).toMatchObject({ method: 'random', on: 'cluster' });
});

test('a footer that is longer than a first read', async () => {
  const types = [orcType(STRUCT, [1, 2], ['id', 'v']), orcType(INT), orcType(STRING)];
  const found = await look(orcEnd(types, [field(5, Buffer.alloc(200_000))]));
  expect(found.columns).toEqual(['id', 'v']);
  expect(found.notes[0]).toBe('7 rows, as the end of the file tells.');
});

test.each<[string, Buffer[], string]>([
  ['a list of bytes', [orcType(STRUCT, [1], ['x']), orcType(LIST, [2]), orcType(BINARY)], 'source.type'],
  ['a union', [orcType(STRUCT, [1], ['x']), orcType(UNION, [2]), orcType(INT)], 'source.type'],
  [
    'a map by structs',
    [orcType(STRUCT, [1], ['x']), orcType(MAP, [2, 3]), orcType(STRUCT, [], []), orcType(INT)],
    'source.type',
  ],
  ['a name twice', [orcType(STRUCT, [1, 2], ['x', 'x']), orcType(INT), orcType(INT)], 'source.header'],
  ['a type within itself', [orcType(STRUCT, [1], ['x']), orcType(LIST, [1])], 'source.corrupt'],
  ['a type that is not there', [orcType(STRUCT, [1], ['x'])], 'source.corrupt'],
  ['a type that is none', [orcType(STRUCT, [1], ['x']), orcType(99)], 'source.corrupt'],
  ['rows that are no structs', [orcType(INT)], 'source.corrupt'],
])('%s', async (_, types, code) => {
  await expect(look(orcEnd(types))).rejects.toMatchObject({ code });
});
