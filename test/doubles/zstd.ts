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
