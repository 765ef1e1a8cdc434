import { pairsOf } from './match';
import type { MatchOptions } from './options';
import { type Level, levelsOf, type MatchRecord } from './record';

/** Points for what a bit of evidence is worth. */
const POINTS_A_BIT = 10;
const MOST_PAIRS = 300_000;
const ROUNDS = 60;
/** No level is taken for impossible. */
const LEAST = 1e-4;
/** From this probability on two records are taken for the same. */
const SURE = 0.9;

const LEVELS = ['agree', 'near', 'differ'] as const;
type Shown = (typeof LEVELS)[number];
type Chances = Record<Shown, number>[];

/** Points for each comparison, in their order, and the threshold that goes with them. */
export type Learned = {
  readonly compare: readonly Readonly<Record<Shown, number>>[];
  readonly threshold: number;
  /** Pairs that were looked at, and the share of them that is taken for the same. */
  readonly pairs: number;
  readonly share: number;
};

type Pattern = { readonly levels: readonly Level[]; pairs: number };

function patternsOf(records: readonly MatchRecord[], options: MatchOptions): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  let pairs = 0;
  for (const [one, other] of pairsOf(records, options)) {
    if (++pairs > MOST_PAIRS) break;
    const levels = levelsOf(one, other, options);
    const key = levels.join();
    const pattern = found.get(key);
    if (pattern) pattern.pairs++;
    else found.set(key, { levels, pairs: 1 });
  }
  return [...found.values()];
}

const likelihood = (levels: readonly Level[], chances: Chances) =>
  levels.reduce(
    (product, level, i) => (level === 'missing' ? product : product * (chances[i]?.[level] ?? 1)),
    1,
  );

/** The chance of each level, from pairs weighted by how likely they are to belong to what is looked at. */
function chancesOf(
  patterns: readonly Pattern[],
  comparisons: number,
  weight: (i: number) => number,
): Chances {
  return Array.from({ length: comparisons }, (_, c) => {
    const sums: Record<Shown, number> = { agree: 0, near: 0, differ: 0 };
    for (const [i, { levels, pairs }] of patterns.entries()) {
      const level = levels[c] ?? 'missing';
      if (level !== 'missing') sums[level] += pairs * weight(i);
    }
    const total = Math.max(
      LEVELS.reduce((sum, level) => sum + sums[level], 0),
      LEAST,
    );
    return {
      agree: Math.max(sums.agree / total, LEAST),
      near: Math.max(sums.near / total, LEAST),
      differ: Math.max(sums.differ / total, LEAST),
    };
  });
}

/**
 * Learns points without labels: expectation and maximisation after Fellegi and Sunter over the pairs within blocks,
 * each comparison taken for independent of the others. Null where there are too few pairs to learn from.
 */
export function learnPoints(records: readonly MatchRecord[], options: MatchOptions): Learned | null {
  const patterns = patternsOf(records, options);
  const pairs = patterns.reduce((sum, one) => sum + one.pairs, 0);
  if (pairs < 50 || patterns.length < 3) return null;
  const count = options.compare.length;
  let same: Chances = options.compare.map(() => ({ agree: 0.85, near: 0.1, differ: 0.05 }));
  let different: Chances = options.compare.map(() => ({ agree: 0.1, near: 0.1, differ: 0.8 }));
  let share = 0.1;
  for (let round = 0; round < ROUNDS; round++) {
    const posterior = patterns.map(({ levels }) => {
      const yes = share * likelihood(levels, same);
      return yes / (yes + (1 - share) * likelihood(levels, different));
    });
    same = chancesOf(patterns, count, (i) => posterior[i] ?? 0);
    different = chancesOf(patterns, count, (i) => 1 - (posterior[i] ?? 0));
    const expected = patterns.reduce((sum, one, i) => sum + one.pairs * (posterior[i] ?? 0), 0);
    share = Math.min(Math.max(expected / pairs, LEAST), 1 - LEAST);
  }
  const bits = (ratio: number) => Math.round(POINTS_A_BIT * Math.log2(ratio));
  return {
    compare: same.map((chances, i) => {
      const against = different[i] ?? chances;
      return {
        agree: bits(chances.agree / against.agree),
        near: bits(chances.near / against.near),
        differ: bits(chances.differ / against.differ),
      };
    }),
    threshold: bits(((1 - share) / share) * (SURE / (1 - SURE))),
    pairs,
    share,
  };
}
