/** Thrift's compact protocol, as far as Parquet's footers need it: any structure, read and written as it stands. */

const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
];

export type ThriftList = { readonly of: number; readonly items: readonly ThriftValue[] };
export type ThriftStruct = ReadonlyMap<number, { readonly type: number; readonly value: ThriftValue }>;
export type ThriftValue = boolean | bigint | Buffer | ThriftList | ThriftStruct;

const isList = (value: ThriftValue): value is ThriftList => typeof value === 'object' && 'items' in value;
const isStruct = (value: ThriftValue): value is ThriftStruct => value instanceof Map;

/** Reads one structure; throws a RangeError where it is not whole, or is none. */
export function readThrift(bytes: Buffer): ThriftStruct {
  let at = 0;
  const byte = () => {
    const found = bytes[at++];
    if (found === undefined) throw new RangeError('It ends too early.');
    return found;
  };
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
      if (shift > 63n) throw new RangeError('A number is too long.');
    }
  };
  const zigzag = () => {
    const value = varint();
    return (value >> 1n) ^ -(value & 1n);
  };
  const taken = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('It ends too early.');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const read = (type: number, depth: number): ThriftValue => {
    if (depth > 64) throw new RangeError('It is nested too deeply.');
    switch (type) {
      case TRUE:
      case FALSE:
        return type === TRUE;
      case BYTE:
        return BigInt(byte());
      case I16:
      case I32:
      case I64:
        return zigzag();
      case DOUBLE:
        return taken(8);
      case BINARY:
        return taken(Number(varint()));
      case LIST:
      case SET: {
        const head = byte();
        const [short, of] = [head >> 4, head & 15];
        const length = short === 15 ? Number(varint()) : short;
        const items: ThriftValue[] = [];
        // Truth values are bytes in lists, and nowhere else.
        for (let i = 0; i < length; i++)
          items.push(of === TRUE || of === FALSE ? byte() === TRUE : read(of, depth + 1));
        return { of, items };
      }
      case STRUCT:
        return structOf(depth + 1);
      default:
        throw new RangeError(type === MAP ? 'It holds a map.' : 'It holds what there is not.');
    }
  };
  const structOf = (depth: number): ThriftStruct => {
    const fields = new Map<number, { type: number; value: ThriftValue }>();
    for (let id = 0; ; ) {
      const head = byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? Number(zigzag()) : id + (head >> 4);
      fields.set(id, { type: head & 15, value: read(head & 15, depth) });
    }
  };
  return structOf(0);
}

/** Writes a structure. */
export function writeThrift(struct: ThriftStruct): Buffer {
  const out: Buffer[] = [];
  const byte = (value: number) => {
    out.push(Buffer.of(value));
  };
  const varint = (value: bigint) => {
    let left = value;
    for (; left > 0x7fn; left >>= 7n) byte(Number(left & 0x7fn) | 0x80);
    byte(Number(left));
  };
  const zigzag = (value: bigint) => varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
  // A truth value is told by its type alone.
  const write = (type: number, value: ThriftValue): void => {
    if (typeof value === 'boolean') return;
    if (typeof value === 'bigint') {
      if (type === BYTE) byte(Number(value));
      else zigzag(value);
    } else if (Buffer.isBuffer(value)) {
      if (type === BINARY) varint(BigInt(value.length));
      out.push(value);
    } else if (isList(value)) {
      const { of, items } = value;
      byte((Math.min(items.length, 15) << 4) | of);
      if (items.length >= 15) varint(BigInt(items.length));
      for (const item of items) {
        if (typeof item === 'boolean') byte(item ? TRUE : FALSE);
        else write(of, item);
      }
    } else if (isStruct(value)) writeFields(value);
  };
  const writeFields = (fields: ThriftStruct) => {
    let last = 0;
    for (const [id, { type, value }] of [...fields].sort(([a], [b]) => a - b)) {
      const step = id - last;
      if (step > 0 && step < 16) byte((step << 4) | type);
      else {
        byte(type);
        zigzag(BigInt(id));
      }
      write(type, value);
      last = id;
    }
    byte(0);
  };
  writeFields(struct);
  return Buffer.concat(out);
}

/** A field that is a number; null where there is none. */
export function numberIn(struct: ThriftStruct, id: number): number | null {
  const value = struct.get(id)?.value;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** The structures of a list; none where there is no such list. */
export function structsIn(struct: ThriftStruct, id: number): readonly ThriftStruct[] {
  const value = struct.get(id)?.value;
  return value !== undefined && isList(value) ? value.items.filter(isStruct) : [];
}

/** A field that is a structure. */
export function structIn(struct: ThriftStruct, id: number): ThriftStruct | null {
  const value = struct.get(id)?.value;
  return value !== undefined && isStruct(value) ? value : null;
}

/** The same with a field changed; the field must be there. */
export function withField(struct: ThriftStruct, id: number, value: ThriftValue): ThriftStruct {
  const field = struct.get(id);
  if (!field) throw new RangeError(`There is no field ${id}.`);
  return new Map(struct).set(id, { type: field.type, value });
}

/** The same without some fields. */
export const withoutFields = (struct: ThriftStruct, ids: readonly number[]): ThriftStruct =>
  new Map([...struct].filter(([id]) => !ids.includes(id)));
