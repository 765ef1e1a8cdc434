import type { Counts } from '../../shared/compile/measures';
import type { RunReport } from '../../shared/contract/calls/runs';
import type { Expectation } from '../../shared/document/rule-set';

type Judged = NonNullable<RunReport['expectations']>[number];

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

/**
 * Holds each expectation against the counts: a share of the rows that were read and added. Without a row, none can be
 * judged, and all hold.
 */
export function judgeExpectations(counts: Counts, expectations: readonly Expectation[]): Judged[] {
  return expectations.map(({ measure, atLeast, atMost }) => {
    const [rows, all] = [counts[measure], counts.read + counts.added];
    const holds = all === 0 || (rows >= (atLeast ?? 0) * all && rows <= (atMost ?? 1) * all);
    const share = all === 0 ? 0 : rows / all;
    return { measure, atLeast: atLeast ?? null, atMost: atMost ?? null, share, holds };
  });
}

/** What is wrong, for an expectation that does not hold. */
export const brokenWords = ({ measure, atLeast, atMost, share }: Judged): string => {
  const expected = [
    ...(atLeast === null ? [] : [`at least ${percent(atLeast)}`]),
    ...(atMost === null ? [] : [`at most ${percent(atMost)}`]),
  ].join(' and ');
  return `${percent(share)} of the rows are ${measure}, where ${expected} are expected`;
};
