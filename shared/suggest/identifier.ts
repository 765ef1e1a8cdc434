import { isLike, isMostly } from './detecting';
import type { Detector, Look } from './suggestion';

/** Kinds of identifiers with a check digit, the stricter first; a share that chance alone would not reach. */
const KINDS = [
  ['iban', 'IBANs', 0.7],
  ['isbn', 'ISBNs', 0.7],
  ['ean', 'EANs', 0.7],
  ['vat', 'VAT numbers', 0.7],
  ['luhn', 'numbers with a Luhn check digit', 0.7],
] as const;

/** Digits, with few letters and the usual separators. */
const SHAPE = '[A-Za-z]{0,4}[ .-]?[0-9][0-9A-Za-z ./-]{4,40}';

const parts = (look: Look, kind: string) => ({
  operation: 'identifier',
  columns: [look.column],
  parameters: { kind, invalid: 'keep' },
});

export const identifier: Detector = {
  kind: 'identifier',
  operations: ['identifier'],
  async detect(look) {
    if (look.distinct < 2 || !(await isMostly(look, isLike(look.trimmed, SHAPE)))) return [];
    for (const [kind, words, least] of KINDS) {
      if ((await look.accepts(parts(look, kind))) < least) continue;
      return [
        {
          ...parts(look, kind),
          wrong: `are not ${words} in plain form`,
          cannotBe: `one of these: the check digit is wrong`,
        },
      ];
    }
    return [];
  },
};
