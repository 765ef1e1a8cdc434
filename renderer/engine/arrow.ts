import { Table, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import type { CellValue, ResultTable } from '../../shared/ports/engine';

/** An Arrow IPC stream of text columns. */
export function encodeTexts(
  names: readonly string[],
  columns: readonly (readonly (string | null)[])[],
): Uint8Array {
  const type = new Utf8();
  const vectors = names.map((name, i) => [name, vectorFromArray([...(columns[i] ?? [])], type)] as const);
  return tableToIPC(new Table(Object.fromEntries(vectors)), 'stream');
}

/** Reads the parts of an Arrow IPC stream as one result. */
export function decodeTable(parts: readonly Uint8Array[]): ResultTable {
  const table = tableFromIPC(parts as Uint8Array[]);
  const columns = table.schema.fields.map((_, i) => [...(table.getChildAt(i) ?? [])] as CellValue[]);
  return { names: table.schema.fields.map(({ name }) => name), columns, rows: table.numRows };
}
