import avro from 'avsc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { avroStream } from '../../../main/reading/avro-blocks';
import { usualDialect } from '../../../shared/document/dialect';
import { AVRO_CODECS, blockHead } from '../../../shared/reading/avro-file';
import {
  avroBlock,
  avroFile,
  avroHeaderOf,
  awkwardAvro,
  BROKEN_BLOCKS,
  MARKER,
  PEOPLE_COLUMNS,
  peopleFile,
  personCells,
  ZSTANDARD_PEOPLE,
} from '../../doubles/avro';
import { engineInFolder } from '../../doubles/native';
import { readBytes } from '../../doubles/reading';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
let awkward: Record<string, Buffer>;
beforeAll(async () => {
  [bench, awkward] = [await engineInFolder(), await awkwardAvro()];
});
afterAll(() => bench.close());

const read = (bytes: Uint8Array) => readBytes(bench.engine, bench.folder, bytes, usualDialect('avro'));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Ids that are read, and what is told of the others: record and reason. */
const told = async (name: string) => {
  const { columns, rows, unreadable } = await read(awkward[name] ?? Buffer.alloc(0));
  expect(columns).toEqual(PEOPLE_COLUMNS);
  for (const row of rows) expect(row).toEqual(personCells(Number(row[0])));
  return {
    ids: rows.map(([id]) => Number(id)),
    faults: unreadable.map(({ record, reason }) => `${record}: ${reason}`),
    unreadable,
  };
};

test('every type and logical type of a file that avsc writes', async () => {
  const schema: avro.Schema = {
    type: 'record',
    name: 'All',
    fields: [
      { name: 'flag', type: 'boolean' },
      { name: 'long', type: 'long' },
      { name: 'double', type: 'double' },
      { name: 'bytes', type: 'bytes' },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-micros' } },
      { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 } },
      { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['A', 'B'] } },
      { name: 'map', type: { type: 'map', values: 'int' } },
    ],
  };
  const parts: Buffer[] = [];
  const encoder = new avro.streams.BlockEncoder(schema, { codec: 'deflate', blockSize: 10 });
  encoder.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => encoder.on('end', resolve));
  const one = { flag: true, long: -5, double: 0.1, bytes: Buffer.from('é'), at: 1, kind: 'B', map: { x: 1 } };
  encoder.write({ ...one, price: Buffer.from([0x01, 0x00]) });
  encoder.write({ ...one, flag: false, price: Buffer.from([0xff]) });
  encoder.end();
  await ended;
  const { columns, rows, unreadable, blankLines } = await read(Buffer.concat(parts));
  expect(columns).toEqual(['flag', 'long', 'double', 'bytes', 'at', 'price', 'kind', 'map']);
  const cells = ['-5', '0.1', 'w6k=', '1970-01-01T00:00:00.000001Z'];
  expect(rows).toEqual([
    ['true', ...cells, '2.56', 'B', '{"x":1}'],
    ['false', ...cells, '-0.01', 'B', '{"x":1}'],
  ]);
  expect([unreadable, blankLines]).toEqual([[], 0]);
});

test('values that are no records stand in one column', async () => {
  const { columns, rows } = await read(await avroFile(['null', 'string'], [[null, 'x']]));
  expect([columns, rows]).toEqual([['value'], [[null], ['x']]]);
});

describe('what cannot be read is listed, and the rest is read', () => {
  test.each<[string, number]>([
    ...Object.entries({ plain: 9, deflate: 54, snappy: 504, zstandard: 504 }),
    ...Object.entries({ 'no codec stated': 2, 'no block': 0 }),
    ...Object.entries(ZSTANDARD_PEOPLE).map(([level, count]): [string, number] => [
      `zstandard of level ${level}`,
      count,
    ]),
  ])('%s: all is read', async (name, count) => {
    const { ids, faults } = await told(name);
    expect([ids, faults]).toEqual([range(0, count), []]);
  });

  test('an empty block is none', async () => {
    const { ids, faults } = await told('an empty block');
    expect([ids, faults]).toEqual([range(0, 5), []]);
  });

  const YEARS = 'a date or time outside of the years 0001 to 9999';
  const AFTER = 'it follows one in its block whose end cannot be told';
  const PACKED = 'its block cannot be decompressed, or grows beyond 256 MB';
  const DAMAGED = 'a damaged part of the file, up to the next marker; how many records it held is not known';
  const ENDED = 'the file ends within a block; how many records that held is not known';
  const packed = range(3, 7).map((record) => `${record}: ${PACKED}`);
  test.each<[string, number[], string[]]>([
    ['a year that is none', [0, 1, 2, 3, 5], [`5: ${YEARS}`]],
    ['not UTF-8', [0, 1, 2, 3, 5], ['5: not valid UTF-8']],
    [
      'a branch that is none',
      [0, 1, 2, 3, 7, 8],
      ['5: a value that its schema does not allow', `6: ${AFTER}`, `7: ${AFTER}`],
    ],
    ['more records stated', [...range(0, 6), 9], ['7: it ends too early', `8: ${AFTER}`, `9: ${AFTER}`]],
    ['fewer records stated', [...range(0, 5), 6], ['6: bytes after the last record of a block']],
    // Where the marker was lost, the block behind it cannot be told from it.
    ['a marker that is none', [0, 1, 2, 9, 10], [`4: ${DAMAGED}`]],
    ['a length that is too large', [0, 1, 2, 6, 7, 8], [`4: ${DAMAGED}`]],
    ['a length that is negative', [0, 1, 2, 6, 7, 8], [`4: ${DAMAGED}`]],
    ['a length that no block has', [0, 1, 2, 6, 7, 8], [`4: ${DAMAGED}`]],
    ['a count that no block has', [0, 1, 2, 6, 7, 8], [`4: ${DAMAGED}`]],
    ['zeros at the end', [0, 1, 2], [`4: ${DAMAGED}`]],
    ['cut in the marker', range(0, 6), [`7: ${ENDED}`]],
    ['cut in the data', range(0, 6), [`7: ${ENDED}`]],
    ['cut in the head', range(0, 9), [`10: ${ENDED}`]],
    ['cut after a block', range(0, 9), []],
    ['deflate that is none', [0, 1, 6, 7], packed],
    ['deflate that ends early', [0, 1, 6, 7], packed],
    ['snappy that is none', [0, 1, 6, 7], packed],
    ['snappy of another checksum', [0, 1, 6, 7], packed],
    ...BROKEN_BLOCKS.map((name): [string, number[], string[]] => [
      `zstandard, ${name}`,
      [0, 1, 6, 7],
      packed,
    ]),
  ])('%s', async (name, ids, faults) => {
    const found = await told(name);
    expect([found.ids, found.faults]).toEqual([ids, faults]);
    // The place is where the block begins.
    const bytes = awkward[name] ?? Buffer.alloc(0);
    for (const { line, offset } of found.unreadable) {
      expect(line).toBeNull();
      expect(bytes.subarray(offset - MARKER.length, offset)).toEqual(MARKER);
    }
  });
});

test.each<[string, Uint8Array, string]>([
  ['nothing', Buffer.alloc(0), 'source.corrupt'],
  ['no Avro', Buffer.from('Obj\u0002 and so on'), 'source.corrupt'],
  ['a header that is cut off', avroHeaderOf('string').subarray(0, -1), 'source.corrupt'],
  ['another codec', avroHeaderOf('string', 'xz'), 'source.codec'],
  ['a schema that is none', avroHeaderOf({ type: 'record', name: 'x' }), 'source.type'],
  ['no field', avroHeaderOf({ type: 'record', name: 'x', fields: [] }), 'source.empty'],
])('%s is refused', async (_, bytes, code) => {
  await expect(read(bytes)).rejects.toMatchObject({ code, unaffected: 'Nothing was written.' });
});

test('the parts of a file do not depend on how its bytes come', async () => {
  // Longer than what is read at once for a header, so that markers lie across what comes at a time.
  const long = await peopleFile([3000, 60, 3]);
  const start = (await peopleFile([3000])).length;
  // A negative length: the search for the next marker begins at once.
  long[start + 1] = (long[start + 1] ?? 0) | 1;
  for (const [name, bytes] of Object.entries({ ...awkward, long })) {
    const parts = async (chunk: number) => {
      async function* chunks() {
        for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
      }
      const found = [];
      const { header, parts: all } = await avroStream(chunks());
      for await (const part of all) found.push(part);
      expect(found.reduce((sum, { length }) => sum + length, header?.end ?? 0)).toBe(bytes.length);
      return found;
    };
    const whole = await parts(bytes.length);
    if (bytes === long) expect(whole.map(({ fault }) => fault)).toEqual([null, 'damaged', null]);
    for (const chunk of [1, 7, 100]) expect(await parts(chunk), `${name} ${chunk}`).toEqual(whole);
  }
});

test('a block of records without bytes is bounded', async () => {
  const nothing = avroHeaderOf('null');
  const { rows } = await read(Buffer.concat([nothing, await avroBlock(12_000, Buffer.alloc(0))]));
  expect(rows).toHaveLength(12_000);
  expect(blockHead(await avroBlock(10_000_001, Buffer.alloc(0)))).toBe('broken');
});

test('what is read is what was written, for blocks of all sizes', async () => {
  for (const codec of AVRO_CODECS) {
    const { rows } = await read(await peopleFile([1, 0, 2000, 7, 3000], codec));
    expect(rows).toEqual(range(0, 5008).map(personCells));
  }
});
