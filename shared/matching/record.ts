import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { byCodePoint, keyOfWords, wordsOf } from '../variants/key';
import type { BlockKey, MatchOptions, Measure } from './options';
import { jaroWinkler } from './similarity';

/** Between the fields of a record's text. */
export const FIELD_SEPARATOR = '\u001f';
const ID_DIGITS = 24;
const BEGINNING = 4;

/** A record as it is compared: its id, its key in each block (null: in none), and what each comparison compares. */
export type MatchRecord = {
  readonly id: string;
  readonly keys: readonly (string | null)[];
  readonly compared: readonly { readonly text: string; readonly characters: readonly string[] }[];
};

/** The id of a record: the beginning of its text's SHA-256. */
export const recordId = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, ID_DIGITS);

const BLOCKED: Record<BlockKey, (field: string, words: readonly string[]) => string> = {
  same: (field) => field,
  beginning: (_, words) => [...words.join('')].slice(0, BEGINNING).join(''),
  fingerprint: (_, words) => keyOfWords(words, { key: 'fingerprint', size: 1 }),
  cologne: (_, words) => keyOfWords(words, { key: 'cologne', size: 1 }),
  soundex: (_, words) => keyOfWords(words, { key: 'soundex', size: 1 }),
};

const COMPARED: Record<Measure, (field: string, words: readonly string[]) => string> = {
  exact: (field) => field,
  normalized: (_, words) => words.join(' '),
  'jaro-winkler': (_, words) => words.join(' '),
};

/** Reads a record's text. */
export function readRecord(text: string, { blocks, compare, longest }: MatchOptions): MatchRecord {
  const fields = text.split(FIELD_SEPARATOR);
  const words = fields.map(wordsOf);
  const keys = blocks.map(({ fields: named, by }) => {
    const parts = named.map((i) => BLOCKED[by](fields[i] ?? '', words[i] ?? []));
    return parts.includes('') ? null : parts.join(FIELD_SEPARATOR);
  });
  const compared = compare.map(({ field, by }) => {
    const characters = [...COMPARED[by](fields[field] ?? '', words[field] ?? [])].slice(0, longest);
    return { text: characters.join(''), characters };
  });
  return { id: recordId(text), keys, compared };
}

/** How two values compare: they agree, are near, differ, or one of them is missing. */
export type Level = 'agree' | 'near' | 'differ' | 'missing';

/** How two records compare in each comparison. */
export function levelsOf(one: MatchRecord, other: MatchRecord, { compare }: MatchOptions): readonly Level[] {
  return compare.map(({ by, close }, i): Level => {
    const [a, b] = [one.compared[i], other.compared[i]];
    if (!a?.text || !b?.text) return 'missing';
    if (a.text === b.text) return 'agree';
    if (by !== 'jaro-winkler') return 'differ';
    const [x, y] = [a.characters, b.characters];
    const inOrder = x.length < y.length || (x.length === y.length && byCodePoint(a.text, b.text) < 0);
    return (inOrder ? jaroWinkler(x, y) : jaroWinkler(y, x)) >= close ? 'near' : 'differ';
  });
}

/** The points of each comparison. */
export const pointsOf = (levels: readonly Level[], { compare }: MatchOptions): readonly number[] =>
  compare.map((comparison, i) => {
    const level = levels[i] ?? 'missing';
    return level === 'missing' ? 0 : comparison[level];
  });

/** The sum of points. */
export const scoreOf = (points: readonly number[]): number => points.reduce((sum, one) => sum + one, 0);

/** A score in words: the sum, then the points of each comparison. */
export const explain = (points: readonly number[], { compare }: MatchOptions): string =>
  `${scoreOf(points)}: ${compare.map(({ name }, i) => `${name} ${points[i] ?? 0}`).join(', ')}`;
