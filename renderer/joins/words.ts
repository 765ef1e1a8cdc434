import type { Cardinality, Join } from '../../shared/document/join';
import type { Source } from '../../shared/document/project';
import type { JoinCounts } from '../../shared/joins/check';
import { isProblem, PROBLEMS, type Problem, problemRows } from '../../shared/joins/problems';
import { count } from '../shell/words';

type Named = Pick<Source, 'id' | 'name' | 'role'>;

/** What a source's rows are called. */
export const rowsOf = ({ role, name }: Named): string => (role === 'other' ? `rows of ${name}` : role);
/** What one of them is called. */
export const rowOf = ({ role, name }: Named): string =>
  role === 'other' ? `row of ${name}` : role.replace(/s$/, '');

export const nameOf = (sources: readonly Named[], id: string): string =>
  sources.find((one) => one.id === id)?.name ?? id;

/** A join in short: `transactions.csv → customers.csv`. */
export const titleOf = (join: Pick<Join, 'from' | 'to'>, sources: readonly Named[]): string =>
  `${nameOf(sources, join.from.source)} → ${nameOf(sources, join.to.source)}`;

/** The key in short: `customer_id = id`, or `customer_id` where both sides call it so. */
export function keyOf({ from, to }: Pick<Join, 'from' | 'to'>): string {
  const pairs = from.columns.map((column, i) => [column, to.columns[i] ?? ''] as const);
  return pairs.map(([one, other]) => (one === other ? one : `${one} = ${other}`)).join(' and ');
}

export const CARDINALITIES: readonly (readonly [Cardinality, string])[] = [
  ['many-to-one', 'many to one: each key stands once on the right'],
  ['one-to-one', 'one to one: each key stands once on either side'],
  ['many-to-many', 'many to many: keys may repeat on both sides'],
];

/** What is expected of a key, with the names of its sources. */
export function expectedWords({ cardinality }: Pick<Join, 'cardinality'>, from: string, to: string): string {
  switch (cardinality) {
    case 'many-to-one':
      return `each key is expected once in ${to}`;
    case 'one-to-one':
      return `each key is expected once in ${from} and once in ${to}`;
    case 'many-to-many':
      return 'keys may repeat in both sources';
  }
}

/** What a line of counts is called. */
export function problemWords(problem: Problem, from: Named, to: Named): string {
  switch (problem) {
    case 'orphans':
      return `${rowsOf(from)} of no ${rowOf(to)}`;
    case 'missing-from':
    case 'missing-to':
      return 'without a key';
    case 'duplicates-to':
    case 'duplicates-from':
      return 'with a key that stands more than once';
    case 'unused':
      return `without any ${rowsOf(from)}`;
  }
}

/** What a list of rows with a problem is called. */
export function listWords(problem: Problem, from: Named, to: Named): string {
  if (problem === 'orphans') return `${from.name}: ${problemWords(problem, from, to)}`;
  return `${PROBLEMS[problem] === 'from' ? from.name : to.name}: rows ${problemWords(problem, from, to)}`;
}

/** The lines of counts of a side: those that say something of its key. */
export const linesOf = (side: 'from' | 'to', join: Pick<Join, 'cardinality'>): readonly Problem[] =>
  (Object.keys(PROBLEMS) as Problem[]).filter(
    (one) => PROBLEMS[one] === side && (one !== 'duplicates-from' || isProblem(join, one)),
  );

/** Why orphans have lost their other side, in words: `310 merged into another, 40 rejected`. */
export function goneWords({ from: { gone, orphans } }: JoinCounts, to: Named): string {
  const nowhere = orphans - gone.merged - gone.rejected - gone.filtered;
  const of = (n: number, words: string) => (n === 0 ? [] : [`${count(n)} ${words}`]);
  return [
    ...of(nowhere, `found nowhere in ${to.name}`),
    ...of(gone.merged, 'whose key your steps merged into another row'),
    ...of(gone.rejected, 'whose key your steps rejected'),
    ...of(gone.filtered, 'whose key your steps filtered out'),
  ].join(' · ');
}

/** How a row left that alone has an orphan's key. */
export const GONE: Readonly<Record<string, string>> = {
  merged: 'merged into another',
  rejected: 'rejected by a step',
  filtered: 'filtered out',
};

const ALL: readonly Problem[] = ['orphans', 'duplicates-to', 'missing-to', 'duplicates-from'];

/** How many rows are wrong along a key, of either side. */
export const wrongRows = (join: Pick<Join, 'cardinality'>, counts: JoinCounts): number =>
  ALL.filter((one) => isProblem(join, one)).reduce((sum, one) => sum + problemRows(counts, one), 0);
