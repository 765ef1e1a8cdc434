/** Bytes that come one after another, as many at a time as are asked for. */
export class Feed {
  buffer: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Uint8Array>;

  /** @param offset where the buffer begins, which is where the bytes do at first */
  constructor(
    bytes: AsyncIterable<Uint8Array>,
    public offset = 0,
  ) {
    this.chunks = bytes[Symbol.asyncIterator]();
  }

  /** Whether there are this many bytes; the buffer then holds them, and perhaps more. */
  async fill(length: number): Promise<boolean> {
    if (this.buffer.length >= length) return true;
    const parts: Uint8Array[] = [this.buffer];
    let have = this.buffer.length;
    while (have < length) {
      const { value, done } = await this.chunks.next();
      if (done) break;
      // Whoever sends the chunk may use it again.
      parts.push(Buffer.from(value));
      have += value.byteLength;
    }
    this.buffer = Buffer.concat(parts, have);
    return have >= length;
  }

  /** Takes bytes from the start of the buffer. */
  drop(length: number): Buffer {
    const dropped = this.buffer.subarray(0, length);
    this.buffer = this.buffer.subarray(length);
    this.offset += length;
    return dropped;
  }

  /** Tells whoever sends the bytes that no more are wanted. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}
