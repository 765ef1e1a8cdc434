import snappy from 'kafkajs-snappy';
import { frameChecksum } from '../../main/reading/snappy-files';

const compressor = snappy() as unknown as { compress(of: { buffer: Buffer }): Promise<Buffer> };

/** A block of snappy, without framing. */
export const snappyBlock = (content: Buffer): Promise<Buffer> => compressor.compress({ buffer: content });

const number = (value: number, bytes: number, little = false) => {
  const made = Buffer.alloc(bytes);
  if (little) made.writeUIntLE(value, 0, bytes);
  else made.writeUIntBE(value, 0, bytes);
  return made;
};
const cutInto = (content: Buffer, length: number) =>
  Array.from({ length: Math.ceil(content.length / length) }, (_, i) =>
    content.subarray(i * length, (i + 1) * length),
  );

/** A file as Hadoop writes it, of blocks of this many bytes, each of two chunks. */
export async function hadoopSnappy(content: Buffer, block = 50): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const one of cutInto(content, block)) {
    parts.push(number(one.length, 4));
    for (const chunk of cutInto(one, Math.ceil(one.length / 2))) {
      const packed = await snappyBlock(chunk);
      parts.push(number(packed.length, 4), packed);
    }
  }
  return Buffer.concat(parts);
}

const frame = (kind: number, body: Buffer) =>
  Buffer.concat([Buffer.from([kind]), number(body.length, 3, true), body]);
export const FRAME_START = frame(0xff, Buffer.from('sNaPpY'));

/** A file in frames of this many bytes, every third one not packed; with padding, and begun anew in its middle. */
export async function framedSnappy(content: Buffer, chunk = 60): Promise<Buffer> {
  const parts = [FRAME_START];
  for (const [i, one] of cutInto(content, chunk).entries()) {
    const checksum = number(frameChecksum(one), 4, true);
    const plain = i % 3 === 2;
    parts.push(frame(plain ? 1 : 0, Buffer.concat([checksum, plain ? one : await snappyBlock(one)])));
    if (i === 1) parts.push(frame(0xfe, Buffer.alloc(5)), FRAME_START);
  }
  return Buffer.concat(parts);
}
