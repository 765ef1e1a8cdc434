import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalConnector } from '../../../main/connectors/local/connector';
import { type AvroPart, avroStream } from '../../../main/reading/avro-blocks';
import { avroSource, partsIn } from '../../../main/sampling/avro-spans';
import { sample } from '../../../main/sampling/sample';
import { usualDialect } from '../../../shared/document/dialect';
import { fileSamplingSchema } from '../../../shared/document/sampling';
import type { Connector } from '../../../shared/ports/connector';
import {
  avroBlock,
  avroFile,
  awkwardAvro,
  MARKER,
  peopleFile,
  personBytes,
  personCells,
} from '../../doubles/avro';
import { decodeSample } from './decode';
import { remote, type SamplingGiven } from './sources';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-avro-random-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function made(name: string, content: Buffer): Promise<string> {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
}

const ODD = { type: 'record', name: 'Line', fields: [{ name: 'text', type: 'bytes' }] };

/** Values that hold markers; some of them with what looks like a block, but for its own marker. */
const oddBlocks = (count: number) =>
  Array.from({ length: count }, (_, block) =>
    Array.from({ length: 60 + (block % 40) }, (_, i) => {
      const n = block * 100 + i;
      const more = n % 3 === 0 ? [Buffer.from([4, 8]), Buffer.from(`${n}`)] : [];
      const filled = Buffer.alloc(n % 50, n);
      return { text: Buffer.concat([Buffer.from(`line ${n} `), MARKER, ...more, filled, MARKER]) };
    }),
  );

/** What tells one part of a file from another. */
const told = (part: AvroPart) => [part.offset, part.length, part.fault ?? part.count];

test('spans hold each part of a file once, as it is when all of it is read', async () => {
  const files = { ...(await awkwardAvro()), markers: await avroFile(ODD as never, oddBlocks(9)) };
  const connector = createLocalConnector();
  for (const [name, content] of Object.entries(files)) {
    const file = await made('parts.avro', content);
    const modified = (await stat(file)).mtime.toISOString();
    const found = { path: file, size: content.length, modified, connector };
    const all = [];
    async function* once() {
      yield content;
    }
    for await (const part of (await avroStream(once())).parts) all.push(told(part));
    const source = await avroSource(found, () => {});
    // Of lengths at which blocks begin and end with spans, too.
    const lengths = all.slice(0, 2).map(([, length]) => Number(length));
    for (const length of [...lengths, 211, 3000]) {
      const parts = [];
      const base = length === 211 ? 0 : source.opened.header.end;
      for (let start = base; start < content.length; start += length) {
        const span = [start, Math.min(content.length, start + length)] as const;
        parts.push(...(await partsIn({ at: 0, source }, span, 50)).items.map(told));
      }
      expect(parts, `${name} ${length}`).toEqual(all);
    }
  }
});

const random = (rows: number, seed: number) =>
  ({ method: 'random', rows, seed }) as const satisfies SamplingGiven;

async function drawn(
  file: string,
  sampling: SamplingGiven,
  connector: Connector = createLocalConnector(),
  wholeBytes = 100_000,
) {
  const found = await sample({
    ...{ connector, path: file, dialect: usualDialect('avro'), pieceBytes: 200_000, wholeBytes },
    sampling: fileSamplingSchema.parse(sampling),
  });
  return { ...found, cells: decodeSample(found.arrow) };
}
type Found = Awaited<ReturnType<typeof drawn>>;
const ids = ({ cells }: Found) => cells.map(([id]) => Number(id));

/** Counts of blocks that come to so many people, by a rule that says how many are in each. */
function blocksOf(people: number, size: (block: number) => number): number[] {
  const counts: number[] = [];
  for (let left = people; left > 0; left -= counts.at(-1) ?? left)
    counts.push(Math.min(left, size(counts.length)));
  return counts;
}

describe('of a large file only blocks are read', () => {
  const PEOPLE = 120_000;
  const counts = blocksOf(PEOPLE, (block) => 40 + ((block * 7919) % 400));
  test.each(['null', 'deflate', 'zstandard'] as const)('%s: the same ones wherever it is', async (codec) => {
    const content = await peopleFile(counts, codec);
    const file = await made(`${codec}.avro`, content);
    const connector = remote();
    const there = await drawn(file, random(500, 7), connector);
    expect(there.drawn).toMatchObject({ how: 'random-blocks', sampling: random(500, 7) });
    expect(there.rows).toBe(500);
    expect(connector.bytes).toBeLessThan(content.length * 0.6);
    expect(there.drawn.bytes).toBe(connector.bytes);
    expect(there.drawn.parts?.read).toBeGreaterThan(3);
    expect(there.drawn.parts?.read).toBeLessThan((there.drawn.parts?.of ?? 0) / 2);
    // Rows as they are, none twice, in the order of the source; how many there are is estimated, and said to be.
    for (const [i, id] of ids(there).entries()) expect(there.cells[i]).toEqual(personCells(id));
    expect(new Set(ids(there)).size).toBe(500);
    expect(ids(there)).toEqual(ids(there).sort((a, b) => a - b));
    expect(there).toMatchObject({ complete: false, total: { exact: false }, places: { kind: 'unknown' } });
    expect(Math.abs(there.total.rows / PEOPLE - 1)).toBeLessThan(0.05);
    expect(there.unreadableCount).toBe(0);
    for (const other of [remote(777), createLocalConnector()])
      expect((await drawn(file, random(500, 7), other)).cells).toEqual(there.cells);
    expect((await drawn(file, random(500, 8))).cells).not.toEqual(there.cells);
  });

  test('all of a small file, and where blocks are few or most rows are wanted', async () => {
    const content = await peopleFile(counts);
    const file = await made('whole.avro', content);
    const whole = async (found: Promise<Found>) =>
      expect(await found).toMatchObject({
        drawn: { how: 'random-rows' },
        total: { rows: PEOPLE, exact: true },
      });
    await whole(drawn(file, random(500, 7), createLocalConnector(), content.length));
    await whole(drawn(file, random(PEOPLE / 2, 7)));
    const few = await made('few.avro', await peopleFile([PEOPLE / 3, PEOPLE / 3, PEOPLE / 3]));
    await whole(drawn(few, random(500, 7)));
  });
});

test('people of short blocks and of long ones are as likely', async () => {
  // As many people in blocks of a hundred as in those of two thousand, in turn.
  const counts = blocksOf(160_000, (block) => (block % 21 === 20 ? 2000 : 100));
  const long = new Set<number>();
  let id = 0;
  for (const count of counts) for (let i = 0; i < count; i++, id++) if (count === 2000) long.add(id);
  const file = await made('uneven.avro', await peopleFile(counts));
  let found = 0;
  const seeds = Array.from({ length: 8 }, (_, seed) => seed);
  for (const seed of seeds) {
    const one = await drawn(file, random(1000, seed));
    expect(one.drawn.how).toBe('random-blocks');
    found += ids(one).filter((own) => long.has(own)).length;
  }
  expect(Math.abs(found / (seeds.length * 1000) - 0.5)).toBeLessThan(0.08);
});

test('a marker among the data is none, whatever stands behind it', async () => {
  const blocks = oddBlocks(700);
  const file = await made('odd.avro', await avroFile(ODD as never, blocks));
  const all = new Set(blocks.flat().map(({ text }) => text.toString('base64')));
  for (let seed = 0; seed < 4; seed++) {
    const found = await drawn(file, random(2000, seed));
    expect(found.drawn.how).toBe('random-blocks');
    expect(found.unreadable).toEqual([]);
    expect(found.rows).toBe(2000);
    expect(found.cells.every(([text]) => all.has(text ?? ''))).toBe(true);
    expect(Math.abs(found.total.rows / blocks.flat().length - 1)).toBeLessThan(0.1);
  }
});

test('damaged parts of what is read are told as they are when all is read', async () => {
  const NEVER = 5_000_000;
  const parts: Buffer[] = [await peopleFile([10])];
  let id = 10;
  for (let block = 0; block < 900; block++) {
    const born = (i: number) => (block % 9 === 4 && i === 3 ? NEVER : undefined);
    const people = Array.from({ length: 100 }, (_, i) => personBytes(id + i, born(i)));
    id += 100;
    const whole = await avroBlock(100, Buffer.concat(people));
    if (block % 9 === 0) whole[whole.length - 3] = 0;
    if (block % 9 === 1) whole[1] = 1;
    if (block % 9 === 2) whole[20] = 0xff;
    parts.push(block % 9 === 3 ? whole.subarray(0, -40) : whole);
  }
  // Longer than what is kept of a damaged part, and an end that is cut off.
  const long = await avroBlock(3, Buffer.alloc(1_500_000, 7), { length: -1 });
  const whole = Buffer.concat([...parts.slice(0, 500), long, ...parts.slice(500)]).subarray(0, -5);
  const file = await made('damaged.avro', whole);
  const all = await drawn(file, random(200_000, 1), createLocalConnector(), whole.length);
  expect(all.drawn.how).toBe('random-rows');
  const known = new Map(all.unreadable.map(({ offset, reason }) => [`${offset} ${reason}`, 0]));
  const rows = new Set(all.cells.map((cells) => JSON.stringify(cells)));
  expect(known.size).toBeGreaterThan(300);
  for (let seed = 0; seed < 8; seed++) {
    const found = await drawn(file, random(300, seed), remote());
    expect(found.drawn.how).toBe('random-blocks');
    expect(found.rows).toBe(300);
    for (const cells of found.cells) expect(rows.has(JSON.stringify(cells))).toBe(true);
    expect(found.unreadableCount).toBe(found.unreadable.length);
    expect(found.unreadableCount).toBeGreaterThan(10);
    for (const { offset, reason, record, line } of found.unreadable) {
      const place = `${offset} ${reason}`;
      expect(known.has(place), place).toBe(true);
      expect([record, line]).toEqual([null, null]);
      known.set(place, 1);
    }
    const again = await drawn(file, random(300, seed));
    expect([again.cells, again.unreadable]).toEqual([found.cells, found.unreadable]);
  }
  // Each kind of damage was met.
  const met = [...known].filter(([, times]) => times > 0).map(([place]) => place.replace(/^\d+ /, ''));
  expect(new Set(met)).toEqual(new Set(all.unreadable.map(({ reason }) => reason)));
});
