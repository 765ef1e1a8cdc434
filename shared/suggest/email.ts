import { isEmailAddress } from '../operations/email';
import { isMostly } from './detecting';
import type { Detector } from './suggestion';

export const email: Detector = {
  kind: 'email',
  operations: ['email'],
  async detect(look) {
    if (!(await isMostly(look, isEmailAddress(look.trimmed)))) return [];
    return [
      {
        operation: 'email',
        columns: [look.column],
        parameters: { canonical: 'lower', invalid: 'keep' },
        wrong: 'are not plain lower-case addresses',
        cannotBe: 'read as an address',
      },
    ];
  },
};
