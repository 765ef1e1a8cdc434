import { type MatchOptions, matchOptionsSchema } from '../matching/options';
import { lookup } from './lookup';

export const matchLookup = lookup<'record', 'group' | 'score', MatchOptions>({
  id: 'match',
  meaning: 'The group of records that a record belongs to, and its best score, explained.',
  inputs: ['record'],
  outputs: ['group', 'score'],
  options: matchOptionsSchema,
  heavy: true,
  async whole() {
    const { matchRecords } = await import('../matching/match');
    return ([records = []], options) => {
      const asked = records.flatMap((record, row) => (record === null ? [] : [{ record, row }]));
      const [group, score] = [
        records.map(() => null as string | null),
        records.map(() => null as string | null),
      ];
      const matched = matchRecords(
        asked.map(({ record }) => record),
        options,
      );
      for (const [i, { row }] of asked.entries()) {
        group[row] = matched[i]?.group ?? null;
        score[row] = matched[i]?.score ?? null;
      }
      return [group, score];
    };
  },
  async load() {
    throw new TypeError('Records are matched all at once.');
  },
  samples: [],
});
