import { rankOf } from '../../shared/sampling/seeded';
import { inParallel } from './found-file';
import type { Place } from './pieces';
import { type SourceFile, type Stratum, shareByWeight } from './strata';

/** Spans that a source is cut into, at most, and rounds in which some of them are chosen. */
export const MOST_SPANS = 2 ** 20;
const MOST_ROUNDS = 20;

/** Part of a file, in bytes: from its start up to its end. */
export type Span = readonly [start: number, end: number];

/** Spans of a stratum, numbered from one file to the next. */
type Spans<P extends Place> = {
  readonly count: number;
  readonly bytes: number;
  /** A span by its number: its file, and where it is in that. */
  find(number: number): { file: SourceFile<P>; span: Span };
};

function spansOf<P extends Place>(stratum: Stratum<P>, length: number, base: number): Spans<P> {
  const counts = stratum.map(({ place }) => Math.ceil(Math.max(0, place.size - base) / length));
  const firsts: number[] = [];
  let count = 0;
  for (const one of counts) {
    firsts.push(count);
    count += one;
  }
  return {
    count,
    bytes: stratum.reduce((sum, { place }) => sum + Math.max(0, place.size - base), 0),
    find(number) {
      let [low, high] = [0, firsts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((firsts[middle] ?? 0) <= number) low = middle;
        else high = middle - 1;
      }
      const file = stratum[low] as SourceFile<P>;
      const start = base + (number - (firsts[low] ?? 0)) * length;
      return { file, span: [start, Math.min(file.place.size, start + length)] };
    },
  };
}

/** What is drawn how. `length`: of a span, in bytes; `base`: where the first span of each file begins. */
export type SpanDrawing = {
  readonly length: number;
  readonly base: number;
  readonly rows: number;
  readonly seed: number;
  /** Spans that are read at least, if there are as many. */
  readonly least: number;
  /** Bytes that a record seems to take. */
  readonly recordBytes: number;
};

/** How what begins in a span is read, and how many records it is of how many bytes. */
export type SpanReader<P extends Place, T> = {
  read(file: SourceFile<P>, span: Span): Promise<{ items: readonly T[]; read: number }>;
  weigh(item: T): { readonly records: number; readonly bytes: number };
};

export type DrawnSpans<T> = {
  /** By stratum, in no order. */
  readonly pools: readonly (readonly T[])[];
  /** Records of each stratum in all, as what was read of it tells. */
  readonly estimated: readonly number[];
  readonly spans: { readonly read: number; readonly of: number };
  /** Bytes read. */
  readonly read: number;
};

/**
 * Reads spans of a source until what begins in them are rows enough: the source is cut into stretches of one length,
 * and the seed chooses a span in each. Each stratum has its share of them, by its size, and a span at least. Nothing
 * depends on how files are read.
 */
export async function drawSpans<P extends Place, T>(
  strata: readonly Stratum<P>[],
  { length, base, rows, seed, least, recordBytes: guessed }: SpanDrawing,
  { read: readSpan, weigh }: SpanReader<P, T>,
  told: (records: number) => void,
): Promise<DrawnSpans<T>> {
  const spans = strata.map((one) => spansOf(one, length, base));
  const counts = spans.map(({ count }) => count);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const taken = strata.map(() => new Set<number>());
  const pools = strata.map((): T[] => []);
  const records = strata.map(() => 0);
  const bytes = strata.map(() => 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const takenOf = () => sum(taken.map(({ size }) => size));
  let [read, recordBytes] = [0, guessed];
  for (let round = 0; round < MOST_ROUNDS && sum(records) < rows && takenOf() < all; round++) {
    const wanted = Math.ceil(((rows - sum(records)) * recordBytes * 1.15) / length);
    const stretches = round === 0 ? Math.max(least, wanted, strata.length) : wanted + 4;
    const shares = shareByWeight(Math.min(all, stretches), counts, counts);
    const chosen: { stratum: number; number: number }[] = [];
    let drawn = 0;
    for (const [stratum, share] of shares.entries()) {
      const count = counts[stratum] ?? 0;
      for (let i = 0; i < share; i++) {
        const [from, end] = [Math.floor((i * count) / share), Math.floor(((i + 1) * count) / share)];
        const number = from + Math.floor(rankOf(seed, round * MOST_SPANS * 2 + drawn++) * (end - from));
        if (taken[stratum]?.has(number)) continue;
        taken[stratum]?.add(number);
        chosen.push({ stratum, number });
      }
    }
    const before = sum(records);
    const found = await inParallel(chosen, async ({ stratum, number }) => {
      const { file, span } = (spans[stratum] as Spans<P>).find(number);
      const one = await readSpan(file, span);
      told(Math.min(rows, before + sum(one.items.map((item) => weigh(item).records))));
      return { stratum, ...one };
    });
    for (const { stratum, items, read: own } of found) {
      read += own;
      for (const item of items) {
        const weight = weigh(item);
        records[stratum] = (records[stratum] ?? 0) + weight.records;
        bytes[stratum] = (bytes[stratum] ?? 0) + weight.bytes;
        pools[stratum]?.push(item);
      }
    }
    told(Math.min(rows, sum(records)));
    recordBytes = Math.max(1, sum(bytes) / Math.max(1, sum(records)));
  }
  const estimated = spans.map((one, i) => {
    const held = records[i] ?? 0;
    return held === 0 ? 0 : one.bytes / Math.max(1, (bytes[i] ?? 0) / held);
  });
  return { pools, estimated, spans: { read: takenOf(), of: all }, read };
}
