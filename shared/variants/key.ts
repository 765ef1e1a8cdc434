import { z } from 'zod';
import { lowercaseTable, mapCase } from '../expression/case-table';
import { type CharacterRange, WHITE_SPACE } from '../expression/characters';
import { FOLDS } from './folds';

/** Ways to tell variants of a value, strict to lax. `exact` is for values that no key brings together. */
export const KEY_KINDS = ['exact', 'fingerprint', 'ngram', 'cologne', 'soundex'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];
export type ComputedKind = Exclude<KeyKind, 'exact'>;

/** Between words: white space, dashes, slashes and most other punctuation. */
const SEPARATORS: readonly CharacterRange[] = [
  ...WHITE_SPACE,
  [0x0021, 0x0026],
  [0x0028, 0x002d],
  [0x002f, 0x002f],
  [0x003a, 0x0040],
  [0x005b, 0x005f],
  [0x007b, 0x007e],
  [0x00a1, 0x00a9],
  [0x00ab, 0x00ac],
  [0x00ae, 0x00b1],
  [0x00b6, 0x00b8],
  [0x00bb, 0x00bb],
  [0x00bf, 0x00bf],
  [0x00d7, 0x00d7],
  [0x00f7, 0x00f7],
  [0x2010, 0x2017],
  [0x201c, 0x2027],
  [0x2030, 0x205e],
  [0x3001, 0x3003],
  [0x3008, 0x3011],
];

/** Written inside words or not at all: controls, apostrophes, full stops, combining marks, invisible characters. */
const DROPPED: readonly CharacterRange[] = [
  [0x0000, 0x0008],
  [0x000e, 0x001f],
  [0x007f, 0x0084],
  [0x0086, 0x009f],
  [0x0027, 0x0027],
  [0x002e, 0x002e],
  [0x0060, 0x0060],
  [0x00ad, 0x00ad],
  [0x00b4, 0x00b4],
  [0x02b9, 0x02bf],
  [0x0300, 0x036f],
  [0x200b, 0x200f],
  [0x2018, 0x201b],
  [0x202a, 0x202e],
  [0x2060, 0x2060],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
];

const ranges = z.array(z.tuple([z.number().int(), z.number().int()]));

/** What a key is computed with. The job has no tables of its own: they travel in the plan. */
export const keyOptionsSchema = z.strictObject({
  key: z.enum(['fingerprint', 'ngram', 'cologne', 'soundex']),
  /** Characters of an n-gram. */
  size: z.number().int().min(1).max(3),
  longest: z.number().int(),
  separators: ranges,
  dropped: ranges,
  folds: z.record(z.string(), z.string()),
});
export type KeyOptions = z.output<typeof keyOptionsSchema>;

/** Longer values have no key. In code points. */
export const LONGEST_VALUE = 1000;

/** The options of a kind of key, with the tables it needs. */
export const keyOptions = (key: ComputedKind, size: number): KeyOptions => ({
  key,
  size,
  longest: LONGEST_VALUE,
  separators: SEPARATORS.map(([first, last]): [number, number] => [first, last]),
  dropped: DROPPED.map(([first, last]): [number, number] => [first, last]),
  folds: FOLDS,
});

const point = (character: string | undefined) => character?.codePointAt(0) ?? -1;
const isDigit = (character: string | undefined) =>
  character !== undefined && character >= '0' && character <= '9' && character.length === 1;

/** Order of texts by code point, which JavaScript's own order is not. */
export function byCodePoint(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = point(a[i]) - point(b[i]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const pointsIn = (all: readonly CharacterRange[]): readonly string[] =>
  all.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
  );

/** Characters that are not written as they are: as nothing, as a blank, or as plain letters. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ...Object.entries(FOLDS),
  ...pointsIn(SEPARATORS).map((one): [string, string] => [one, ' ']),
  ...pointsIn(DROPPED).map((one): [string, string] => [one, '']),
]);

/** The words of a lower-case text, without marks. A point or comma between two digits stays. */
export function wordsOf(lowered: string): readonly string[] {
  const characters = [...lowered];
  let plain = '';
  for (const [i, character] of characters.entries()) {
    const decimal = character === '.' || character === ',';
    if (decimal && isDigit(characters[i - 1]) && isDigit(characters[i + 1])) plain += character;
    else plain += WRITTEN.get(character) ?? character;
  }
  return plain.split(' ').filter((word) => word !== '');
}

const sortedSet = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(byCodePoint);

function ngrams(words: readonly string[], size: number): string {
  const characters = [...words.join('')];
  if (characters.length <= size) return characters.join('');
  const grams = characters
    .slice(0, characters.length - size + 1)
    .map((_, i) => characters.slice(i, i + size).join(''));
  return sortedSet(grams).join('');
}

const isPlain = (word: string) => /^[a-z]+$/.test(word);

/** Codes that do not depend on the letters around. */
const COLOGNE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['aeijouy', '0'],
    ['h', ''],
    ['b', '1'],
    ['fvw', '3'],
    ['gkq', '4'],
    ['l', '5'],
    ['mn', '6'],
    ['r', '7'],
    ['sz', '8'],
  ].flatMap(([letters = '', code = '']) => [...letters].map((letter) => [letter, code])),
);

function cologneCode(word: string, i: number): string {
  const [before, letter, after] = [word.charAt(i - 1), word.charAt(i), word.charAt(i + 1)];
  const isIn = (one: string, letters: string) => one !== '' && letters.includes(one);
  switch (letter) {
    case 'p':
      return after === 'h' ? '3' : '1';
    case 'd':
    case 't':
      return isIn(after, 'csz') ? '8' : '2';
    case 'x':
      return isIn(before, 'ckq') ? '8' : '48';
    case 'c':
      if (i === 0) return isIn(after, 'ahkloqrux') ? '4' : '8';
      return isIn(after, 'ahkoqux') && !isIn(before, 'sz') ? '4' : '8';
    default:
      return COLOGNE[letter] ?? '';
  }
}

/** Cologne phonetics (Postel 1969) of one word. */
function cologne(word: string): string {
  let codes = '';
  for (let i = 0; i < word.length; i++) {
    for (const code of cologneCode(word, i)) if (!codes.endsWith(code)) codes += code;
  }
  return codes.slice(0, 1) + codes.slice(1).replaceAll('0', '');
}

const SOUNDEX: Readonly<Record<string, string>> = Object.fromEntries(
  ['bfpv', 'cgjkqsxz', 'dt', 'l', 'mn', 'r'].flatMap((letters, i) =>
    [...letters].map((letter) => [letter, String(i + 1)]),
  ),
);

/** American Soundex (as the National Archives state it) of one word. */
function soundex(word: string): string {
  let codes = word.charAt(0).toUpperCase();
  let last = SOUNDEX[word.charAt(0)] ?? '';
  for (const letter of word.slice(1)) {
    if (letter === 'h' || letter === 'w') continue;
    const code = SOUNDEX[letter] ?? '';
    if (code !== '' && code !== last) codes += code;
    last = code;
  }
  return codes.slice(0, 4).padEnd(4, '0');
}

const KEYS: Record<ComputedKind, (words: readonly string[], size: number) => string> = {
  fingerprint: (words) => sortedSet(words).join(' '),
  ngram: ngrams,
  // Words in other letters stand for themselves.
  cologne: (words) => sortedSet(words.map((word) => (isPlain(word) ? cologne(word) : word))).join(' '),
  soundex: (words) => sortedSet(words.map((word) => (isPlain(word) ? soundex(word) : word))).join(' '),
};

/** The key of words; empty where there are none. */
export const keyOfWords = (
  words: readonly string[],
  { key, size }: Pick<KeyOptions, 'key' | 'size'>,
): string => KEYS[key](words, size);

/** The key of a lower-case text; null where nothing is left to compare, or the text is too long. */
export function keyOfLowered(
  lowered: string,
  { key, size }: Pick<KeyOptions, 'key' | 'size'>,
): string | null {
  // No text has more code points than code units.
  if (lowered.length > LONGEST_VALUE && [...lowered].length > LONGEST_VALUE) return null;
  const found = keyOfWords(wordsOf(lowered), { key, size });
  return found === '' ? null : found;
}

/** The key of a value as every engine computes it. */
export const variantKey = (value: string, kind: KeyKind, size: number): string | null =>
  kind === 'exact' ? value : keyOfLowered(mapCase(value, lowercaseTable), { key: kind, size });
