import { tableFromIPC } from 'apache-arrow';

/** A sample's rows, cell by cell, without their numbers. */
export function decodeSample(arrow: Uint8Array): (string | null)[][] {
  const table = tableFromIPC(arrow);
  const columns = table.schema.fields.slice(1).map((_, i) => table.getChildAt(i + 1));
  return Array.from({ length: table.numRows }, (_, row) =>
    columns.map((column) => (column?.get(row) as string | null) ?? null),
  );
}

/** The numbers of a sample's places. */
export const decodePlaces = (at: Uint8Array): number[] => [
  ...new Float64Array(at.buffer.slice(at.byteOffset, at.byteOffset + at.byteLength)),
];
