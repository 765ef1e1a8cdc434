import { isLike, isMostly, shareOf } from './detecting';
import type { Candidate, Detector, Look } from './suggestion';

type Form = 'alpha2' | 'alpha3' | 'name';
const WORDS: Record<Form, string> = {
  alpha2: 'are not two-letter country codes',
  alpha3: 'are not three-letter country codes',
  name: 'are not country names in English',
};
/** More different values than countries and their spellings. */
const MOST_KINDS = 1500;

const candidate = (look: Look, to: Form): Candidate => ({
  operation: 'country',
  columns: [look.column],
  parameters: { to, invalid: 'keep' },
  wrong: WORDS[to],
  cannotBe: 'found among the countries',
});

export const country: Detector = {
  kind: 'country',
  operations: ['country'],
  async detect(look) {
    if (look.distinct > MOST_KINDS) return [];
    if (!(await isMostly(look, isLike(look.trimmed, '[^0-9@/_]{2,60}'), 0.8))) return [];
    if ((await look.accepts(candidate(look, 'alpha2'))) < 0.8) return [];
    const { two, three } = await look.count({
      two: isLike(look.trimmed, '[A-Za-z]{2}'),
      three: isLike(look.trimmed, '[A-Za-z]{3}'),
    });
    // As most of them are written; the codes' own form where that is not clear.
    const form: Form =
      shareOf(three, look.filled) > 0.5
        ? 'alpha3'
        : shareOf(two + three, look.filled) < 0.3
          ? 'name'
          : 'alpha2';
    return [candidate(look, form)];
  },
};
