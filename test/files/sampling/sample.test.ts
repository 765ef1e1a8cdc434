import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openNative } from '../../../main/engine/native';
import { readFooter } from '../../../main/sampling/row-groups';
import { sample } from '../../../main/sampling/sample';
import { writeThrift } from '../../../main/sampling/thrift';
import { usualDialect } from '../../../shared/document/dialect';
import { fileSamplingSchema } from '../../../shared/document/sampling';
import { groupPlace, shareEnd } from '../../../shared/sampling/groups';
import { awkwardAvro, MARKER, peopleFile, personCells } from '../../doubles/avro';
import { decodePlaces } from './decode';
import { csv, remote, type SamplingGiven, withFile } from './sources';

const ROWS = 30_000;
const row = (i: number) => [`${i}`, `Person ${i % 7000}`, i % 3 === 0 ? '' : `k${i % 5000}@example.org`];
const header = 'id,name,e-mail\n';
const text = header + Array.from({ length: ROWS }, (_, i) => `${row(i + 1).join(',')}\n`).join('');
const random: SamplingGiven = { method: 'random', rows: 500, seed: 7, on: 'here' };
const ids = (cells: (string | null)[][]) => cells.map(([id]) => Number(id));

test('random rows are the same here and over the network, whatever the chunks; another seed draws others', () =>
  withFile('people.csv', text, async ({ draw }) => {
    const here = await draw(random, csv());
    expect(here.rows).toBe(500);
    expect(here.total).toEqual({ rows: ROWS, exact: true });
    expect(here.drawn).toMatchObject({ how: 'random-rows', sampling: random });
    // Rows carry their number in the source, and come in its order.
    expect(decodePlaces(here.places?.at ?? new Uint8Array())).toEqual(ids(here.cells));
    expect(ids(here.cells)).toEqual(ids(here.cells).sort((a, b) => a - b));
    for (const chunk of [997, 65_536]) {
      const there = await draw(random, csv(), remote(chunk));
      expect(there.cells).toEqual(here.cells);
    }
    const other = await draw({ ...random, seed: 8 }, csv());
    expect(other.cells).not.toEqual(here.cells);
    // Spread over the whole file.
    const quarters = [0, 0, 0, 0];
    for (const id of ids(here.cells)) {
      const quarter = Math.floor(((id - 1) / ROWS) * 4);
      quarters[quarter] = (quarters[quarter] ?? 0) + 1;
    }
    for (const found of quarters) expect(Math.abs(found - 125)).toBeLessThan(45);
  }));

test('quoted line breaks, encodings and compression are read as a whole and drawn alike', () =>
  withFile('people.csv', text.replaceAll('Person 12,', '"Person\n12",'), async ({ draw }) => {
    const dialect = csv({ lineBreaks: true });
    const here = await draw(random, dialect);
    expect(here.drawn.how).toBe('random-rows');
    expect((await draw(random, dialect, remote())).cells).toEqual(here.cells);
    const groups: SamplingGiven = { method: 'groups', keys: ['name'], share: 0.05, rows: 20_000, seed: 1 };
    const drawn = await draw(groups, dialect);
    expect((await draw(groups, dialect, remote(777))).cells).toEqual(drawn.cells);
  }));

test('whole groups: every row of a drawn key, none of the others', () =>
  withFile('people.csv', text, async ({ draw }) => {
    const groups: SamplingGiven = { method: 'groups', keys: ['e-mail'], share: 0.1, rows: 20_000, seed: 3 };
    const drawn = await draw(groups, csv());
    const end = shareEnd(0.1);
    const expected = Array.from({ length: ROWS }, (_, i) => row(i + 1)).filter(
      ([id = '', name = '', mail = '']) => groupPlace(3, [mail], [id, name, mail]) < end,
    );
    expect(ids(drawn.cells)).toEqual(expected.map(([id]) => Number(id)));
    expect(drawn.drawn).toMatchObject({ how: 'whole-groups', share: 0.1 });
    // Too many rows: a smaller share, of whole groups still.
    const few = await draw({ ...groups, rows: 300 }, csv(), remote());
    expect(few.rows).toBeLessThanOrEqual(300);
    expect(few.rows).toBeGreaterThan(280);
    expect(few.drawn.share).toBeLessThan(0.1);
    const lowered = expected.filter(
      ([id = '', name = '', mail = '']) =>
        groupPlace(3, [mail], [id, name, mail]) < shareEnd(few.drawn.share ?? 0),
    );
    expect(ids(few.cells)).toEqual(lowered.map(([id]) => Number(id)));
    await expect(draw({ ...groups, keys: ['gone'] }, csv())).rejects.toMatchObject({
      code: 'sample.no-column',
    });
    const one = { ...groups, keys: ['e-mail'], share: 1e-9 };
    await expect(draw(one, csv())).rejects.toMatchObject({ code: 'sample.no-groups' });
  }));

test('rows that meet conditions: the first of them, and how many there are', () =>
  withFile('people.csv', text, async ({ draw }) => {
    const where = {
      all: [{ column: 'name', test: 'equals' as const, value: 'person 12', ignoreCase: true }],
    };
    const found = await draw({ method: 'filter', where, rows: 3 }, csv());
    expect(ids(found.cells)).toEqual([12, 7012, 14_012]);
    expect(found.drawn).toMatchObject({ how: 'filtered', matches: 5 });
    expect(found.total).toEqual({ rows: ROWS, exact: true });
    expect((await draw({ method: 'filter', where, rows: 3 }, csv(), remote())).cells).toEqual(found.cells);
  }));

test('JSON Lines over the network: columns that a part lacks are missing there', () => {
  const lines = Array.from({ length: 4000 }, (_, i) =>
    JSON.stringify(i < 2000 ? { id: `${i + 1}` } : { id: `${i + 1}`, late: i % 2 === 0 ? 'x' : 'y' }),
  );
  return withFile('people.jsonl', `${lines.join('\n')}\n`, async ({ draw }) => {
    const dialect = usualDialect('jsonl');
    const where = { all: [{ column: 'late', test: 'equals' as const, value: 'x', ignoreCase: false }] };
    const here = await draw({ method: 'filter', where, rows: 5 }, dialect);
    expect(ids(here.cells)).toEqual([2001, 2003, 2005, 2007, 2009]);
    expect((await draw({ method: 'filter', where, rows: 5 }, dialect, remote())).cells).toEqual(here.cells);
    const there = await draw({ ...random, rows: 50 }, dialect, remote());
    expect(there.cells).toEqual((await draw({ ...random, rows: 50 }, dialect)).cells);
  });
});

test('records that can’t be read are told with their places, and no row is drawn twice or lost', () =>
  withFile(
    'people.csv',
    text.replace('\n500,', '\n"500,').replace('\n29000,', '\n29000,x,'),
    async ({ draw }) => {
      const here = await draw({ ...random, rows: ROWS }, csv());
      expect(here.rows).toBe(ROWS - 2);
      expect(here.unreadableCount).toBe(2);
      expect(here.unreadable.map((one) => one.line)).toEqual([501, 29_001]);
      const there = await draw({ ...random, rows: ROWS }, csv(), remote());
      expect(there.unreadable).toEqual(here.unreadable);
      expect(there.cells).toEqual(here.cells);
      expect(here.complete).toBe(true);
    },
  ));

test('of a large file only blocks are read: the same ones, with their places', async () => {
  // 70 MB, of records that differ in length.
  const long = 'x'.repeat(300);
  const parts = [header];
  const count = 400_000;
  for (let i = 1; i <= count; i++) parts.push(`${i},${long.slice(i % 250)},m${i}\n`);
  await withFile('large.csv', parts.join(''), async ({ path, size, draw }) => {
    expect(size).toBeGreaterThan(64 * 1024 ** 2);
    const connector = remote();
    const there = await draw({ ...random, rows: 2000 }, csv(), connector);
    expect(there.drawn.how).toBe('random-blocks');
    expect(there.rows).toBe(2000);
    expect(connector.bytes).toBeLessThan(size / 6);
    expect(there.drawn.bytes).toBeLessThanOrEqual(connector.bytes);
    expect(Math.abs(there.total.rows - count) / count).toBeLessThan(0.15);
    const again = await draw({ ...random, rows: 2000 }, csv(), remote(1234));
    expect(again.cells).toEqual(there.cells);
    expect((await draw({ ...random, rows: 2000 }, csv())).cells).toEqual(there.cells);
    expect((await draw({ ...random, rows: 2000, seed: 8 }, csv())).cells).not.toEqual(there.cells);
    // Where rows begin is told.
    const places = decodePlaces(there.places?.at ?? new Uint8Array());
    expect(there.places?.kind).toBe('byte');
    for (const i of [0, 999, 1999]) {
      const found: Buffer[] = [];
      for await (const part of remote().open(path, { offset: places[i] ?? 0, length: 8 }))
        found.push(Buffer.from(part));
      expect(Buffer.concat(found).toString()).toMatch(new RegExp(`^${there.cells[i]?.[0]},`));
    }
    // No part of the file is favoured: the mean of ids is that of all.
    const all = ids(there.cells);
    expect(new Set(all).size).toBe(2000);
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    expect(Math.abs(mean / count - 0.5)).toBeLessThan(0.15);
  });
});

async function parquet(rows: number, perGroup: number): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'dataharmonize-parquet-'));
  const engine = await openNative({ folders: [folder], temporaryFolder: folder });
  try {
    const file = join(folder, 'made.parquet');
    await engine.execute(
      `COPY (SELECT i AS id, 'Person ' || (i % 700) AS name, i * 1.5 AS amount, DATE '2020-01-01' + CAST(i % 900 AS INTEGER) AS day
       FROM range(1, ${rows + 1}) t(i)) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE ${perGroup})`,
    );
    return await readFile(file);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test('Parquet over the network: row groups by ranges, cells as they are read here', async () =>
  withFile('people.parquet', await parquet(ROWS, 2048), async ({ path, size, draw }) => {
    const dialect = usualDialect('parquet');
    const first: SamplingGiven = { method: 'first', rows: 100 };
    const connector = remote();
    const there = await draw(first, dialect, connector);
    expect(there.cells).toEqual((await draw(first, dialect)).cells);
    expect(there.total).toEqual({ rows: ROWS, exact: true });
    for (const sampling of [
      { ...random, rows: 400 },
      { method: 'groups', keys: ['name'], share: 0.02, rows: 20_000, seed: 5 },
      { method: 'filter', where: { all: [{ column: 'name', test: 'is-not-empty' }] }, rows: 2100 },
    ] satisfies SamplingGiven[])
      expect((await draw(sampling, dialect, remote())).cells).toEqual((await draw(sampling, dialect)).cells);

    const footer = await readFooter({
      connector: remote(),
      path,
      size,
      modified: (await stat(path)).mtime.toISOString(),
    });
    expect(footer.rows).toBe(ROWS);
    expect(footer.groups).toHaveLength(Math.ceil(ROWS / 2048));
    // A footer is written as it was read.
    expect(writeThrift(footer.struct)).toEqual((await readFile(path)).subarray(footer.start, size - 8));
  }));

test('a Parquet file whose footer is cut off is a fault', async () => {
  const whole = await parquet(5000, 2048);
  for (const end of [whole.length - 20, whole.length - 1, 10]) {
    await withFile('cut.parquet', whole.subarray(0, end), async ({ draw }) => {
      const dialect = usualDialect('parquet');
      await expect(draw(random, dialect, remote())).rejects.toMatchObject({ code: 'source.corrupt' });
    });
  }
});

test('Avro: by blocks over the network, cells as they are read here; the first rows take only the first parts', async () => {
  const blocks = Array.from({ length: 300 }, () => 100);
  const dialect = usualDialect('avro');
  await withFile('people.avro', await peopleFile(blocks), async ({ size, draw }) => {
    expect(size).toBeGreaterThan(900_000);
    for (const connector of [remote(), undefined]) {
      const first = await draw({ method: 'first', rows: 250 }, dialect, connector);
      expect(first.cells).toEqual(Array.from({ length: 250 }, (_, i) => personCells(i)));
      expect(first.total.exact).toBe(false);
      expect(Math.abs(first.total.rows / ROWS - 1)).toBeLessThan(0.15);
      expect(first.drawn.bytes).toBeLessThan(size);
      const all = await draw({ method: 'first', rows: 100_000 }, dialect, connector);
      expect(all.cells).toHaveLength(ROWS);
      expect(all).toMatchObject({ complete: true, total: { rows: ROWS, exact: true } });
    }
    for (const sampling of [
      random,
      { method: 'groups', keys: ['address.city'], share: 0.02, rows: 20_000, seed: 5 },
      { method: 'filter', where: { all: [{ column: 'name', test: 'is-empty' }] }, rows: 2100 },
    ] satisfies SamplingGiven[]) {
      const here = await draw(sampling, dialect);
      expect(here.cells.length).toBeGreaterThan(100);
      expect((await draw(sampling, dialect, remote(777))).cells).toEqual(here.cells);
    }
  });
});

test('damaged Avro: what is told of the file is told alike however it comes', async () => {
  for (const [name, content] of Object.entries(await awkwardAvro())) {
    await withFile(`${name}.avro`, content, async ({ draw }) => {
      const dialect = usualDialect('avro');
      const sampling: SamplingGiven = { ...random, rows: 20_000 };
      const here = await draw(sampling, dialect);
      for (const connector of [remote(50), undefined]) {
        const first = await draw({ method: 'first', rows: 20_000 }, dialect, connector);
        expect(first.cells).toEqual(here.cells);
        expect(first.unreadable).toEqual(here.unreadable);
      }
      expect((await draw(sampling, dialect, remote(50))).unreadable).toEqual(here.unreadable);
    });
  }
});

test('a long damaged stretch of Avro is passed over without being kept', async () => {
  const whole = await peopleFile([2, 45_000, 3]);
  const start = whole.indexOf(MARKER, (await peopleFile([2])).length - 16) + 16;
  // The number of bytes that the long block states.
  whole[start + 3] = 0xff;
  expect(whole.length).toBeGreaterThan(1_200_000);
  await withFile('long.avro', whole, async ({ draw }) => {
    const here = await draw({ ...random, rows: 20_000 }, usualDialect('avro'));
    const there = await draw({ method: 'first', rows: 20_000 }, usualDialect('avro'), remote());
    expect(here.cells.map(([id]) => id)).toEqual(['0', '1', '45002', '45003', '45004']);
    expect(there.cells).toEqual(here.cells);
    expect(here.unreadable).toMatchObject([{ record: 3, line: null, offset: start }]);
    expect(there.unreadable).toEqual(here.unreadable);
    expect(there.total).toEqual({ rows: 6, exact: true });
  });
});

test('drawing is given up at once, and tells how far it is', () =>
  withFile('people.csv', text, async ({ path }) => {
    const giving = new AbortController();
    const told: number[] = [];
    const groups: SamplingGiven = { method: 'groups', keys: ['name'], share: 0.05, rows: 20_000, seed: 1 };
    const drawing = sample({
      ...{
        connector: remote(1000),
        path,
        dialect: csv(),
        sampling: fileSamplingSchema.parse(groups),
        pieceBytes: 100_000,
      },
      signal: giving.signal,
      onProgress: ({ rows }) => {
        told.push(rows);
        if (rows > 5000) giving.abort();
      },
    });
    await expect(drawing).rejects.toThrow();
    expect(Math.max(...told)).toBeLessThan(ROWS);
  }));
