import { clustersByKey } from '../variants/cluster';
import { isLike, isMostly } from './detecting';
import type { Detector } from './suggestion';
import { figure, quoted } from './words';

/** More different values than a steward would look through. */
const MOST_KINDS = 3000;

export const nearDuplicates: Detector = {
  kind: 'near-duplicates',
  operations: ['merge-variants'],
  async detect(look) {
    const repeated = look.distinct > 1 && look.distinct <= MOST_KINDS && look.filled >= 3 * look.distinct;
    if (!repeated) return [];
    // The same words in another order are the same name, but not the same date or number.
    if (!(await isMostly(look, isLike(look.trimmed, '[^0-9]+'), 0.9))) return [];
    const clusters = clustersByKey(await look.frequent(MOST_KINDS), 'fingerprint', 2);
    if (clusters.length === 0) return [];
    const canonical = clusters.map(({ members: [first, ...others] }) => ({
      value: first?.value ?? '',
      members: others.map(({ value }) => value),
    }));
    const examples = canonical
      .slice(0, 2)
      .map(({ value, members }) => `${members.slice(0, 2).map(quoted).join(', ')} for ${quoted(value)}`);
    return [
      {
        operation: 'merge-variants',
        columns: [look.column],
        parameters: { key: 'fingerprint', canonical },
        wrong: 'are spelled unlike the most frequent value with the same words',
        remarks: [
          `${figure(clusters.length)} ${clusters.length === 1 ? 'value is' : 'values are'} there in several spellings, such as ${examples.join('; ')}.`,
        ],
      },
    ];
  },
};
