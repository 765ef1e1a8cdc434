import {
  type Data,
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
} from 'apache-arrow';
import type { CellValue, ResultTable } from '../../shared/ports/engine';

type Texts = readonly (string | null)[];

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

/** An Arrow IPC stream of text columns, all of one length. */
export function encodeTexts(names: readonly string[], columns: readonly Texts[]): Uint8Array {
  const length = columns[0]?.length ?? 0;
  const fields = names.map((name) => new Field(name, new Utf8(), true));
  const children = names.map((_, i) => textData(columns[i] ?? []));
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  const schema = new Schema(fields);
  return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}

/** Reads the parts of an Arrow IPC stream as one result. */
export function decodeTable(parts: readonly Uint8Array[]): ResultTable {
  const table = tableFromIPC(parts as Uint8Array[]);
  const columns = table.schema.fields.map((_, i) => [...(table.getChildAt(i) ?? [])] as CellValue[]);
  return { names: table.schema.fields.map(({ name }) => name), columns, rows: table.numRows };
}
