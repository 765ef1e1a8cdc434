import {
  type Data,
  type DataType,
  Field,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
} from 'apache-arrow';

type Texts = readonly (string | null)[];

// In browsers and in Node alike.
declare const TextEncoder: new () => {
  encodeInto(text: string, target: Uint8Array): { readonly written: number };
};

/** A column of text as Arrow data: laid out by hand, as the library's builder is slow. */
function textData(values: Texts): Data<Utf8> {
  const encoder = new TextEncoder();
  const offsets = new Int32Array(values.length + 1);
  const validity = new Uint8Array(Math.ceil(values.length / 64) * 8);
  let units = 0;
  for (const value of values) units += value?.length ?? 0;
  // A UTF-16 unit takes three bytes of UTF-8 at most.
  const data = new Uint8Array(units * 3);
  let bytes = 0;
  let nulls = 0;
  for (const [i, value] of values.entries()) {
    if (value === null) nulls++;
    else {
      bytes += encoder.encodeInto(value, data.subarray(bytes)).written;
      validity[i >> 3] = (validity[i >> 3] ?? 0) | (1 << (i & 7));
    }
    offsets[i + 1] = bytes;
  }
  return makeData({
    type: new Utf8(),
    length: values.length,
    nullCount: nulls,
    nullBitmap: validity,
    valueOffsets: offsets,
    data: data.subarray(0, bytes),
  });
}

function encode(
  fields: readonly Field[],
  children: Data<DataType>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const schema = new Schema([...fields]);
  const data = makeData({ type: new Struct([...fields]), length, nullCount: 0, children });
  return new Uint8Array(tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream'));
}

/** An Arrow IPC stream of text columns, all of one length. */
export function encodeTexts(names: readonly string[], columns: readonly Texts[]): Uint8Array<ArrayBuffer> {
  const fields = names.map((name) => new Field(name, new Utf8(), true));
  const children = names.map((_, i) => textData(columns[i] ?? []));
  return encode(fields, children, columns[0]?.length ?? 0);
}

/**
 * A sample as an Arrow IPC stream: `r` (row number from 1, as a double) and text columns `c0 … cn`.
 * @param columns cells by column; all of one length
 */
export function encodeSample(columns: readonly Texts[]): Uint8Array<ArrayBuffer> {
  const rows = columns[0]?.length ?? 0;
  const numbers = Float64Array.from({ length: rows }, (_, i) => i + 1);
  const fields = [
    new Field('r', new Float64(), false),
    ...columns.map((_, i) => new Field(`c${i}`, new Utf8(), true)),
  ];
  const children = [
    makeData({ type: new Float64(), length: rows, nullCount: 0, data: numbers }),
    ...columns.map(textData),
  ];
  return encode(fields, children, rows);
}
