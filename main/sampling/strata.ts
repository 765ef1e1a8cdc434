import type { DataSet } from '../reading/data-set';
import { fileIn, type Place } from './pieces';

/** Partitions are put together, one beside another, where there are more. */
export const MOST_STRATA = 400;
/** Bytes that are read so that each partition is in a sample, about; where it would be more, some are put together. */
export const SPREAD_BYTES = 1024 ** 3;

/** A file of a source: which one of them, from 0, and where its bytes would begin if all were one. */
export type SourceFile<P extends Place = Place> = {
  readonly place: P;
  readonly at: number;
  readonly start: number;
};

/** Files of a source of which each part of a sample has its share: those of a partition, or of some in a row. */
export type Stratum<P extends Place = Place> = readonly SourceFile<P>[];

const together = (values: readonly (string | null)[]) => JSON.stringify(values);

/** How many partitions a data set has; null where it has no keys. */
export const partitionsOf = ({ keys, files }: DataSet): number | null =>
  keys.length === 0 ? null : new Set(files.map(({ values }) => together(values))).size;

/**
 * The files of a source by its partitions, in their order; a file or a folder without keys is one stratum.
 * @param most strata at most
 */
export function strataOf<P extends Place>(place: P, most = MOST_STRATA): Stratum<P>[] {
  const { set } = place;
  if (!set) return [[{ place, at: 0, start: 0 }]];
  const byValues = new Map<string, SourceFile<P>[]>();
  let start = 0;
  for (const [at, file] of set.files.entries()) {
    const own = byValues.get(together(file.values)) ?? [];
    byValues.set(together(file.values), own);
    own.push({ place: fileIn(place, file), at, start });
    start += file.size;
  }
  const partitions = [...byValues.values()];
  const count = Math.min(partitions.length, Math.max(1, most));
  return Array.from({ length: count }, (_, i) =>
    partitions
      .slice(Math.floor((i * partitions.length) / count), Math.floor(((i + 1) * partitions.length) / count))
      .flat(),
  );
}

/**
 * Shares out a number by weights: at least one each where it is enough for that, and no more than each can take; what
 * some can't take goes to the others.
 * @returns how many each gets
 */
export function shareByWeight(total: number, weights: readonly number[], most: readonly number[]): number[] {
  const shares = weights.map(() => 0);
  const sum = weights.reduce((all, one) => all + one, 0) || 1;
  const wanted = weights.map((one) => (total * one) / sum);
  const open = () => [...weights.keys()].filter((i) => (shares[i] ?? 0) < (most[i] ?? 0));
  let left = total;
  const give = (i: number, more: number) => {
    const given = Math.min(more, left, (most[i] ?? 0) - (shares[i] ?? 0));
    shares[i] = (shares[i] ?? 0) + given;
    left -= given;
  };
  const byWeight = (some: readonly number[]) =>
    [...some].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  for (const i of byWeight(open())) give(i, 1);
  for (const i of open()) give(i, Math.max(0, Math.floor(wanted[i] ?? 0) - (shares[i] ?? 0)));
  const lacking = (i: number) => (wanted[i] ?? 0) - (shares[i] ?? 0);
  for (let some = open(); left > 0 && some.length > 0; some = open()) {
    const weight = some.reduce((all, i) => all + (weights[i] ?? 0), 0) || 1;
    const shared = left;
    for (const i of some.sort((a, b) => lacking(b) - lacking(a) || a - b))
      give(i, Math.max(1, Math.floor((shared * (weights[i] ?? 0)) / weight)));
  }
  return shares;
}
