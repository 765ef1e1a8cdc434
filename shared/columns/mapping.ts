import type { MissingColumn } from './missing';
import { likeness } from './near-names';

/** What speaks for a column in place of a missing one. */
export type Reason = 'name' | 'similar-name' | 'content' | 'place';

/** A column of the input that may stand for a missing one; `score` from 0 to 1. */
export type Proposal = { readonly column: string; readonly score: number; readonly reason: Reason };

/** Share of a column's cells that the steps which name a missing one accept; null where they accept anything. */
export type Fits = (missing: MissingColumn, column: string) => number | null;

const ENOUGH = 0.4;

export type MappingQuestion = {
  readonly missing: readonly MissingColumn[];
  /** The input's columns, in order. */
  readonly columns: readonly string[];
  /** Columns that the rules were made for, in order, where that is known. */
  readonly before: readonly string[];
  /** Columns that the rules use already. */
  readonly used: ReadonlySet<string>;
  readonly fits: Fits;
};

function judge(
  { columns, before, used, fits }: MappingQuestion,
  missing: MissingColumn,
  column: string,
): Proposal {
  const name = likeness(missing.column, column);
  const content = fits(missing, column);
  const place = before.indexOf(missing.column);
  const samePlace = place >= 0 && before.length === columns.length && columns[place] === column;
  // A column that the rules use by its own name is seldom also meant by another.
  const free = used.has(column) ? 0.5 : 1;
  if (name === 1) return { column, score: free, reason: 'name' };
  // Cells that the step refuses speak louder than a name that is a little alike.
  const refused = content !== null && content < 0.3 ? 0.5 : 1;
  const candidates: Proposal[] = [
    { column, score: (0.9 * name + (samePlace ? 0.09 : 0)) * refused * free, reason: 'similar-name' },
    { column, score: samePlace ? 0.6 * refused * free : 0, reason: 'place' },
    { column, score: content === null ? 0 : 0.8 * content * free, reason: 'content' },
  ];
  return candidates.reduce((best, one) => (one.score > best.score ? one : best));
}

/** For each missing column the columns that may stand for it, the likeliest first. */
export function proposals(question: MappingQuestion): ReadonlyMap<string, readonly Proposal[]> {
  return new Map(
    question.missing.map((one) => [
      one.column,
      question.columns
        .map((column) => judge(question, one, column))
        .filter(({ score }) => score >= ENOUGH)
        .sort((a, b) => b.score - a.score),
    ]),
  );
}

/** The likeliest mapping in which no column stands for two; a missing column without a likely one is left out. */
export function proposeMapping(question: MappingQuestion): Readonly<Record<string, string>> {
  const open = [...proposals(question)].flatMap(([from, list]) => list.map((one) => ({ from, ...one })));
  open.sort((a, b) => b.score - a.score);
  const mapping: Record<string, string> = {};
  const taken = new Set<string>();
  for (const { from, column } of open) {
    if (from in mapping || taken.has(column)) continue;
    mapping[from] = column;
    taken.add(column);
  }
  return mapping;
}
