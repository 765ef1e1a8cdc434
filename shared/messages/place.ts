import type { MessageRow } from './message';

/** A row under stated columns. `extra`: filled fields for which there is no column; they are told, never dropped silently. */
export type PlacedRow = { readonly cells: (string | null)[]; readonly extra: readonly string[] };

const NONE: readonly string[] = [];

/** Puts rows under columns: a column that a row lacks is null. */
export function rowPlacer(columns: readonly string[]): (row: MessageRow) => PlacedRow {
  const places = new Map(columns.map((column, i) => [column, i]));
  let known: readonly string[] = [];
  let order: readonly number[] = [];
  return ({ keys, values }) => {
    if (keys !== known) {
      known = keys;
      order = keys.map((key) => places.get(key) ?? -1);
    }
    const cells: (string | null)[] = new Array(columns.length).fill(null);
    let extra = NONE;
    for (const [i, at] of order.entries()) {
      const value = values[i] ?? null;
      if (at >= 0) cells[at] = value;
      else if (value !== null) extra = [...extra, keys[i] ?? ''];
    }
    return { cells, extra };
  };
}
