declare module 'kafkajs/src/protocol/encoder' {
  /** Writes requests of the protocol, the highest byte first. */
  class Encoder {
    writeInt8(value: number): this;
    writeInt16(value: number): this;
    writeInt32(value: number): this;
    writeInt64(value: bigint | string): this;
    writeString(value: string | null): this;
    writeArray(items: readonly (Encoder | number)[]): this;
  }
  export = Encoder;
}
declare module 'kafkajs-snappy' {
  const codec: () => { decompress(buffer: Buffer): Promise<Buffer> };
  export = codec;
}
declare module 'lz4js' {
  export function decompress(buffer: Uint8Array, maxSize?: number): Uint8Array;
  /** Unpacks a block without its frame; answers where its content ends in `target`. */
  export function decompressBlock(
    packed: Uint8Array,
    target: Uint8Array,
    start: number,
    length: number,
    at: number,
  ): number;
  /** Bytes that it becomes at the most, by its blocks. */
  export function decompressBound(buffer: Uint8Array): number;
}
