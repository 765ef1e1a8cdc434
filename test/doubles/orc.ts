import path from 'node:path';

/** Files that Spark 3.5 wrote: three people in every compression, and one of a type that is refused. */
export const ORC_FOLDER = path.join(import.meta.dirname, 'orc');
export const ORC_COLUMNS = [
  ...['id', 'name', 'address.city', 'address.codes', 'price', 'ratio', 'flag', 'day', 'moment', 'counts'],
  'odd name.with dot',
];

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) | 128);
  }
}

/** A field of a message of Protocol Buffers. */
export const field = (number: number, value: number | Buffer): Buffer =>
  typeof value === 'number'
    ? Buffer.concat([varint(number * 8), varint(value)])
    : Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);

/** A type of a file by ORC's own numbers: its kind, the places of its parts, and their names. */
export const orcType = (kind: number, parts: readonly number[] = [], names: readonly string[] = []): Buffer =>
  Buffer.concat([
    field(1, kind),
    field(2, Buffer.concat(parts.map(varint))),
    ...names.map((name) => field(3, Buffer.from(name))),
  ]);

/** A file of nothing but an end, which is not compressed; `more` fields stand in its footer. */
export function orcEnd(types: readonly Buffer[], more: readonly Buffer[] = []): Buffer {
  const footer = Buffer.concat([...types.map((type) => field(4, type)), field(6, 7), ...more]);
  const tail = Buffer.concat([field(1, footer.length), field(2, 0), field(8000, Buffer.from('ORC'))]);
  return Buffer.concat([Buffer.from('ORC'), footer, tail, Buffer.from([tail.length])]);
}
