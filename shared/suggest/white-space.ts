import { WHITE_SPACE } from '../expression/characters';
import { matchesPattern } from '../operations/conditions';
import type { Candidate, Detector } from './suggestion';

const point = (one: number) => `\\u{${one.toString(16)}}`;
const BLANK = `[${WHITE_SPACE.map(([first, last]) => `${point(first)}-${point(last)}`).join('')}]`;
const OTHER = `[${WHITE_SPACE.filter(([first]) => first !== 0x20)
  .map(([first, last]) => `${point(first)}-${point(last)}`)
  .join('')}]`;

export const whiteSpace: Detector = {
  kind: 'white-space',
  operations: ['trim', 'collapse-whitespace'],
  async detect(look) {
    const trim: Candidate = {
      operation: 'trim',
      columns: [look.column],
      parameters: { sides: 'both' },
      wrong: 'have white space at an end',
      together: true,
    };
    const { inside } = await look.count({
      inside: matchesPattern(look.trimmed, `${BLANK}{2}|${OTHER}`, { ignoreCase: false }),
    });
    // What is wrong at the ends alone is the other step's.
    if (inside === 0) return [trim];
    const collapse: Candidate = {
      operation: 'collapse-whitespace',
      columns: [look.column],
      parameters: {},
      wrong: 'hold several blanks in a row, or other blanks than spaces',
      together: true,
    };
    return [trim, collapse];
  },
};
