import { z } from 'zod';
import { caseWord, isOneCase, type Letters, lettersOf, segmentsOf, type Word, wordsOf } from './words';

export const ADDRESS_CASINGS = ['keep', 'repair', 'always', 'upper'] as const;

const spellings = z.record(z.string(), z.string());
/** What an address is read with: each table by lower case without full stops. The tables travel in the plan. */
export const addressOptionsSchema = z.strictObject({
  casing: z.enum(ADDRESS_CASINGS),
  /** Longer texts are no addresses: they stay as they are. In code points. */
  longest: z.number().int(),
  /** Whether a post office box is written as `PO Box`. */
  boxes: z.boolean(),
  suffixes: spellings,
  directions: spellings,
  units: spellings,
  /** Units that need no number. */
  alone: spellings,
  /** Ends of words: as found, and as written inside a word, at the start of one, and in capitals. */
  endings: z.array(z.tuple([z.string(), z.string(), z.string(), z.string()])),
  /** Written small unless they come first. */
  small: z.array(z.string()),
  spellings,
});
export type AddressOptions = z.output<typeof addressOptionsSchema>;

type Mode = 'keep' | 'mixed' | 'upper';
/** A part of the text and what is written in its place. */
type Piece = { readonly from: number; readonly to: number; readonly written: string };
type Roles = { readonly fixed: Map<Word, string>; readonly numbered: Set<Word> };

const BOXES: readonly (readonly string[])[] = [
  ['post', 'office', 'box'],
  ['p', 'o', 'box'],
  ['po', 'box'],
  ['pobox'],
];
const DIGITS = new Set([...'0123456789']);
const ASCII_UPPER = (text: string) =>
  text.replace(/[a-z]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 32));
const ASCII_LOWER = (text: string) =>
  text.replace(/[A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 32));

const lookedUp = (table: Readonly<Record<string, string>>, { key }: Word): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
const startsWithDigit = (letters: Letters, word: Word | undefined): boolean =>
  word !== undefined && DIGITS.has(letters.text[word.from] ?? '');

function isIdentifier(letters: Letters, word: Word | undefined): boolean {
  if (!word) return false;
  const written = letters.text.slice(word.from, word.to);
  return written.length === 1 || written[0] === '#' || written.some((one) => DIGITS.has(one));
}

const isOrdinal = ({ key }: Word): boolean => /^[0-9]+(?:st|nd|rd|th)$/.test(key);

/** Marks units; answers where the street ends. */
function markUnits(letters: Letters, words: readonly Word[], options: AddressOptions, roles: Roles): number {
  let end = words.length;
  for (const [i, word] of words.entries()) {
    const [before, after] = [words[i - 1], words[i + 1]];
    const unit = lookedUp(options.units, word);
    const alone = i > 0 ? lookedUp(options.alone, word) : undefined;
    if (unit !== undefined && isIdentifier(letters, after)) {
      roles.fixed.set(word, unit);
      roles.numbered.add(after as Word);
      end = Math.min(end, i);
    } else if (unit !== undefined && i > 1 && before && isOrdinal(before) && !after) {
      roles.fixed.set(word, unit);
      end = Math.min(end, i - 1);
    } else if (alone !== undefined) {
      roles.fixed.set(word, alone);
      end = Math.min(end, i);
    }
  }
  return end;
}

/** Marks what a street is called by, and the directions before and after its name. */
function markStreet(letters: Letters, words: readonly Word[], options: AddressOptions, roles: Roles): void {
  const named = startsWithDigit(letters, words[0]) ? 1 : 0;
  const mark = (word: Word, written: string | undefined): boolean => {
    if (written === undefined || roles.fixed.has(word)) return false;
    roles.fixed.set(word, written);
    return true;
  };
  let last = words.length - 1;
  const after = words[last];
  if (last > named && after && mark(after, lookedUp(options.directions, after))) last--;
  const suffix = words[last];
  const end = last > named && suffix && mark(suffix, lookedUp(options.suffixes, suffix)) ? last : last + 1;
  const before = words[named];
  if (named === 1 && before && end - named >= 2) mark(before, lookedUp(options.directions, before));
}

function findBox(letters: Letters, words: readonly Word[]): readonly [number, number] | null {
  for (const start of words.keys()) {
    for (const keys of BOXES) {
      const found = keys.every((key, i) => words[start + i]?.key === key);
      if (found && isIdentifier(letters, words[start + keys.length])) return [start, start + keys.length];
    }
  }
  return null;
}

/** A spelling of the table, in the case of the word that it stands for. */
function inCaseOf(letters: Letters, { from, to }: Word, written: string, mode: Mode): string {
  if (mode === 'upper') return ASCII_UPPER(written);
  if (mode === 'mixed') return written;
  const text = letters.text.slice(from, to);
  const same = (other: readonly string[]) => text.every((one, i) => one === other[from + i]);
  if (same(letters.lower)) return ASCII_LOWER(written);
  return to - from > 1 && same(letters.upper) ? ASCII_UPPER(written) : written;
}

/** Word `i` of a segment in mixed case; `word` may be its beginning only. */
function plainWord(
  letters: Letters,
  word: Word,
  i: number,
  words: readonly Word[],
  roles: Roles,
  options: AddressOptions,
): string {
  const upper = letters.upper.slice(word.from, word.to).join('');
  const lower = letters.lower.slice(word.from, word.to).join('');
  if (isOrdinal(word)) return lower;
  if (startsWithDigit(letters, word) || letters.text[word.from] === '#') return upper;
  if (roles.numbered.has(word) && word.to - word.from <= 3) return upper;
  const next = words[i + 1];
  // A state before its ZIP code.
  if (/^[a-z]{2}$/.test(lower) && next && next.to - next.from >= 5 && startsWithDigit(letters, next))
    return upper;
  if (i > 0 && options.small.includes(word.key)) return lower;
  return caseWord(letters, word, options.spellings);
}

function withEnding(
  letters: Letters,
  word: Word,
  { endings }: AddressOptions,
  mode: Mode,
  write: (word: Word) => string,
): string | null {
  const lower = letters.lower.slice(word.from, word.to).join('');
  const found = endings.find(([ending]) => lower.endsWith(ending));
  if (!found) return null;
  const [ending, inside, atStart, capitals] = found;
  const cut = word.to - [...ending].length;
  const before = cut > word.from ? write({ ...word, to: cut }) : '';
  const starts = before === '' || before.endsWith('-');
  if (mode === 'upper') return before + capitals;
  if (mode === 'mixed') return before + (starts ? atStart : inside);
  const text = letters.text.slice(cut, word.to);
  if (text.length > 1 && text.every((one, i) => one === letters.upper[cut + i])) return before + capitals;
  return before + (text[0] === letters.lower[cut] ? inside : atStart);
}

function piecesOf(
  letters: Letters,
  words: readonly Word[],
  first: boolean,
  options: AddressOptions,
  mode: Mode,
): Piece[] {
  const roles: Roles = { fixed: new Map(), numbered: new Set() };
  const end = markUnits(letters, words, options, roles);
  const street = words.slice(0, end);
  if (street.length >= 2 && (first || startsWithDigit(letters, street[0])))
    markStreet(letters, street, options, roles);
  const box = options.boxes ? findBox(letters, words) : null;
  const pieces: Piece[] = [];
  for (const [i, word] of words.entries()) {
    if (box && i >= box[0] && i < box[1]) {
      const last = words[box[1] - 1] as Word;
      if (i === box[0])
        pieces.push({ from: word.from, to: last.to, written: mode === 'upper' ? 'PO BOX' : 'PO Box' });
      continue;
    }
    const plain = (one: Word): string =>
      mode === 'mixed'
        ? plainWord(letters, one, i, words, roles, options)
        : letters[mode === 'upper' ? 'upper' : 'text'].slice(one.from, one.to).join('');
    const fixed = roles.fixed.get(word);
    const written =
      fixed === undefined
        ? (withEnding(letters, word, options, mode, plain) ?? plain(word))
        : inCaseOf(letters, word, fixed, mode);
    pieces.push({ from: word.from, to: word.to, written });
  }
  return pieces;
}

/**
 * Brings an address, white space collapsed before, into the told letter case and abbreviations. Words that are not
 * in the tables stay as they are, letter case apart.
 */
export function answerAddress(
  text: string,
  lower: string | null,
  upper: string | null,
  options: AddressOptions,
): string {
  const letters = lettersOf(text, lower, upper);
  if (letters.text.length > options.longest) return text;
  const { casing } = options;
  const mixed = casing === 'always' || (casing === 'repair' && isOneCase(letters));
  const mode: Mode = casing === 'upper' ? 'upper' : mixed ? 'mixed' : 'keep';
  const pieces = segmentsOf(letters).flatMap(([from, to], i) =>
    piecesOf(letters, wordsOf(letters, from, to), i === 0, options, mode),
  );
  let written = '';
  let at = 0;
  for (const piece of pieces) {
    written += letters.text.slice(at, piece.from).join('') + piece.written;
    at = piece.to;
  }
  return written + letters.text.slice(at).join('');
}
