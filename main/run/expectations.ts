import type { Counts } from '../../shared/compile/measures';
import type { Expectation } from '../../shared/document/rule-set';

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

/** A sentence for each expectation that the counts break. Without a row read, none can be judged. */
export function brokenExpectations(counts: Counts, expectations: readonly Expectation[]): readonly string[] {
  if (counts.read === 0) return [];
  return expectations.flatMap(({ measure, atLeast, atMost }) => {
    const rows = counts[measure];
    const told = `${percent(rows / counts.read)} of the rows are ${measure}`;
    return [
      ...(atLeast !== undefined && rows < atLeast * counts.read
        ? [`${told}, where at least ${percent(atLeast)} are expected`]
        : []),
      ...(atMost !== undefined && rows > atMost * counts.read
        ? [`${told}, where at most ${percent(atMost)} are expected`]
        : []),
    ];
  });
}
