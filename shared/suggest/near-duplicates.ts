import type { Detector } from './suggestion';

/** More different values than a steward would look through. */
const MOST_KINDS = 3000;

export const nearDuplicates: Detector = {
  kind: 'near-duplicates',
  operations: ['merge-variants'],
  async detect(look) {
    const repeated = look.distinct > 1 && look.distinct <= MOST_KINDS && look.filled >= 3 * look.distinct;
    if (!repeated) return [];
    return [
      {
        operation: 'merge-variants',
        columns: [look.column],
        parameters: { key: 'fingerprint' },
        wrong: 'are spelled unlike the most frequent value of their kind',
      },
    ];
  },
};
