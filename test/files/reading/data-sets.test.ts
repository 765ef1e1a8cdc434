import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLocally } from '../../../main/run/local-run';
import { type Dialect, usualDialect } from '../../../shared/document/dialect';
import { emptyRuleSet } from '../../../shared/document/rule-set';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-sets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function made(name: string, files: Record<string, string | Buffer>): Promise<string> {
  const root = path.join(folder, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }
  return root;
}

async function run(input: string, dialect: Dialect = usualDialect('csv'), output = 'out.csv') {
  const target = path.join(folder, output);
  const report = await runLocally({
    ruleSet: emptyRuleSet('many files'),
    input,
    dialect,
    output: { path: target, format: 'csv' },
    rejects: { path: `${target}.rejects.csv`, format: 'csv' },
  });
  const lines = (await readFile(target, 'utf8')).trimEnd().split('\n');
  return { report, lines, rejects: await readFile(`${target}.rejects.csv`, 'utf8') };
}

describe('a folder is one data set', () => {
  test('its files in order, without hidden and empty ones', async () => {
    const root = await made('plain', {
      'b.csv': 'id,v\n3,c\n4,"stray"x\n',
      'a.csv': 'id,v\n1,a\n2,"b\n',
      _SUCCESS: '',
      '.a.csv.crc': 'crc',
      '_old/x.csv': 'other,columns\n1,2\n',
      'empty.csv': '',
    });
    const { report, lines, rejects } = await run(root);
    expect(lines).toEqual(['id,v', '1,a', '3,c']);
    expect(report).toMatchObject({ counts: { read: 4, kept: 2, rejected: 2 }, unreadable: 2 });
    expect(rejects).toContain('(a.csv, record 2, line 3, byte 9)');
    expect(rejects).toContain('(b.csv, record 2, line 3, byte 9)');
    const raw = await readFile(path.join(folder, 'out.csv.rejects.csv.unreadable.jsonl'), 'utf8');
    const told = raw
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ file, record }) => [file, record])).toEqual([
      ['a.csv', 2],
      ['b.csv', 2],
    ]);
  });

  test('folders named by keys become columns at the end', async () => {
    const root = await made('keys', {
      'year=2023/town=a%2Fb/x.csv': 'id\n1\n',
      'year=2023/town=__HIVE_DEFAULT_PARTITION__/x.csv': 'id\n2\n',
      'year=2024/town=é x/y.csv': 'id\n3\n"\n',
    });
    const { lines, rejects } = await run(root);
    expect(lines[0]).toBe('id,year,town');
    expect(lines.slice(1).sort()).toEqual(['1,2023,a/b', '2,2023,', '3,2024,é x']);
    expect(rejects).toContain('year=2024/town=é x/y.csv, record 2');
  });

  test('compressed files, JSON Lines with keys of their own, and Parquet', async () => {
    const packed = await made('packed', {
      'a.csv.gz': gzipSync('id\n1\n'),
      'b.csv.gz': gzipSync('id\n2\n'),
    });
    const gzip = { ...usualDialect('csv'), compression: 'gzip' as const };
    expect((await run(packed, gzip)).lines).toEqual(['id', '1', '2']);
    const json = await made('json', {
      'd=1/a.jsonl': '{"a":1}\n',
      'd=2/b.jsonl': '{"b":{"c":2},"a":3}\n',
    });
    expect((await run(json, usualDialect('jsonl'))).lines).toEqual(['a,b.c,d', '1,,1', '3,2,2']);
  });

  test.each<[string, Record<string, string>, string]>([
    ['other columns', { 'a.csv': 'id,v\n1,2\n', 'b.csv': 'id,w\n1,2\n' }, 'source.columns-differ'],
    ['another order', { 'a.csv': 'id,v\n1,2\n', 'b.csv': 'v,id\n1,2\n' }, 'source.columns-differ'],
    ['a folder without a key', { 'a.csv': 'id\n1\n', 'more/b.csv': 'id\n1\n' }, 'source.folders'],
    ['other keys', { 'x=1/a.csv': 'id\n1\n', 'y=1/b.csv': 'id\n1\n' }, 'source.folders'],
    ['a key that is a column', { 'id=1/a.csv': 'id\n1\n' }, 'source.header'],
    ['no file', { _SUCCESS: '' }, 'source.empty'],
  ])('%s', async (name, files, code) => {
    await expect(run(await made(`refused ${name}`, files))).rejects.toMatchObject({ code });
  });

  test('it says which file differs, and how', async () => {
    const root = await made('differs', { 'a.csv': 'id,v\n1,2\n', 'b.csv': 'id,w\n1,2\n' });
    await expect(run(root)).rejects.toMatchObject({
      message: expect.stringMatching(/b\.csv: .*a\.csv: it lacks “v”, has “w”\.$/),
    });
  });

  test('a run never writes among the files that it reads', async () => {
    const root = await made('among', { 'a.csv': 'id\n1\n' });
    await expect(run(root, usualDialect('csv'), 'among/out.csv')).rejects.toMatchObject({
      code: 'target.refused',
    });
  });
});
