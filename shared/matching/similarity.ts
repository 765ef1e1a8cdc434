/** Characters of a value that are compared; what follows is left out of account. */
export const LONGEST_COMPARED = 100;

/**
 * Jaro's similarity in thousandths, rounded down: of the characters in common within half the longer length (less
 * one), and of those out of order, in whole numbers only. The texts must be in order (length, then code points), as
 * the measure is not symmetric.
 */
function jaro(a: readonly string[], b: readonly string[]): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Array<boolean>(b.length).fill(false);
  const common: string[] = [];
  for (const [i, character] of a.entries()) {
    const last = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (taken[j] || b[j] !== character) continue;
      taken[j] = true;
      common.push(character);
      break;
    }
  }
  const m = common.length;
  if (m === 0) return 0;
  const other = b.filter((_, j) => taken[j]);
  const misplaced = common.filter((character, i) => character !== other[i]).length;
  const [x, y] = [a.length, b.length];
  return Math.floor((1000 * (2 * m * m * (x + y) + (2 * m - misplaced) * x * y)) / (6 * x * y * m));
}

/** Jaro and Winkler's similarity in thousandths: Jaro's, raised for up to four characters alike at the start. */
export function jaroWinkler(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const similarity = jaro(a, b);
  let alike = 0;
  while (alike < Math.min(4, a.length, b.length) && a[alike] === b[alike]) alike++;
  return similarity + Math.floor((alike * (1000 - similarity)) / 10);
}
