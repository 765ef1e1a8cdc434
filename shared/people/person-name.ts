import { z } from 'zod';
import {
  caseWord,
  isOneCase,
  type Letters,
  lettersOf,
  type Spellings,
  segmentsOf,
  type Word,
  withStops,
  wordsOf,
} from './words';

export const NAME_CASINGS = ['keep', 'repair', 'always'] as const;
export const NAME_ORDERS = ['keep', 'given-first', 'family-first'] as const;
export const NAME_PARTS = ['title', 'given', 'middle', 'family', 'suffix'] as const;
export type NamePart = (typeof NAME_PARTS)[number];

const spellings = z.record(z.string(), z.string());
/** What a name is read with. The job has no tables of its own: they travel in the plan. */
export const nameOptionsSchema = z.strictObject({
  casing: z.enum(NAME_CASINGS),
  order: z.enum(NAME_ORDERS),
  /** Longer texts are no names: they stay as they are. In code points. */
  longest: z.number().int(),
  titles: spellings,
  suffixes: spellings,
  /** Written small, and part of the family name: van, de la. */
  particles: z.array(z.string()),
  /** Written with a capital, and part of the family name: San, St. */
  prefixes: z.array(z.string()),
  spellings,
});
export type NameOptions = z.output<typeof nameOptionsSchema>;
export type NameAnswer = Readonly<Record<'name' | NamePart, string | null>>;

type Parts = Readonly<Record<NamePart, readonly Word[]>>;
type Reader = {
  isTitle(word: Word): boolean;
  isSuffix(word: Word): boolean;
  isParticle(word: Word): boolean;
  isJoined(word: Word): boolean;
};

const NONE: Omit<NameAnswer, 'name'> = { title: null, given: null, middle: null, family: null, suffix: null };

function readerOf({ titles, suffixes, particles, prefixes }: NameOptions): Reader {
  const isParticle = ({ key }: Word) => particles.includes(key);
  return {
    isTitle: ({ key }) => Object.hasOwn(titles, key),
    isSuffix: ({ key }) => Object.hasOwn(suffixes, key),
    isParticle,
    isJoined: (word) => isParticle(word) || prefixes.includes(word.key),
  };
}

/** Splits leading titles off, as long as a word is left. */
function afterTitles(words: readonly Word[], { isTitle }: Reader): number {
  let count = 0;
  while (count < words.length - 1 && isTitle(words[count] as Word)) count++;
  return count;
}

/** Splits suffixes at the end off, as long as a word is left. */
function beforeSuffixes(words: readonly Word[], { isSuffix }: Reader): number {
  let end = words.length;
  while (end > 1 && isSuffix(words[end - 1] as Word)) end--;
  return end;
}

function plainOrder(words: readonly Word[], reader: Reader): Parts {
  const start = afterTitles(words, reader);
  const end = start + beforeSuffixes(words.slice(start), reader);
  const named = words.slice(start, end);
  let family = named.length - 1;
  while (family > 1 && reader.isJoined(named[family - 1] as Word)) family--;
  // “van der Berg” has no given name, “Van Morrison” has.
  if (family === 1 && named.length > 2 && reader.isParticle(named[0] as Word)) family = 0;
  return {
    title: words.slice(0, start),
    given: named.slice(0, Math.min(1, family)),
    middle: named.slice(1, Math.max(1, family)),
    family: named.slice(Math.max(0, family)),
    suffix: words.slice(end),
  };
}

function familyFirst(first: readonly Word[], second: readonly Word[], reader: Reader): Parts {
  const [firstStart, secondStart] = [afterTitles(first, reader), afterTitles(second, reader)];
  const firstEnd = firstStart + beforeSuffixes(first.slice(firstStart), reader);
  const secondEnd = secondStart + beforeSuffixes(second.slice(secondStart), reader);
  let given = secondEnd;
  while (given > secondStart + 1 && reader.isParticle(second[given - 1] as Word)) given--;
  return {
    title: [...first.slice(0, firstStart), ...second.slice(0, secondStart)],
    given: second.slice(secondStart, Math.min(secondStart + 1, given)),
    middle: second.slice(secondStart + 1, given),
    family: [...second.slice(given, secondEnd), ...first.slice(firstStart, firstEnd)],
    suffix: [...first.slice(firstEnd), ...second.slice(secondEnd)],
  };
}

/** The parts of a name; null where its commas say nothing that is known. */
function partsOf(segments: readonly (readonly Word[])[], reader: Reader): Parts | null {
  let end = segments.length;
  while (end > 1 && (segments[end - 1] as readonly Word[]).every(reader.isSuffix)) end--;
  const suffixes = segments.slice(end).flat();
  const [first = [], second] = segments;
  if (end > 2 || first.length === 0) return null;
  const parts = second && end === 2 ? familyFirst(first, second, reader) : plainOrder(first, reader);
  return { ...parts, suffix: [...parts.suffix, ...suffixes] };
}

function writerOf(letters: Letters, parts: Parts | null, options: NameOptions, reader: Reader) {
  const { casing, titles, suffixes } = options;
  if (casing === 'keep' || (casing === 'repair' && !isOneCase(letters)))
    return ({ from, to }: Word) => letters.text.slice(from, to).join('');
  const [title, suffix] = [new Set(parts?.title), new Set(parts?.suffix)];
  const first = parts?.given[0] ?? null;
  return (word: Word): string => {
    const written = letters.text.slice(word.from, word.to);
    const fixed = (table: Spellings) => withStops(written, table[word.key] ?? word.key);
    if (title.has(word)) return fixed(titles);
    if (suffix.has(word)) return fixed(suffixes);
    if (word !== first && (first || word.from > 0) && reader.isParticle(word))
      return letters.lower.slice(word.from, word.to).join('');
    return caseWord(letters, word, options.spellings);
  };
}

const joined = (...texts: readonly string[]) => texts.filter((one) => one !== '').join(' ');

function inOrder(answer: Readonly<Record<NamePart, string>>, order: 'given-first' | 'family-first'): string {
  const { title, given, middle, family, suffix } = answer;
  if (order === 'given-first') return joined(title, given, middle, family, suffix);
  const before = joined(title, given, middle);
  return [family, before, suffix].filter((one) => one !== '').join(', ');
}

/**
 * Reads a person's name: white space collapsed before, lower and upper case beside it. `name` is the name with its
 * letter case and order as told; the parts are null where there are none, or where the name is not understood.
 */
export function answerName(
  text: string,
  lower: string | null,
  upper: string | null,
  options: NameOptions,
): NameAnswer {
  const letters = lettersOf(text, lower, upper);
  if (letters.text.length > options.longest) return { name: text, ...NONE };
  const reader = readerOf(options);
  const segments = segmentsOf(letters).map(([from, to]) => wordsOf(letters, from, to));
  while (segments.length > 1 && segments.at(-1)?.length === 0) segments.pop();
  const parts = segments.some((one) => one.length === 0) ? null : partsOf(segments, reader);
  const write = writerOf(letters, parts, options, reader);
  const all = segments.flat();
  const kept = [...letters.text];
  for (const word of all) kept.splice(word.from, word.to - word.from, ...[...write(word)]);
  if (!parts) return { name: kept.join(''), ...NONE };
  const told = Object.fromEntries(
    NAME_PARTS.map((part) => [part, parts[part].map(write).join(' ')]),
  ) as Record<NamePart, string>;
  const name = options.order === 'keep' ? kept.join('') : inOrder(told, options.order);
  const orNull = Object.fromEntries(NAME_PARTS.map((part) => [part, told[part] || null]));
  return { name, ...(orNull as Record<NamePart, string | null>) };
}
