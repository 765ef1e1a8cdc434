/** How far back a rate looks, and how long it must look back to say anything, in ms. */
const WINDOW_MS = 5_000;
const LEAST_MS = 1_000;

/** Counts over time, and how many came a second lately. */
export type Pace = {
  /** `total`: all that have come so far. */
  count(total: number): void;
  /** A second, over the last seconds up to now; null before there is a second to tell from. */
  rate(): number | null;
};

/** Makes a pace; `now` in ms, which never goes back. */
export function createPace(now: () => number = () => performance.now()): Pace {
  const seen: { readonly at: number; readonly total: number }[] = [];
  return {
    count(total) {
      const at = now();
      seen.push({ at, total });
      // The last one before the window begins is where counting begins.
      while ((seen[1]?.at ?? at) < at - WINDOW_MS) seen.shift();
    },
    rate() {
      const [first, last] = [seen[0], seen.at(-1)];
      const at = now();
      if (!first || !last || at - first.at < LEAST_MS) return null;
      const from = seen.findLast((one) => one.at <= at - WINDOW_MS) ?? first;
      return (last.total - from.total) / ((at - from.at) / 1000);
    },
  };
}
