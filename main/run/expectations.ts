import type { Counts } from '../../shared/compile/measures';
import type { RunReport } from '../../shared/contract/calls/runs';
import type { Expectation } from '../../shared/document/rule-set';

type Judged = NonNullable<RunReport['expectations']>[number];

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

/** Holds each expectation against the counts. Without a row read, none can be judged, and all hold. */
export function judgeExpectations(counts: Counts, expectations: readonly Expectation[]): Judged[] {
  return expectations.map(({ measure, atLeast, atMost }) => {
    const rows = counts[measure];
    const holds =
      counts.read === 0 || (rows >= (atLeast ?? 0) * counts.read && rows <= (atMost ?? 1) * counts.read);
    const share = counts.read === 0 ? 0 : rows / counts.read;
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
