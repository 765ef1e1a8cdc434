import { gzipSync } from 'node:zlib';
import { type ThriftStruct, type ThriftValue, writeThrift } from '../../main/sampling/thrift';

const [I32, I64, BINARY, LIST, STRUCT] = [5, 6, 8, 9, 12];
const [BYTE_ARRAY, REQUIRED, UTF8, GZIP] = [6n, 0n, 0n, 2n];
const [PLAIN, RLE, RLE_DICTIONARY] = [0n, 3n, 8n];
const [DATA_PAGE, DICTIONARY_PAGE] = [0n, 2n];

type Field = readonly [id: number, type: number, value: ThriftValue];
const struct = (...fields: Field[]): ThriftStruct =>
  new Map(fields.map(([id, type, value]) => [id, { type, value }]));
const i32 = (id: number, value: bigint): Field => [id, I32, value];
const i64 = (id: number, value: number): Field => [id, I64, BigInt(value)];
const text = (id: number, value: string): Field => [id, BINARY, Buffer.from(value)];
const list = (id: number, of: number, ...items: ThriftValue[]): Field => [id, LIST, { of, items }];

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return Buffer.from([...bytes, left]);
}

/** A page with its header. */
function page(type: bigint, content: Buffer, header: Field): Buffer {
  const packed = gzipSync(content, { level: 9 });
  const sizes = [i32(2, BigInt(content.length)), i32(3, BigInt(packed.length))];
  return Buffer.concat([writeThrift(struct(i32(1, type), ...sizes, header)), packed]);
}

/**
 * A Parquet file of one text column in which every row has the same value: one entry of a dictionary, to which one run
 * refers.
 * @param length bytes of the value
 */
export function parquetBomb(rows: number, length: number): Buffer {
  const value = Buffer.alloc(4 + length, 'x');
  value.writeUInt32LE(length);
  const dictionary = page(DICTIONARY_PAGE, value, [7, STRUCT, struct(i32(1, 1n), i32(2, PLAIN))]);
  const run = Buffer.concat([Buffer.of(1), varint(rows * 2), Buffer.of(0)]);
  const count = i32(1, BigInt(rows));
  const encodings = [i32(2, RLE_DICTIONARY), i32(3, RLE), i32(4, RLE)];
  const data = page(DATA_PAGE, run, [5, STRUCT, struct(count, ...encodings)]);
  const start = 4;
  const bytes = dictionary.length + data.length;
  const meta = struct(
    i32(1, BYTE_ARRAY),
    list(2, I32, PLAIN, RLE, RLE_DICTIONARY),
    list(3, BINARY, Buffer.from('v')),
    i32(4, GZIP),
    i64(5, rows),
    i64(6, value.length + run.length),
    i64(7, bytes),
    i64(9, start + dictionary.length),
    i64(11, start),
  );
  const column = struct(i64(2, start), [3, STRUCT, meta]);
  const footer = writeThrift(
    struct(
      i32(1, 1n),
      list(
        2,
        STRUCT,
        struct(text(4, 'schema'), i32(5, 1n)),
        struct(i32(1, BYTE_ARRAY), i32(3, REQUIRED), text(4, 'v'), i32(6, UTF8)),
      ),
      i64(3, rows),
      list(4, STRUCT, struct(list(1, STRUCT, column), i64(2, bytes), i64(3, rows))),
    ),
  );
  const tail = Buffer.alloc(8, 'PAR1');
  tail.writeUInt32LE(footer.length);
  tail.write('PAR1', 4);
  return Buffer.concat([Buffer.from('PAR1'), dictionary, data, footer, tail]);
}
