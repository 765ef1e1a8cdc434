import { z } from 'zod';
import { parseRanges } from '../expression/characters';
import { lookup } from './lookup';
import { UNASSIGNED } from './normalization-table';

export const NORMAL_FORMS = ['NFC', 'NFKC'] as const;
export type NormalForm = (typeof NORMAL_FORMS)[number];

// Libraries know different versions of Unicode; what all of them know they normalise alike, for ever. The table is of
// the oldest version that any Python of Spark 3.5 has.
const ranges = parseRanges(UNASSIGNED).map(
  ([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`,
);
const KNOWN = new RegExp(`[^${ranges.join('')}]+`, 'gu');
const BEYOND_ASCII = /[^\0-\x7f]/;

/** The text in a normal form; code points that Unicode 12.1 does not assign part it and stay as they are. */
export const normalizeUnicode = (text: string, form: NormalForm): string =>
  BEYOND_ASCII.test(text) ? text.replace(KNOWN, (part) => part.normalize(form)) : text;

export const normalizeUnicodeLookup = lookup<'text', 'text', { form: NormalForm }>({
  id: 'normalize-unicode',
  meaning: 'The text in a normal form of Unicode.',
  inputs: ['text'],
  outputs: ['text'],
  options: z.strictObject({ form: z.enum(NORMAL_FORMS) }),
  heavy: false,
  load:
    async () =>
    ([text = null], { form }) => [text === null ? null : normalizeUnicode(text, form)],
  samples: NORMAL_FORMS.map((form) => ({ form })),
});
