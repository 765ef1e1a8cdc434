import { shapeOf } from './shapes';

type Cells = readonly (string | null)[];

/** What a sample lets expect of one column: its shapes, unless they are too many, and whether it has missing cells. */
export type ColumnPromise = {
  readonly column: string;
  /** Null: so many that a new one says nothing. */
  readonly shapes: ReadonlySet<string> | null;
  readonly nulls: boolean;
};

/** A cell that is not as the sample promised. */
export type Breach =
  | { readonly column: string; readonly kind: 'shape'; readonly shape: string }
  | { readonly column: string; readonly kind: 'null' };

/** Shapes of a column over which none is promised. */
export const MOST_PROMISED = 1000;

/**
 * What a sample promises, column by column.
 * @param columns names, and cells by column: `cells[i]` are those of `names[i]`
 */
export function promiseOf(names: readonly string[], cells: readonly Cells[]): readonly ColumnPromise[] {
  return names.map((column, i) => {
    const shapes = new Set<string>();
    let nulls = false;
    for (const cell of cells[i] ?? []) {
      if (cell === null) nulls = true;
      else if (shapes.size <= MOST_PROMISED) shapes.add(shapeOf(cell));
    }
    return { column, shapes: shapes.size > MOST_PROMISED ? null : shapes, nulls };
  });
}

/** What of a row is not as promised; `row[i]` belongs to the i-th column of the promise. */
export function breachesOf(promise: readonly ColumnPromise[], row: Cells): readonly Breach[] {
  const found: Breach[] = [];
  for (const [i, { column, shapes, nulls }] of promise.entries()) {
    const cell = row[i] ?? null;
    if (cell === null) {
      if (!nulls) found.push({ column, kind: 'null' });
      continue;
    }
    if (shapes === null) continue;
    const shape = shapeOf(cell);
    if (!shapes.has(shape)) found.push({ column, kind: 'shape', shape });
  }
  return found;
}
