import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of zstd that holds its content as it is, in blocks of this many bytes; `window`: 2 to this power, from 10. */
export function zstdRaw(content: Buffer, { block = 1000, window = 17 } = {}): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (window - 10) << 3])];
  for (let at = 0; at === 0 || at < content.length; at += block) {
    const part = content.subarray(at, at + block);
    const head = Buffer.alloc(3);
    head.writeUIntLE((part.length << 3) | (at + block >= content.length ? 1 : 0), 0, 3);
    parts.push(head, part);
  }
  return Buffer.concat(parts);
}

type Made = { readonly name: string; readonly packed: string; readonly content: readonly [string, number] };

/** Frames that zstd 1.5.4 wrote, or made of such by hand and read by it: by name, with their content. */
export const ZSTD_FRAMES: readonly { name: string; packed: Buffer; content: Buffer }[] = (
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'zstd-frames.json'), 'utf8')) as Made[]
).map(({ name, packed, content: [text, times] }) => ({
  name,
  packed: Buffer.from(packed, 'base64'),
  content: Buffer.from(text.repeat(times)),
}));

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** Neither sizes nor a checksum; a window of 128 KB. */
const HEAD = [...MAGIC, 0, 0x38];
/** A raw block of “abc”, the last one. */
const ABC = [0x19, 0, 0, 0x61, 0x62, 0x63];
const FLAGS = { size: 0x20, checksum: 4, dictionary: 1, reserved: 8 };

/** Frames that hold “abc” but for what their head or their end says, by what is wrong with them. */
export const BROKEN_ZSTD: Readonly<Record<string, Buffer>> = Object.fromEntries(
  Object.entries({
    'another size': [...MAGIC, FLAGS.size, 4, ...ABC],
    'a size of many terabytes': [...MAGIC, 0xe0, 3, 0, 0, 0, 0, 0xff, 0, 0, ...ABC],
    'another checksum': [...MAGIC, FLAGS.checksum, 0x38, ...ABC, 1, 2, 3, 4],
    'a checksum that is cut off': [...MAGIC, FLAGS.checksum, 0x38, ...ABC, 1, 2],
    'a dictionary': [...MAGIC, FLAGS.dictionary, 0x38, 7, ...ABC],
    'a reserved bit': [...MAGIC, FLAGS.reserved, 0x38, ...ABC],
    'a block of no kind': [...HEAD, 0x1f, 0, 0, 0x61, 0x62, 0x63],
    'a block beyond its window': [...MAGIC, FLAGS.size, 2, ...ABC],
    'no last block': [...HEAD, 0x18, ...ABC.slice(1)],
    'bytes behind it': [...HEAD, ...ABC, 0],
    'a part to skip that is cut off': [0x50, 0x2a, 0x4d, 0x18, 9, 0, 0, 0, 1],
    'nothing of the kind': [...Buffer.from('nothing of the kind')],
    // Literals of nothing, and no sequences where they are due.
    'an empty compressed block': [...HEAD, 5, 0, 0],
    'bytes behind the sequences': [...HEAD, 0x1d, 0, 0, 0, 0, 0],
    'codes of a block before that is none': [...HEAD, 0x25, 0, 0, 0, 1, 0xfc, 1],
    'an offset of nothing': [...HEAD, 0x45, 0, 0, 8, 0x61, 1, 0x54, 0, 1, 0, 3],
    'four streams for four literals': [
      ...[...HEAD, 0x85, 0, 0, 0x46, 0, 3, 0x80, 0x10, 1, 0, 1, 0, 1, 0],
      ...[3, 3, 3, 3, 0],
    ],
    'a code of twelve bits': [
      ...[...HEAD, 0x6d, 0, 0, 0x12, 0x40, 2, 0x8c, 0xbb, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10],
      ...[7, 0],
    ],
    // 41 lengths of literals, where 36 are known.
    'a code of more symbols than there are': [
      ...[...HEAD, 0x15, 1, 0, 8, 0x61, 1, 0x94],
      ...Buffer.from('21088220082184104208218410420821841042082184104288c807000040', 'hex'),
    ],
  }).map(([name, bytes]) => [name, Buffer.from(bytes)]),
);

/** A frame of so many blocks, each of them one byte that is repeated 128 × 1024 times. */
export const zstdBomb = (blocks: number): Buffer =>
  Buffer.from([
    ...HEAD,
    ...Array.from({ length: blocks }, (_, i) => [i + 1 === blocks ? 3 : 2, 0, 0x10, 0x78]).flat(),
  ]);
