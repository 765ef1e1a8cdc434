import { call } from '../expression/primitives';
import { isMostly } from './detecting';
import { mapping } from './mapping';
import type { Detector } from './suggestion';

const YES = ['yes', 'y', 'true', 't', '1', 'ja', 'oui', 'si', 'on', 'x'];
const NO = ['no', 'n', 'false', 'f', '0', 'nein', 'non', 'off'];

export const yesNo: Detector = {
  kind: 'yes-no',
  operations: ['map-values'],
  async detect(look) {
    const lowered = call('lower', [look.trimmed]);
    const known = call('isOneOf', [lowered], { values: [...YES, ...NO] });
    if (look.distinct < 2 || look.distinct > 60 || !(await isMostly(look, known, 0.95))) return [];
    const found = new Map<string, number>();
    for (const { value, rows } of await look.frequent(60, known))
      found.set(value.toLowerCase(), (found.get(value.toLowerCase()) ?? 0) + rows);
    const usual = (words: readonly string[]) =>
      words.filter((word) => found.has(word)).sort((a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0));
    const [yes, no] = [usual(YES), usual(NO)];
    // Ones and zeros alone are as likely to be a number.
    if (!yes[0] || !no[0]) return [];
    const to = (words: readonly string[]) => words.map((word): [string, string] => [word, words[0] ?? word]);
    return [
      {
        operation: 'map-values',
        columns: [look.column],
        parameters: mapping([...to(yes), ...to(no)]),
        wrong: `say ${yes[0]} or ${no[0]} in other words`,
      },
    ];
  },
};
