import { createHash } from 'node:crypto';
import { countsFrom } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import type { Cells } from './spark-server';
import type { Outcome } from './trace';
import { shown } from './values';

/**
 * What became of the rows, each with its input, in an order of its own: it depends neither on the order of the input
 * nor on which of two rows alike in everything stays.
 */
export const content = ({ rows, from }: Pick<Outcome, 'rows' | 'from'>, input: readonly Cells[]): string[] =>
  rows.map((row, i) => JSON.stringify([row, input[from[i] ?? -1]])).sort();

/** A hash of that content. */
export const contentHash = (outcome: Outcome, input: readonly Cells[]): string =>
  createHash('sha256').update(content(outcome, input).join('\n')).digest('hex');

/** Cells that an outcome holds: of the rows that were kept, and what went aside. */
export const cellsIn = ({ rows }: Outcome): number =>
  rows.reduce((sum, row) => sum + ('left' in row ? row.quarantined.length + 1 : row.length), 0);

export type Ran = { readonly rows: readonly Cells[]; readonly outcome: Outcome };

/** In what a run differs from the expected one, in words; empty where it does not. Rows may be in another order. */
export function disagreement(plan: Plan, expected: Ran, found: Ran | Error): string[] {
  if (found instanceof Error) return [found.message.slice(-2000)];
  const runs = [expected, found] as const;
  const [wantedCounts, counts] = runs.map(({ outcome }) =>
    JSON.stringify(countsFrom(plan, outcome.measures)),
  );
  const [wantedNames, names] = runs.map(({ outcome }) => JSON.stringify(outcome.columns));
  const told = [
    ...(wantedCounts === counts ? [] : [`counts ${wantedCounts} but ${counts}`]),
    ...(wantedNames === names ? [] : [`columns ${wantedNames} but ${names}`]),
  ];
  const [wantedHash, hash] = runs.map(({ outcome, rows }) => contentHash(outcome, rows));
  if (wantedHash === hash) return told;
  const [wanted = [], had = []] = runs.map(({ outcome, rows }) => content(outcome, rows));
  const differing = wanted.flatMap((one, i) => (one === had[i] ? [] : [`${one} but ${had[i]}`]));
  return [...told, ...differing.slice(0, 3).map((one) => (one.length > 2000 ? shown(one) : one))];
}

/** The rows in another order, by a seed. */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  let state = seed >>> 0 || 1;
  const mixed = [...rows];
  for (let i = mixed.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
