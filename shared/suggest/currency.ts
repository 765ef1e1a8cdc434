import { call } from '../expression/primitives';
import { CURRENCIES, SIGNS } from './currencies';
import { isMostly } from './detecting';
import { mapping } from './mapping';
import type { Detector } from './suggestion';

export const currency: Detector = {
  kind: 'currency',
  operations: ['map-values'],
  async detect(look) {
    const code = call('isOneOf', [call('upper', [look.trimmed])], { values: CURRENCIES });
    if (look.distinct > 400 || !(await isMostly(look, code, 0.8))) return [];
    const signs = await look.frequent(20, call('isOneOf', [look.trimmed], { values: Object.keys(SIGNS) }));
    const codes = await look.frequent(400, code);
    const pairs = [
      ...signs.map(({ value }): [string, string] => [value, SIGNS[value] ?? value]),
      ...[...new Set(codes.map(({ value }) => value.toUpperCase()))].map((one): [string, string] => [
        one,
        one,
      ]),
    ];
    return [
      {
        operation: 'map-values',
        columns: [look.column],
        parameters: mapping(pairs),
        wrong: 'are not currency codes in capitals',
      },
    ];
  },
};
