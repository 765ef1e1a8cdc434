import { customers } from '../../../main/sample/customers';
import type { Emit } from '../../../main/sample/table';

/** So many rows of the sample shop's customers, and their columns. */
export function sampleCustomers(rows: number): {
  names: readonly string[];
  rows: (readonly (string | null)[])[];
} {
  const table = customers(42);
  const made: (readonly (string | null)[])[] = [];
  const emit: Emit = Object.assign((row: { values: readonly (string | null)[] }) => made.push(row.values), {
    later() {},
  });
  for (const _ of table.generate(rows, emit));
  return { names: table.columns, rows: made };
}
