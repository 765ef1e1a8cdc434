import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MOST_UNPACKED, unpack } from '../../../main/connectors/kafka/codecs';
import { snappySize, zstdBound } from '../../../main/connectors/kafka/unpacked-size';

const uint24 = (value: number) => Uint8Array.of(value & 255, (value >> 8) & 255, value >> 16);
/** A frame of Zstandard with blocks of one repeated byte each, and a window of 128 KB. */
const zstdFrame = (blocks: readonly number[], flags = 0, more: readonly number[] = [0x38]) =>
  Buffer.concat([
    Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, flags, ...more),
    ...blocks.map((size, i) =>
      Buffer.concat([uint24((size << 3) | 2 | (i === blocks.length - 1 ? 1 : 0)), Uint8Array.of(65)]),
    ),
  ]);
const BLOCK = 128 * 1024;

/** A block of Snappy that holds one literal, and says that it becomes `size` bytes. */
function snappyBlock(size: number, literal = ''): Buffer {
  const head: number[] = [];
  for (let left = size; ; left = Math.floor(left / 128)) {
    head.push((left % 128) + (left >= 128 ? 128 : 0));
    if (left < 128) break;
  }
  return Buffer.from([...head, ...(literal ? [(literal.length - 1) << 2, ...Buffer.from(literal)] : [])]);
}
const xerial = (...blocks: readonly Buffer[]) =>
  Buffer.concat([
    Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]),
    ...blocks.flatMap((block) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(block.length);
      return [length, block];
    }),
  ]);

test('Zstandard: what is small enough is unpacked; the bound is never below what comes out', async () => {
  const packed = zstdFrame([BLOCK, 5]);
  expect((await unpack('zstd', packed)).length).toBe(BLOCK + 5);
  expect(zstdBound(packed)).toBeGreaterThanOrEqual(BLOCK + 5);
  // A skipped frame between two others.
  const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const several = Buffer.concat([packed, skipped, packed]);
  expect((await unpack('zstd', several)).length).toBe(2 * (BLOCK + 5));
  expect(zstdBound(several)).toBeGreaterThanOrEqual(2 * (BLOCK + 5));
});

test('Snappy: as one block and as the Java client frames it', async () => {
  expect(Buffer.from(await unpack('snappy', snappyBlock(3, 'abc'))).toString()).toBe('abc');
  const framed = xerial(snappyBlock(3, 'abc'), snappyBlock(2, 'de'));
  expect(Buffer.from(await unpack('snappy', framed)).toString()).toBe('abcde');
  expect(snappySize(framed)).toBe(5);
});

test.each([
  ['zstd', 'blocks', zstdFrame(Array.from({ length: 2100 }, () => BLOCK))],
  ['zstd', 'its window', zstdFrame([5], 0, [0xf8])],
  ['zstd', 'its content size', zstdFrame([5], 0xa0, [0, 0, 0, 0x7f])],
  ['snappy', 'its size', snappyBlock(MOST_UNPACKED + 1)],
  ['snappy', 'blocks', xerial(...Array.from({ length: 5 }, () => snappyBlock(MOST_UNPACKED / 4)))],
  ['gzip', 'its content', gzipSync(Buffer.alloc(MOST_UNPACKED + 1), { level: 1 })],
  ['lz4', 'its content size', Buffer.from([4, 0x22, 0x4d, 0x18, 0x68, 0x40, 0, 0, 0, 0x40, 0, 0, 0, 0, 0])],
] as const)('%s that would take too much by %s is refused before it does', async (codec, _, packed) => {
  const before = process.memoryUsage().arrayBuffers;
  await expect(unpack(codec, packed)).rejects.toThrow(RangeError);
  if (codec !== 'gzip') expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
});

test('what is cut off is an error, not less', async () => {
  const packed = zstdFrame([BLOCK, BLOCK, 5]);
  for (let length = 1; length < packed.length; length++)
    await expect(unpack('zstd', packed.subarray(0, length)), `${length}`).rejects.toThrow();
});
