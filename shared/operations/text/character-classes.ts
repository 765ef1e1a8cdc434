import { z } from 'zod';
import { DIGITS, LETTERS, PUNCTUATION, SYMBOLS } from '../../expression/character-tables';
import {
  type CharacterRange,
  classBody,
  javaClass,
  parseRanges,
  WHITE_SPACE,
} from '../../expression/characters';
import type { FormField } from '../operation';
import { plainText } from './plain-text';

/** Characters that show as nothing and are no white space. */
const INVISIBLE: readonly CharacterRange[] = [
  [0x00ad, 0x00ad],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2060],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
];
const CONTROL: readonly CharacterRange[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
];

const CLASSES = {
  digits: { label: 'Digits', words: 'digits', ranges: () => parseRanges(DIGITS) },
  letters: { label: 'Letters', words: 'letters', ranges: () => parseRanges(LETTERS) },
  punctuation: { label: 'Punctuation', words: 'punctuation', ranges: () => parseRanges(PUNCTUATION) },
  symbols: { label: 'Symbols', words: 'symbols', ranges: () => parseRanges(SYMBOLS) },
  'white-space': { label: 'White space', words: 'white space', ranges: () => WHITE_SPACE },
  control: { label: 'Control characters', words: 'control characters', ranges: () => CONTROL },
  invisible: { label: 'Invisible characters', words: 'invisible characters', ranges: () => INVISIBLE },
} as const;
type ClassName = keyof typeof CLASSES;
const NAMES = Object.keys(CLASSES) as [ClassName, ...ClassName[]];

export const CLASSES_DOCUMENTATION =
  'Letters (with the marks that belong to them) and digits are those of every script, punctuation and symbols those ' +
  'of Unicode 16: @ and % are punctuation, + and € are symbols. Control characters are U+0000 to U+001F and U+007F ' +
  'to U+009F, tabs and line breaks among them. Invisible characters are zero-width spaces and joiners, the soft ' +
  'hyphen, the byte order mark and the marks of writing direction.';

export const charactersSchema = z
  .strictObject({
    which: z.array(z.enum(NAMES)).max(NAMES.length).default([]),
    custom: plainText(200).default(''),
  })
  .refine(({ which, custom }) => which.length > 0 || custom !== '', {
    path: ['which'],
    message: 'choose kinds of characters, or name some',
  });
export type Characters = z.output<typeof charactersSchema>;

export const charactersForm: readonly FormField[] = [
  {
    name: 'which',
    label: 'Characters',
    control: 'choices',
    choices: NAMES.map((value) => ({ value, label: CLASSES[value].label })),
  },
  { name: 'custom', label: 'And these', control: 'text', help: 'Each character counts by itself.' },
];

/** `digits, symbols and “#”`. */
export function charactersInWords({ which, custom }: Characters): string {
  const words = which.map((name): string => CLASSES[name].words);
  if (custom !== '') words.push(`“${custom}”`);
  return words.length <= 1 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const ASCII = 0x7f;

function merged(ranges: readonly CharacterRange[]): CharacterRange[] {
  const found: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const run = found.at(-1);
    if (run && first <= run[1] + 1) run[1] = Math.max(run[1], last);
    else found.push([first, last]);
  }
  return found;
}

function complement(ranges: readonly CharacterRange[]): CharacterRange[] {
  const bounds: readonly CharacterRange[] = [[-1, -1], ...ranges, [0x110000, 0x110000]];
  return bounds.slice(1).flatMap(([first], i): CharacterRange[] => {
    const after = (bounds[i]?.[1] ?? -1) + 1;
    return after < first ? [[after, first - 1]] : [];
  });
}

/** The class of these characters, or of all others; and the same for text that is all ASCII. */
export function classOf(
  { which, custom }: Characters,
  others: boolean,
): { pattern: string; sparkPattern: string; asciiPattern: string } {
  const points = [...custom].map((one) => one.codePointAt(0) ?? 0);
  const named = merged([
    ...which.flatMap((name) => CLASSES[name].ranges()),
    ...points.map((point) => [point, point] as const),
  ]);
  const ranges = others ? complement(named) : named;
  const inAscii = ranges.flatMap(([first, last]): CharacterRange[] =>
    first > ASCII ? [] : [[first, Math.min(last, ASCII)]],
  );
  return {
    pattern: ranges.length === 0 ? '' : `[${classBody(ranges)}]+`,
    sparkPattern: ranges.length === 0 ? '' : `${javaClass(ranges)}+`,
    asciiPattern: inAscii.length === 0 ? '' : `[${classBody(inAscii)}]+`,
  };
}
