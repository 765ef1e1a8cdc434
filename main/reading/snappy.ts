import snappy from 'kafkajs-snappy';

const { decompress } = snappy();

/** Bytes that a block of snappy states for its content, in at most five bytes; null where it states none. */
export function statedLength(packed: Uint8Array): number | null {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = packed[i];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return length;
  }
  return null;
}

/** The content of a block of snappy; null where it is none, or has more bytes than `most`. */
export async function unsnappy(packed: Buffer, most: number): Promise<Uint8Array | null> {
  const length = statedLength(packed);
  if (length === null || length > most) return null;
  try {
    return await decompress(packed);
  } catch {
    return null;
  }
}
