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

/** A column of text as Arrow data: offsets, bytes and validity are laid out by hand, as the library’s builder is slow. */
function textData(values: Texts): Data<Utf8> {
  const offsets = new Int32Array(values.length + 1);
  const validity = new Uint8Array(Math.ceil(values.length / 64) * 8);
  let bytes = 0;
  let nulls = 0;
  for (const [i, value] of values.entries()) {
    if (value === null) nulls++;
    else {
      bytes += Buffer.byteLength(value);
      validity[i >> 3] = (validity[i >> 3] ?? 0) | (1 << (i & 7));
    }
    offsets[i + 1] = bytes;
  }
  const data = Buffer.allocUnsafe(bytes);
  for (const [i, value] of values.entries()) if (value !== null) data.write(value, offsets[i] ?? 0);
  return makeData({
    type: new Utf8(),
    length: values.length,
    nullCount: nulls,
    nullBitmap: validity,
    valueOffsets: offsets,
    data,
  });
}

/**
 * An Arrow IPC stream of `r` (row number from 1, as a double) and text columns `c0 … cn`.
 * @param columns cells by column; all of one length
 */
export function sampleToArrow(columns: readonly Texts[]): Uint8Array<ArrayBuffer> {
  const rows = columns[0]?.length ?? 0;
  const numbers = Float64Array.from({ length: rows }, (_, i) => i + 1);
  const fields = [
    new Field('r', new Float64(), false),
    ...columns.map((_, i) => new Field(`c${i}`, new Utf8(), true)),
  ];
  const children: Data<DataType>[] = [
    makeData({ type: new Float64(), length: rows, nullCount: 0, data: numbers }),
    ...columns.map(textData),
  ];
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children });
  return new Uint8Array(tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream'));
}
