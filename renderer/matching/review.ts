import type { Step } from '../../shared/document/rule-set';
import { pairsOf } from '../../shared/matching/match';
import { levelsOf, pointsOf, scoreOf } from '../../shared/matching/record';
import { createTurns, type ReadRecord, type Records } from './read-records';

/** A pair of records to decide, with the points of each comparison. */
export type OpenPair = {
  readonly one: ReadRecord;
  readonly other: ReadRecord;
  readonly points: readonly number[];
  readonly score: number;
};
export type Decided = { readonly records: readonly [string, string]; readonly same: boolean };

const MOST_SHOWN = 20;

/** Decisions in a step's parameters. */
export const decidedIn = ({ decided }: Step['parameters']): readonly Decided[] =>
  Array.isArray(decided) ? (decided as Decided[]) : [];

const pairId = (a: string, b: string) => [a, b].sort().join(' ');
const idOf = ({ one, other }: OpenPair) => pairId(one.record.id, other.record.id);

/** The pairs that a step does not decide: what has just been decided goes at once. */
export function undecided(step: Step, pairs: readonly OpenPair[]): readonly OpenPair[] {
  const done = new Set(decidedIn(step.parameters).map(({ records: [a, b] }) => pairId(a, b)));
  return pairs.filter((pair) => !done.has(idOf(pair)));
}

/** What there is to review: pairs that are not decided, the nearest to the threshold first, and how many there are. */
export type ToReview = { readonly pairs: readonly OpenPair[]; readonly open: number };

/** The undecided pairs whose score is nearest to the threshold. */
export async function openPairs({ records, options }: Records, signal: AbortSignal): Promise<ToReview> {
  const byId = new Map(records.map((one) => [one.record.id, one]));
  const done = new Set(options.decided.map(({ records: [a, b] }) => pairId(a, b)));
  const turn = createTurns(signal);
  const distance = ({ score }: OpenPair) => Math.abs(score - options.threshold);
  let nearest: OpenPair[] = [];
  let open = 0;
  for (const [a, b] of pairsOf(
    records.map(({ record }) => record),
    options,
  )) {
    await turn();
    const [one, other] = [byId.get(a.id), byId.get(b.id)];
    if (!one || !other || done.has(pairId(a.id, b.id))) continue;
    open++;
    const points = pointsOf(levelsOf(a, b, options), options);
    nearest.push({ one, other, points, score: scoreOf(points) });
    if (nearest.length > 10 * MOST_SHOWN)
      nearest = nearest.sort((x, y) => distance(x) - distance(y)).slice(0, MOST_SHOWN);
  }
  return { pairs: nearest.sort((x, y) => distance(x) - distance(y)).slice(0, MOST_SHOWN), open };
}

/** What deciding a pair changes. */
export const decide = (step: Step, { one, other }: OpenPair, same: boolean): Pick<Step, 'parameters'> => ({
  parameters: {
    ...step.parameters,
    decided: [...decidedIn(step.parameters), { records: [one.record.id, other.record.id], same }],
  },
});
