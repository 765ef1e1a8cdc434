import { duckdb as quote } from '../compile/sql/quote';
import type { Join } from '../document/join';
import { goneWord, type JoinCounts, keysSql, sameKeys } from './check';
import { type Keyed, LEFT } from './keyed';

/** What may be wrong with rows along a key, and which side they are on. */
export const PROBLEMS = {
  orphans: 'from',
  'missing-from': 'from',
  'duplicates-to': 'to',
  'duplicates-from': 'from',
  'missing-to': 'to',
  unused: 'to',
} as const satisfies Record<string, 'from' | 'to'>;
export type Problem = keyof typeof PROBLEMS;

/** How many rows have a problem. */
export function problemRows({ from, to }: JoinCounts, problem: Problem): number {
  switch (problem) {
    case 'orphans':
      return from.orphans;
    case 'missing-from':
      return from.missing;
    case 'duplicates-to':
      return to.duplicateRows;
    case 'duplicates-from':
      return from.duplicateRows;
    case 'missing-to':
      return to.missing;
    case 'unused':
      return to.unused;
  }
}

/** The problems of a join: the others are no more than facts, such as customers without a transaction. */
export function isProblem({ cardinality }: Pick<Join, 'cardinality'>, problem: Problem): boolean {
  switch (problem) {
    case 'orphans':
      return true;
    case 'missing-from':
    case 'unused':
      return false;
    case 'missing-to':
    case 'duplicates-to':
      return cardinality !== 'many-to-many';
    case 'duplicates-from':
      return cardinality === 'one-to-one';
  }
}

const conditions: Record<Problem, { readonly other: boolean; readonly where: string }> = {
  orphans: { other: true, where: 'mine.n > 0 AND coalesce(b.n, 0) = 0' },
  'missing-from': { other: false, where: 'mine.n IS NULL' },
  'missing-to': { other: false, where: 'mine.n IS NULL' },
  'duplicates-from': { other: false, where: 'mine.n > 1' },
  'duplicates-to': { other: false, where: 'mine.n > 1' },
  unused: { other: true, where: 'mine.n > 0 AND coalesce(b.n, 0) = 0' },
};

/**
 * The kept rows that have a problem: `r`, `gone` (how rows left the other side that alone have the key; null where
 * there is none), and `cells`; duplicates by key, others in the order of the source.
 * @param cells SQL over the side's relation
 */
export function problemsSql(
  problem: Problem,
  sides: { readonly from: Keyed; readonly to: Keyed },
  { row, cells, limit }: { row: string; cells: readonly string[]; limit: number },
): string {
  const mine = PROBLEMS[problem];
  const [own, other] = mine === 'from' ? [sides.from, sides.to] : [sides.to, sides.from];
  const { other: joins, where } = conditions[problem];
  const keys = own.keys.map((key, i) => `${key} AS k${i}`);
  const shown = cells.map((cell, i) => `${cell} AS v${i}`);
  const duplicates = problem === 'duplicates-from' || problem === 'duplicates-to';
  const order = [...(duplicates ? own.keys.map((_, i) => `s.k${i}`) : []), 's.r'];
  return (
    `WITH ${keysSql(own, other)}, s AS (SELECT ${row} AS r, ${[...keys, ...shown].join(', ')} FROM ${own.relation} ` +
    `WHERE ${LEFT} IS NULL) SELECT CAST(s.r AS DOUBLE) AS r, ${joins && mine === 'from' ? goneWord : 'NULL'} AS gone, ` +
    `${cells.map((_, i) => `s.v${i}`).join(', ')} FROM s LEFT JOIN a mine ON ${sameKeys('s', 'mine', own)} ` +
    `${joins ? `LEFT JOIN b ON ${sameKeys('s', 'b', own)} ` : ''}WHERE ${where} ` +
    `ORDER BY ${order.join(', ')} LIMIT ${quote.integer(limit)}`
  );
}
