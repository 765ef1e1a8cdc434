import { isLike, isMostly } from './detecting';
import type { Detector } from './suggestion';

const LETTERS = "[A-Za-z\\u00c0-\\u024f\\u0370-\\u052f'’.-]+";
const NAMED = /\b(name|given|family|surname|first|last|contact|customer|person)\b/i;
const NOT_PEOPLE = /company|file|user|product|city|street|country/i;

/** Whether a column is called as columns of people's names are. */
export function isCalledName(column: string): boolean {
  const title = column.replaceAll('_', ' ');
  return NAMED.test(title) && !NOT_PEOPLE.test(title);
}

export const personName: Detector = {
  kind: 'person-name',
  operations: ['person-name'],
  async detect(look) {
    if (!isCalledName(look.column)) return [];
    if (!(await isMostly(look, isLike(look.trimmed, `${LETTERS}(?:[ \\u00a0]+${LETTERS}){0,4}`)))) return [];
    return [
      {
        operation: 'person-name',
        columns: [look.column],
        parameters: {},
        wrong: 'are not written as names usually are',
      },
    ];
  },
};
