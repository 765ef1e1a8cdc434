import { inflateRawSync } from 'node:zlib';
import { decompress as unzstd } from 'fzstd';
import { decompressBlock as unlz4 } from 'lz4js';
import { isFault } from '../../shared/contract/errors';
import { checkNames } from '../reading/csv-header';
import { fileFault } from '../reading/file-fault';
import { unsnappy } from '../reading/snappy';
import { bytesOf, type FoundFile } from './found-file';
import { bytesIn, numberOf, numbersOf, type ProtobufMessage, readProtobuf } from './protobuf';

/** What the end of an ORC file tells of it. Its rows are read on the cluster only. */
export type OrcFooter = { readonly columns: readonly string[]; readonly rows: number };

const MAGIC = 'ORC';
const FIRST_TAIL = 64 * 1024;
const LARGEST_FOOTER = 64 * 1024 * 1024;
// Fields of ORC's own messages.
const [TAIL_FOOTER, TAIL_COMPRESSION, TAIL_MAGIC] = [1, 2, 8000];
const [FOOTER_TYPES, FOOTER_ROWS] = [4, 6];
const [TYPE_KIND, TYPE_PARTS, TYPE_NAMES] = [1, 2, 3];

/** Types by ORC's own numbers; `refused`: those that engines write as text in different ways. */
const KINDS = [
  ...['BOOLEAN', 'BYTE', 'SHORT', 'INT', 'LONG', 'FLOAT', 'DOUBLE', 'STRING', 'BINARY', 'TIMESTAMP', 'LIST'],
  ...['MAP', 'STRUCT', 'UNION', 'DECIMAL', 'DATE', 'VARCHAR', 'CHAR', 'TIMESTAMP_INSTANT'],
];
const REFUSED = new Set(['BINARY', 'UNION']);
const NESTED = new Set(['LIST', 'MAP', 'STRUCT']);

type Unpack = (packed: Buffer, most: number) => Promise<Uint8Array | null> | Uint8Array | null;
/** By ORC's own numbers. LZO has no decoder here. */
const UNPACK: Readonly<Record<number, Unpack>> = {
  1: (packed, most) => inflateRawSync(packed, { maxOutputLength: most }),
  2: unsnappy,
  4: (packed) => {
    // No byte of it can stand for more than 255.
    const made = new Uint8Array(Math.min(LARGEST_FOOTER, packed.length * 255));
    return made.subarray(0, unlz4(packed, made, 0, packed.length, 0));
  },
  5: (packed) => unzstd(packed),
};

async function unpacked(bytes: Buffer, compression: number): Promise<Buffer> {
  if (compression === 0) return bytes;
  const unpack = UNPACK[compression];
  if (!unpack) throw new RangeError('An unknown compression.');
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 3 > bytes.length) throw new RangeError('A chunk is cut off.');
    const head = bytes.readUIntLE(at, 3);
    const end = at + 3 + (head >> 1);
    if (end > bytes.length) throw new RangeError('A chunk is cut off.');
    const chunk = bytes.subarray(at + 3, end);
    const part = head & 1 ? chunk : await unpack(chunk, LARGEST_FOOTER);
    if (part === null) throw new RangeError('A chunk is damaged.');
    parts.push(part);
    at = end;
  }
  return Buffer.concat(parts);
}

/** The columns of a type as the job has them: fields of structs by path, lists and maps as one. */
function leavesOf(types: readonly ProtobufMessage[], named: string): string[] {
  const kindOf = (at: number) => {
    const type = types[at];
    const kind = type && KINDS[numberOf(type, TYPE_KIND)];
    if (type === undefined || kind === undefined) throw new RangeError('An unknown type.');
    return { type, kind, parts: numbersOf(type, TYPE_PARTS) };
  };
  const refuse = (path: string, kind: string) =>
    fileFault(
      'source.type',
      named,
      `the column “${path}” has the type ${kind}, which engines write as text in different ways.`,
      'Have it written as text, an integer, a decimal, a float, a double, a date or a timestamp.',
    );
  const check = (path: string, at: number, isKey = false): void => {
    const { kind, parts } = kindOf(at);
    if (REFUSED.has(kind) || (isKey && NESTED.has(kind))) throw refuse(path, kind);
    // Types within stand after it, so that none stands within itself.
    for (const [i, part] of parts.entries()) {
      if (part <= at) throw new RangeError('A type within itself.');
      check(path, part, kind === 'MAP' && i === 0);
    }
  };
  const leaves = (path: string | null, at: number): string[] => {
    const { type, kind, parts } = kindOf(at);
    if (kind !== 'STRUCT') {
      check(path ?? '', at);
      return [path ?? ''];
    }
    const names = bytesIn(type, TYPE_NAMES).map((name) => name.toString('utf8'));
    return parts.flatMap((part, i) => {
      const name = names[i];
      if (name === undefined || part <= at) throw new RangeError('A field without a name.');
      return leaves(path === null ? name : `${path}.${name}`, part);
    });
  };
  if (kindOf(0).kind !== 'STRUCT') throw new RangeError('Rows that are no structs.');
  return leaves(null, 0);
}

async function readTail(file: FoundFile): Promise<ProtobufMessage> {
  const { size } = file;
  let tail = await bytesOf(file, Math.max(0, size - FIRST_TAIL), Math.min(size, FIRST_TAIL));
  const length = tail.at(-1) ?? 0;
  const start = tail.length - 1 - length;
  if (length === 0 || start < 0) throw new RangeError('Its end is cut off.');
  const told = readProtobuf(tail.subarray(start, -1));
  if (bytesIn(told, TAIL_MAGIC)[0]?.toString('latin1') !== MAGIC) throw new RangeError('It has no mark.');
  const footer = numberOf(told, TAIL_FOOTER);
  if (footer > LARGEST_FOOTER || footer + length + 1 > size) throw new RangeError('Its footer is too long.');
  const whole = footer + length + 1;
  if (whole > tail.length) tail = await bytesOf(file, size - whole, whole);
  const end = tail.length - 1 - length;
  return readProtobuf(await unpacked(tail.subarray(end - footer, end), numberOf(told, TAIL_COMPRESSION)));
}

/**
 * Reads the columns of an ORC file from its end, by two reads at most. Faults: `source.corrupt` where it has none;
 * `source.type`, `source.header` for columns that no engine is asked to read.
 */
export async function readOrcFooter(file: FoundFile): Promise<OrcFooter> {
  const { path } = file;
  try {
    const footer = await readTail(file);
    const types = bytesIn(footer, FOOTER_TYPES).map(readProtobuf);
    return { columns: checkNames(leavesOf(types, path), path), rows: numberOf(footer, FOOTER_ROWS) };
  } catch (error) {
    if (isFault(error) || file.signal?.aborted) throw error;
    throw fileFault(
      'source.corrupt',
      path,
      'this is not an ORC file, or its end is cut off or damaged.',
      'Choose another file, or have it written again.',
      error,
    );
  }
}
