import { call } from '../expression/primitives';
import { NULL_TOKENS } from '../operations/nullify';
import { isLike, isMostly } from './detecting';
import { isWord } from './look';
import type { Detector } from './suggestion';
import { figure, listed, quoted } from './words';

export const nullTokens: Detector = {
  kind: 'null-tokens',
  operations: ['nullify'],
  async detect(look) {
    // NA is a country, a state and a sales region where the other cells are codes too.
    const codes = await isMostly(look, isLike(look.trimmed, '[A-Za-z]{2,3}'), 0.8);
    const values = codes ? NULL_TOKENS.filter((token) => token !== 'NA') : [...NULL_TOKENS];
    const tests = Object.fromEntries(
      values.map((token) => [
        token,
        token === '' ? call('isOneOf', [look.value], { values: [''] }) : isWord(look.value, [token]),
      ]),
    );
    const counts = Object.entries(await look.countAll(tests))
      .filter(([, rows]) => rows > 0)
      .sort(([, a], [, b]) => b - a);
    if (counts.length === 0) return [];
    const found = counts.map(
      ([token, rows]) => `${token === '' ? 'empty text' : quoted(token)} ${figure(rows)} times`,
    );
    return [
      {
        operation: 'nullify',
        columns: [look.column],
        parameters: { values, ignoreCase: true },
        wrong: 'hold a placeholder instead of nothing',
        remarks: [`Found ${listed(found)}, letter case apart.`],
        together: true,
      },
    ];
  },
};
