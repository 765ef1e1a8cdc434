import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import avro from 'avsc';
import type { AvroCodec as Codec } from '../../shared/reading/avro-file';
import { snappyBlock } from './snappy';
import { BROKEN_ZSTD, zstdRaw } from './zstd';

export const MARKER = Buffer.from('0123456789abcdef');

const long = (value: number) => avro.Type.forSchema('long').toBuffer(value);
const text = (value: string | Buffer) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([long(bytes.length), bytes]);
};

async function pack(codec: Codec, content: Buffer): Promise<Buffer> {
  if (codec === 'null') return content;
  if (codec === 'deflate') return deflateRawSync(content);
  if (codec === 'zstandard') return zstdRaw(content);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([await snappyBlock(content), checksum]);
}

/** The header of a container file. */
export function avroHeaderOf(schema: unknown, codec: string | null = 'null'): Buffer {
  const facts = [text('avro.schema'), text(JSON.stringify(schema))];
  if (codec !== null) facts.push(text('avro.codec'), text(codec));
  return Buffer.concat([Buffer.from('Obj\u0001'), long(facts.length / 2), ...facts, long(0), MARKER]);
}

/** A block of a container file; what it states, packs and ends with may be told otherwise. */
export async function avroBlock(
  count: number,
  content: Buffer,
  {
    codec = 'null',
    data,
    length,
    marker = MARKER,
  }: { codec?: Codec; data?: Buffer; length?: number; marker?: Buffer } = {},
): Promise<Buffer> {
  const packed = data ?? (await pack(codec, content));
  return Buffer.concat([long(count), long(length ?? packed.length), packed, marker]);
}

/** A container file with a block for each list of records, in Avro's own words by avsc. */
export async function avroFile(
  schema: avro.Schema,
  blocks: readonly (readonly unknown[])[],
  codec: Codec = 'null',
): Promise<Buffer> {
  const type = avro.Type.forSchema(schema);
  const made = blocks.map((records) =>
    avroBlock(records.length, Buffer.concat(records.map((one) => type.toBuffer(one))), { codec }),
  );
  return Buffer.concat([avroHeaderOf(schema, codec), ...(await Promise.all(made))]);
}

const PEOPLE = {
  type: 'record',
  name: 'Person',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'name', type: ['null', 'string'] },
    { name: 'born', type: { type: 'int', logicalType: 'date' } },
    {
      name: 'address',
      type: ['null', { type: 'record', name: 'Address', fields: [{ name: 'city', type: 'string' }] }],
    },
    { name: 'tags', type: { type: 'array', items: 'string' } },
  ],
} as const;

const person = avro.Type.forSchema(PEOPLE as unknown as avro.Schema);
export const PEOPLE_COLUMNS = ['id', 'name', 'born', 'address.city', 'tags'];

/** A person's bytes. `born`: days since 1970, which may lie outside of the years that are read. */
export const personBytes = (id: number, born = id): Buffer =>
  person.toBuffer({
    id,
    name: id % 3 === 0 ? null : `name "${id}"`,
    born,
    address: id % 2 === 0 ? null : { city: `Café, ${id}` },
    tags: id % 5 === 0 ? [] : ['a', `b${id}`],
  });

/** The cells that a person is read as. */
export const personCells = (id: number): (string | null)[] => [
  String(id),
  id % 3 === 0 ? null : `name "${id}"`,
  new Date(id * 86_400_000).toISOString().slice(0, 10),
  id % 2 === 0 ? null : `Café, ${id}`,
  id % 5 === 0 ? '[]' : `["a","b${id}"]`,
];

const people = (from: number, to: number) =>
  Buffer.concat(Array.from({ length: to - from }, (_, i) => personBytes(from + i)));

/** A file of people, with as many in each block as told. */
export async function peopleFile(blocks: readonly number[], codec: Codec = 'null'): Promise<Buffer> {
  const parts = [avroHeaderOf(PEOPLE, codec)];
  let id = 0;
  for (const count of blocks) {
    parts.push(await avroBlock(count, people(id, id + count), { codec }));
    id += count;
  }
  return Buffer.concat(parts);
}

/** Files of people that Avro 1.11.4 for Java wrote with zstd-jni, at this level; how many people are in each. */
export const ZSTANDARD_PEOPLE = { 1: 150, 3: 120, 9: 300, 22: 800 } as const;
export const zstandardPeople = (level: number | string): Buffer =>
  readFileSync(path.join(import.meta.dirname, `avro-zstandard/people-${level}.avro`));

export const BROKEN_BLOCKS = ['nothing of the kind', 'no last block', 'another checksum', 'a dictionary'];

const NEVER = 5_000_000;
const cut = (bytes: Buffer, end: number) => bytes.subarray(0, bytes.length + end);

/** Files of people, by what is awkward about them; each begins with a block that can be read. */
export async function awkwardAvro(): Promise<Record<string, Buffer>> {
  const header = avroHeaderOf(PEOPLE);
  const good = (from: number, to: number) => avroBlock(to - from, people(from, to));
  const file = async (...parts: (Buffer | Promise<Buffer>)[]) =>
    Buffer.concat([header, await good(0, 3), ...(await Promise.all(parts))]);
  const packedFile = async (codec: Codec, data: Buffer) =>
    Buffer.concat([
      avroHeaderOf(PEOPLE, codec),
      await avroBlock(2, people(0, 2), { codec }),
      await avroBlock(4, Buffer.alloc(0), { data }),
      await avroBlock(2, people(6, 8), { codec }),
    ]);
  const packed = await pack('snappy', people(2, 6));
  const three = await file(good(3, 6), good(6, 9));
  const block = await good(3, 6);
  const badBranch = Buffer.concat([long(3), long(7)]);
  return {
    plain: await peopleFile([3, 1, 5]),
    deflate: await peopleFile([3, 1, 50], 'deflate'),
    snappy: await peopleFile([3, 1, 500], 'snappy'),
    zstandard: await peopleFile([3, 1, 500], 'zstandard'),
    ...Object.fromEntries(
      Object.keys(ZSTANDARD_PEOPLE).map((level) => [`zstandard of level ${level}`, zstandardPeople(level)]),
    ),
    'no codec stated': Buffer.concat([avroHeaderOf(PEOPLE, null), await good(0, 2)]),
    'no block': header,
    'an empty block': await file(avroBlock(0, Buffer.alloc(0)), good(3, 5)),
    'a year that is none': await file(
      avroBlock(3, Buffer.concat([personBytes(3), personBytes(4, NEVER), personBytes(5)])),
    ),
    'not UTF-8': await file(
      avroBlock(
        3,
        Buffer.concat([
          personBytes(3),
          Buffer.from(personBytes(4).toString('latin1').replace('name', 'n\xffme'), 'latin1'),
          personBytes(5),
        ]),
      ),
    ),
    'a branch that is none': await file(
      avroBlock(4, Buffer.concat([personBytes(3), badBranch, personBytes(5)])),
      good(7, 9),
    ),
    'more records stated': await file(avroBlock(6, people(3, 6)), good(9, 10)),
    'fewer records stated': await file(avroBlock(2, people(3, 6)), good(6, 7)),
    'a marker that is none': await file(
      avroBlock(3, people(3, 6), { marker: Buffer.alloc(16, 1) }),
      good(6, 9),
      good(9, 11),
    ),
    'a length that is too large': await file(avroBlock(3, people(3, 6), { length: 9_999 }), good(6, 9)),
    'a length that is negative': await file(avroBlock(3, people(3, 6), { length: -1 }), good(6, 9)),
    'a length that no block has': await file(avroBlock(3, people(3, 6), { length: 2 ** 40 }), good(6, 9)),
    'a count that no block has': await file(avroBlock(2 ** 40, people(3, 6)), good(6, 9)),
    'zeros at the end': await file(Buffer.alloc(100)),
    'cut in the marker': cut(three, -1),
    'cut in the data': cut(three, -30),
    'cut in the head': Buffer.concat([three, block.subarray(0, 1)]),
    'cut after a block': three,
    'deflate that is none': await packedFile('deflate', Buffer.from('nothing of the kind')),
    'deflate that ends early': await packedFile('deflate', deflateRawSync(people(2, 6)).subarray(0, 20)),
    'snappy that is none': await packedFile('snappy', Buffer.from('nothing of the kind')),
    'snappy of another checksum': await packedFile(
      'snappy',
      Buffer.concat([packed.subarray(0, -1), Buffer.from([(packed.at(-1) ?? 0) ^ 1])]),
    ),
    ...Object.fromEntries(
      await Promise.all(
        BROKEN_BLOCKS.map(async (name) => [
          `zstandard, ${name}`,
          await packedFile('zstandard', BROKEN_ZSTD[name] ?? Buffer.alloc(0)),
        ]),
      ),
    ),
  };
}
