// How large packed records become, from what the formats say of themselves, before anything is unpacked: what unpacks
// Snappy and Zstandard here knows no limit.

import { statedLength } from '../../reading/snappy';

const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const XERIAL_HEAD = 16;

function snappyBlock(block: Buffer): number {
  const length = statedLength(block);
  if (length === null) throw new RangeError('a size that Snappy does not have');
  return length;
}

/** Bytes of records that are packed by Snappy, as the Java client frames them or as a single block. */
export function snappySize(packed: Buffer): number {
  if (!packed.subarray(0, XERIAL.length).equals(XERIAL)) return snappyBlock(packed);
  let total = 0;
  for (let at = XERIAL_HEAD; at + 4 <= packed.length; ) {
    const length = packed.readUInt32BE(at);
    total += snappyBlock(packed.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return total;
}

const ZSTD_FRAME = 0xfd2fb528;
const ZSTD_SKIPPED = 0x184d2a5;
const ZSTD_BLOCK = 128 * 1024;
const DICTIONARY_BYTES = [0, 1, 2, 4];

/** Reads numbers of Zstandard, the least byte first. */
class Frames {
  at = 0;
  constructor(private readonly bytes: Buffer) {}
  get left() {
    return this.bytes.length - this.at;
  }
  number(length: number): number {
    let value = 0;
    for (let i = 0; i < length; i++) value += this.bytes.readUInt8(this.at++) * 256 ** i;
    return value;
  }
}

/** What a frame's head says that it takes, its window included; `size` is null where it does not say. */
function zstdHead(frames: Frames): { window: number; size: number | null; checksum: boolean } {
  const flags = frames.number(1);
  const isSingle = (flags & 0x20) !== 0;
  const descriptor = isSingle ? 0 : frames.number(1);
  const base = 2 ** (10 + (descriptor >> 3));
  frames.number(DICTIONARY_BYTES[flags & 3] ?? 0);
  const form = flags >> 6;
  const length = form === 0 ? (isSingle ? 1 : 0) : 2 ** form;
  const size = length === 0 ? null : frames.number(length) + (form === 1 ? 256 : 0);
  const window = isSingle ? (size ?? 0) : base + (base / 8) * (descriptor & 7);
  return { window, size, checksum: (flags & 4) !== 0 };
}

/** Bytes that a frame's blocks become at the most. */
function zstdBlocks(frames: Frames): number {
  for (let most = 0; ; ) {
    const head = frames.number(3);
    const [isLast, kind, size] = [(head & 1) === 1, (head >> 1) & 3, head >> 3];
    most += kind === 2 ? ZSTD_BLOCK : size;
    // A block of kind 1 is one byte that is repeated.
    frames.at += kind === 1 ? 1 : size;
    if (frames.left < 0) throw new RangeError('a block that ends after its batch');
    if (isLast) return most;
  }
}

/** Bytes that records packed by Zstandard take at the most while they are unpacked. */
export function zstdBound(packed: Buffer): number {
  const frames = new Frames(packed);
  let total = 0;
  while (frames.left > 0) {
    const magic = frames.number(4);
    if (magic >>> 4 === ZSTD_SKIPPED) {
      const length = frames.number(4);
      frames.at += length;
    } else if (magic === ZSTD_FRAME) {
      const { window, size, checksum } = zstdHead(frames);
      total += Math.max(window, size ?? 0, zstdBlocks(frames));
      if (checksum) frames.at += 4;
    } else throw new RangeError('this is not packed by Zstandard');
  }
  return total;
}
