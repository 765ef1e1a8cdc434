import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Schema } from 'avsc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalConnector } from '../../../main/connectors/local/connector';
import { openNative } from '../../../main/engine/native';
import { sample } from '../../../main/sampling/sample';
import { shareByWeight } from '../../../main/sampling/strata';
import { type Dialect, usualDialect } from '../../../shared/document/dialect';
import { fileSamplingSchema } from '../../../shared/document/sampling';
import type { Connector } from '../../../shared/ports/connector';
import { groupPlace, shareEnd } from '../../../shared/sampling/groups';
import { avroFile, MARKER } from '../../doubles/avro';
import { decodeSample } from './decode';
import { csv, remote, type SamplingGiven } from './sources';

/** Rows by partition: most of them in one, and one that is far smaller than a block. */
const PARTITIONS = [
  ['2021', 60_000],
  ['2022', 12_000],
  ['2023', 40],
  ['2024', 9000],
] as const;
type Row = readonly [id: string, mail: string, year: string, text: string];
const rows: Row[] = [];
for (const [year, count] of PARTITIONS)
  for (let i = 0; i < count; i++)
    rows.push([`${rows.length + 1}`, `m${rows.length % 9000}@x.test`, year, 'x'.repeat(40 + (i % 120))]);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'dataharmonize-partitions-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Writes the rows in three files a partition. */
async function made(name: string, header: string, line: (row: Row) => string): Promise<string> {
  const folder = path.join(root, name);
  for (const [year] of PARTITIONS) {
    const own = rows.filter((row) => row[2] === year);
    const third = Math.ceil(own.length / 3);
    await mkdir(path.join(folder, `year=${year}`), { recursive: true });
    for (const part of [0, 1, 2]) {
      const lines = own.slice(part * third, (part + 1) * third).map((row) => `${line(row)}\n`);
      await writeFile(path.join(folder, `year=${year}`, `part-${part}`), header + lines.join(''));
    }
  }
  return folder;
}

async function drawn(folder: string, dialect: Dialect, sampling: SamplingGiven, connector: Connector) {
  const found = await sample({
    ...{ connector, path: folder, dialect, pieceBytes: 200_000, wholeBytes: 100_000 },
    sampling: fileSamplingSchema.parse(sampling),
  });
  return { ...found, cells: decodeSample(found.arrow) };
}

const byYear = (cells: readonly (readonly (string | null)[])[]) =>
  Object.fromEntries(PARTITIONS.map(([year]) => [year, cells.filter((row) => row.at(-1) === year).length]));
const random = { method: 'random', rows: 1000, seed: 7 } as const satisfies SamplingGiven;

/** What holds of random rows of any format: the same wherever they are drawn, and of each partition its share. */
async function holdsOf(folder: string, dialect: Dialect, how: string) {
  const connector = remote();
  const there = await drawn(folder, dialect, random, connector);
  expect(there.drawn).toMatchObject({ how, partitions: { read: 4, of: 4 } });
  expect(there.rows).toBe(1000);
  const ids = there.cells.map(([id]) => Number(id));
  expect(new Set(ids).size).toBe(1000);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  for (const [i, id] of ids.entries()) expect(there.cells[i]).toEqual(columnsOf(rows[id - 1] as Row));
  const shares = byYear(there.cells);
  for (const [year, count] of PARTITIONS) {
    const wanted = (1000 * count) / rows.length;
    expect(shares[year]).toBeGreaterThanOrEqual(1);
    expect(Math.abs((shares[year] ?? 0) - wanted)).toBeLessThan(Math.max(3, wanted * 0.1));
  }
  expect((await drawn(folder, dialect, random, remote(999))).cells).toEqual(there.cells);
  const other = await drawn(folder, dialect, { ...random, seed: 8 }, remote());
  expect(other.cells).not.toEqual(there.cells);
  return { there, connector };
}
const columnsOf = ([id, mail, year, text]: Row) => [id, mail, text, year];

test('random rows of a partitioned CSV: blocks of every partition, each by its size', async () => {
  const folder = await made('csv', 'id,mail,text\n', ([id, mail, , text]) => [id, mail, text].join(','));
  const { there, connector } = await holdsOf(folder, csv(), 'random-blocks');
  expect(there.columns).toEqual(['id', 'mail', 'text', 'year']);
  expect(Math.abs(there.total.rows - rows.length) / rows.length).toBeLessThan(0.1);
  expect(there.places?.kind).toBe('unknown');
  expect(there.drawn.bytes).toBeLessThanOrEqual(connector.bytes);
  const here = await drawn(folder, csv(), random, createLocalConnector());
  expect(here.cells).toEqual(there.cells);

  // Records that can't be read are told with their file and place in it.
  const broken = path.join(folder, 'year=2023', 'part-1');
  await writeFile(broken, 'id,mail,text\n1,2\n');
  const bad = await drawn(folder, csv(), random, remote());
  expect(bad.unreadable).toMatchObject([{ file: path.join('year=2023', 'part-1'), offset: 13 }]);
  // Of many small files each is a block: a header that differs is told with the file's name.
  await writeFile(broken, 'id,mail,other\n1,2,3\n');
  await expect(drawn(folder, csv(), random, remote())).rejects.toMatchObject({
    code: 'source.columns-differ',
    place: { file: broken },
  });
});

test('random rows of partitioned Avro: blocks of every partition, each by its size', async () => {
  const folder = path.join(root, 'avro');
  const fields = ['id', 'mail', 'text'].map((name) => ({ name, type: 'string' }));
  const written = async (own: readonly Row[], perBlock: number) =>
    avroFile(
      { type: 'record', name: 'Person', fields } as Schema,
      Array.from({ length: Math.ceil(own.length / perBlock) }, (_, i) =>
        own.slice(i * perBlock, (i + 1) * perBlock).map(([id, mail, , text]) => ({ id, mail, text })),
      ),
      'deflate',
    );
  for (const [year] of PARTITIONS) {
    const own = rows.filter((row) => row[2] === year);
    const half = Math.ceil(own.length / 2);
    await mkdir(path.join(folder, `year=${year}`), { recursive: true });
    for (const part of [0, 1])
      await writeFile(
        path.join(folder, `year=${year}`, `part-${part}.avro`),
        await written(own.slice(part * half, (part + 1) * half), 60 + 30 * part),
      );
  }
  const dialect = usualDialect('avro');
  const { there, connector } = await holdsOf(folder, dialect, 'random-blocks');
  expect(there.columns).toEqual(['id', 'mail', 'text', 'year']);
  expect(Math.abs(there.total.rows - rows.length) / rows.length).toBeLessThan(0.1);
  expect(there.places?.kind).toBe('unknown');
  expect(there.drawn.bytes).toBe(connector.bytes);
  expect((await drawn(folder, dialect, random, createLocalConnector())).cells).toEqual(there.cells);

  // A damaged block is told with its file and place; a file of other columns, or that is none, with its name.
  const small = ['part-0', 'part-1'].map((part) => path.join(folder, 'year=2023', `${part}.avro`));
  const whole = await readFile(small[0] ?? '');
  const broken = async (content: string | Buffer) => {
    for (const file of small) await writeFile(file, content);
    return drawn(folder, dialect, random, remote());
  };
  expect((await broken(whole.subarray(0, -1))).unreadable).toMatchObject([
    {
      file: expect.stringMatching(/^year=2023.part-/),
      record: null,
      offset: whole.indexOf(MARKER) + MARKER.length,
    },
  ]);
  for (const [content, code] of [
    [await avroFile('string', [['x']]), 'source.columns-differ'],
    ['nothing of the kind', 'source.corrupt'],
  ] as const)
    await expect(broken(content)).rejects.toMatchObject({
      code,
      place: { file: expect.stringContaining('year=2023') },
    });
});

test('random rows, whole groups and filtered rows of partitioned JSON Lines', async () => {
  const folder = await made('jsonl', '', ([id, mail, year, text]) =>
    JSON.stringify(year === '2021' ? { id, text } : { id, mail, text }),
  );
  const dialect = usualDialect('jsonl');
  const there = await drawn(folder, dialect, random, remote());
  expect(there.drawn.how).toBe('random-blocks');
  expect((await drawn(folder, dialect, random, createLocalConnector())).cells).toEqual(there.cells);
  // The key is missing in whole files; a row without it is placed by all of its cells.
  const groups = { method: 'groups' as const, keys: ['mail'], share: 0.02, rows: 50_000, seed: 3 };
  const whole = await drawn(folder, dialect, groups, remote());
  const expected = rows.filter(([id, mail, year, text]) => {
    const cells = [id, text, year === '2021' ? null : mail, year];
    return groupPlace(3, [cells[2] ?? null], cells) < shareEnd(0.02);
  });
  expect(whole.cells.map(([id]) => id)).toEqual(expected.map(([id]) => id));
  const where = { all: [{ column: 'year', test: 'equals' as const, value: '2023', ignoreCase: false }] };
  const filtered = await drawn(folder, dialect, { method: 'filter', where, rows: 10 }, remote());
  expect(filtered.drawn.matches).toBe(40);
  expect(byYear(filtered.cells)).toEqual({ 2021: 0, 2022: 0, 2023: 10, 2024: 0 });
});

test('random rows, whole groups and filtered rows of partitioned Parquet: row groups of every partition', async () => {
  const folder = path.join(root, 'parquet');
  const engine = await openNative({ folders: [root], temporaryFolder: root });
  try {
    await engine.load(
      't',
      ['id', 'mail', 'year', 'text'],
      [0, 1, 2, 3].map((i) => rows.map((row) => row[i] ?? null)),
    );
    for (const [year] of PARTITIONS) {
      await mkdir(path.join(folder, `year=${year}`), { recursive: true });
      for (const part of [0, 1])
        await engine.execute(
          `COPY (SELECT id, mail, text FROM t WHERE year = '${year}' AND CAST(id AS INTEGER) % 2 = ${part} ORDER BY CAST(id AS INTEGER))
           TO '${path.join(folder, `year=${year}`, `${part}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
        );
    }
  } finally {
    await engine.close();
  }
  const dialect = usualDialect('parquet');
  const connector = remote();
  const there = await drawn(folder, dialect, random, connector);
  expect(there.drawn).toMatchObject({ how: 'random-row-groups', partitions: { read: 4, of: 4 } });
  expect(there.drawn.parts?.read).toBeLessThan((there.drawn.parts?.of ?? 0) / 2);
  expect(there.total).toEqual({ rows: rows.length, exact: true });
  const shares = byYear(there.cells);
  for (const [year, count] of PARTITIONS)
    expect(Math.abs((shares[year] ?? 0) - (1000 * count) / rows.length)).toBeLessThan(2);
  expect((await drawn(folder, dialect, random, remote(999))).cells).toEqual(there.cells);
  expect((await drawn(folder, dialect, { ...random, seed: 8 }, remote())).cells).not.toEqual(there.cells);
  // What is looked through as a whole is the same here and over the network, in the order of the files.
  const where = { all: [{ column: 'mail', test: 'equals' as const, value: 'm7@x.test', ignoreCase: false }] };
  for (const sampling of [
    { method: 'groups', keys: ['mail'], share: 0.01, rows: 5000, seed: 3 },
    { method: 'filter', where, rows: 100 },
    { method: 'first', rows: 35_000 },
  ] satisfies SamplingGiven[]) {
    const far = await drawn(folder, dialect, sampling, remote());
    expect(far.cells).toEqual((await drawn(folder, dialect, sampling, createLocalConnector())).cells);
    expect(far.rows).toBeGreaterThan(5);
  }
});

test('a file of a folder that is replaced while others are read is told, whatever came of it', async () => {
  const folder = await made('changed', 'id,mail,text\n', ([id, mail, , text]) => [id, mail, text].join(','));
  const first = path.join(folder, 'year=2021', 'part-0');
  for (const sampling of [
    random,
    { method: 'groups', keys: ['mail'], share: 0.01, rows: 5000, seed: 3 },
    { method: 'first', rows: 80_000 },
  ] satisfies SamplingGiven[]) {
    const connector = remote();
    const { open } = connector;
    let replaced = false;
    connector.open = async function* (file, range) {
      // Another file of the same size; the one that is read after it is not touched.
      if (!replaced && file.includes('2024')) {
        replaced = true;
        await utimes(first, new Date(), new Date(Date.now() + Math.random() * 1e9));
      }
      yield* open(file, range);
    };
    await expect(drawn(folder, csv(), sampling, connector)).rejects.toMatchObject({
      code: 'source.changed',
    });
    expect(replaced).toBe(true);
  }
});

test('shares go by weight, one at least, and what some can’t take goes to the others', () => {
  expect(shareByWeight(1000, [1], [5000])).toEqual([1000]);
  expect(shareByWeight(10, [100, 1, 1], [100, 100, 100])).toEqual([8, 1, 1]);
  expect(shareByWeight(10, [1, 1, 8], [100, 0, 100])).toEqual([2, 0, 8]);
  expect(shareByWeight(100, [50, 50], [10, 1000])).toEqual([10, 90]);
  expect(shareByWeight(2, [1, 5, 3], [9, 9, 9])).toEqual([0, 1, 1]);
  expect(shareByWeight(50, [1, 1], [3, 4])).toEqual([3, 4]);
  expect(shareByWeight(7, [1, 1, 1], [9, 9, 9]).reduce((sum, one) => sum + one, 0)).toBe(7);
});
