/** Fields of a message of Protocol Buffers, by their numbers, in the order in which they stand there. */
export type ProtobufMessage = ReadonlyMap<number, readonly (number | Buffer)[]>;

const [VARINT, FIXED_64, BYTES, FIXED_32] = [0, 1, 2, 5];

class Cursor {
  at = 0;
  constructor(private readonly bytes: Buffer) {}

  get ended(): boolean {
    return this.at === this.bytes.length;
  }

  /** A number; those beyond what a double holds are not exact. */
  varint(): number {
    let value = 0;
    for (let place = 0; place < 10; place++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('A number is cut off.');
      value += (byte & 0x7f) * 2 ** (7 * place);
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number is too long.');
  }

  take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('A field is cut off.');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}

/** Reads a message. Throws RangeError where the bytes are none. */
export function readProtobuf(bytes: Buffer): ProtobufMessage {
  const cursor = new Cursor(bytes);
  const fields = new Map<number, (number | Buffer)[]>();
  while (!cursor.ended) {
    const tag = cursor.varint();
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    const value = () => {
      if (kind === VARINT) return cursor.varint();
      if (kind === BYTES) return cursor.take(cursor.varint());
      if (kind === FIXED_64 || kind === FIXED_32) return cursor.take(kind === FIXED_64 ? 8 : 4);
      throw new RangeError('A field of an unknown kind.');
    };
    const before = fields.get(number);
    if (before) before.push(value());
    else fields.set(number, [value()]);
  }
  return fields;
}

/** A field's number, the last one where there are several; 0 where there is none. */
export function numberOf(message: ProtobufMessage, field: number): number {
  const value = message.get(field)?.at(-1) ?? 0;
  if (typeof value !== 'number') throw new RangeError('A field is no number.');
  return value;
}

/** All numbers of a field, which may stand together or apart. */
export const numbersOf = (message: ProtobufMessage, field: number): number[] =>
  (message.get(field) ?? []).flatMap((value) => {
    if (typeof value === 'number') return [value];
    const cursor = new Cursor(value);
    const all: number[] = [];
    while (!cursor.ended) all.push(cursor.varint());
    return all;
  });

/** All byte strings of a field. */
export const bytesIn = (message: ProtobufMessage, field: number): Buffer[] =>
  (message.get(field) ?? []).map((value) => {
    if (typeof value === 'number') throw new RangeError('A field is a number.');
    return value;
  });
