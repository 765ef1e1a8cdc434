import { tableFromIPC } from 'apache-arrow';
import type { CellValue, ResultTable } from '../../shared/ports/engine';

/** Reads the parts of an Arrow IPC stream as one result. */
export function decodeTable(parts: readonly Uint8Array[]): ResultTable {
  const table = tableFromIPC(parts as Uint8Array[]);
  const columns = table.schema.fields.map((_, i) => [...(table.getChildAt(i) ?? [])] as CellValue[]);
  return { names: table.schema.fields.map(({ name }) => name), columns, rows: table.numRows };
}
