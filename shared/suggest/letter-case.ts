import { isEmailAddress } from '../operations/email';
import { isLike, isMostly } from './detecting';
import { isCalledName } from './person-name';
import type { Candidate, Detector, Look } from './suggestion';

type Style = 'lower' | 'upper' | 'title' | 'sentence';
const WORDS: Record<Style, string> = {
  lower: 'are not in lower case, as most are',
  upper: 'are not in capitals, as most are',
  title: 'are not written With Capitals, as most are',
  sentence: 'do not begin with one capital, as most do',
};
const STYLES = Object.keys(WORDS) as Style[];
/** Share of the cells that may be in another style than the column's. */
const MOST_OTHERS = 0.25;
const LETTER = '.*[A-Za-z\\u00c0-\\u024f\\u0370-\\u052f].*';

const candidate = (look: Look, to: Style): Candidate => ({
  operation: 'change-case',
  columns: [look.column],
  parameters: { to },
  wrong: WORDS[to],
});

export const letterCase: Detector = {
  kind: 'letter-case',
  operations: ['change-case'],
  async detect(look) {
    if (!(await isMostly(look, isLike(look.trimmed, LETTER)))) return [];
    if (await isMostly(look, isEmailAddress(look.trimmed))) return [];
    // Codes such as C0000017 are in capitals without anyone having chosen so.
    if (await isMostly(look, isLike(look.trimmed, '.*[0-9].*'), 0.9)) return [];
    let best: { style: Style; others: number } | null = null;
    for (const style of STYLES) {
      const tried = await look.attempt(candidate(look, style));
      const others = tried ? tried.fixed / Math.max(1, tried.filled) : 1;
      if (!best || others < best.others) best = { style, others };
    }
    if (!best || best.others > MOST_OTHERS) return [];
    // Names have a step of their own, which knows McKenna and O'Hara.
    return best.style === 'title' && isCalledName(look.column) ? [] : [candidate(look, best.style)];
  },
};
