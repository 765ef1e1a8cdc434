import { LOWERCASE_RUNS, type Run, UPPERCASE_RUNS } from './unicode-tables';

/** Unicode's simple (one to one) case mapping, the same on every engine. */
export type CaseTable = ReadonlyMap<number, number>;

function expand(runs: readonly Run[]): CaseTable {
  const table = new Map<number, number>();
  for (const [first, last, step, delta] of runs) {
    for (let point = first; point <= last; point += step) table.set(point, point + delta);
  }
  return table;
}

export const lowercaseTable = expand(LOWERCASE_RUNS);
export const uppercaseTable = expand(UPPERCASE_RUNS);

/** Maps each code point of a text through a case table. */
export function mapCase(text: string, table: CaseTable): string {
  let mapped = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    mapped += String.fromCodePoint(table.get(point) ?? point);
  }
  return mapped;
}

let variants: Map<number, number[]> | undefined;

/**
 * Every code point that equals the given one apart from case: those with the same simple lower-case form,
 * the given one included.
 */
export function caseVariants(point: number): readonly number[] {
  if (!variants) {
    variants = new Map();
    for (const [upper, lower] of lowercaseTable) {
      const found = variants.get(lower);
      if (found) found.push(upper);
      else variants.set(lower, [lower, upper]);
    }
  }
  const lower = lowercaseTable.get(point) ?? point;
  return variants.get(lower) ?? [lower];
}
