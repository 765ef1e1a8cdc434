import { type CharacterRange, WHITE_SPACE, WORD_SEPARATORS } from '../../shared/expression/characters';
import { DUCKDB_LOWER_EXCEPTIONS, DUCKDB_UPPER_EXCEPTIONS } from '../../shared/expression/unicode-tables';
import { HOSTILE } from './hostile';
import { ARRAY_TEXTS } from './json-arrays';
import { DATE_TEXTS, NUMBER_TEXTS } from './quantities';

const points = (ranges: readonly CharacterRange[]): string[] =>
  ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
  );

/** Characters that show as nothing; no white space. */
const INVISIBLE = points([
  [0x200b, 0x200f],
  [0x2060, 0x2060],
  [0xfeff, 0xfeff],
  [0x00ad, 0x00ad],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
  [0x180e, 0x180e],
]);
const around = (character: string) => [
  character,
  `${character}a B${character}`,
  `a${character}${character}B`,
];

const CASES = [
  'İSTANBUL ıstanbul i̇',
  'straße STRASSE ẞ ﬁﬂ ŉ ǰ ΐ ΰ և ẖ ẗ',
  'ΟΔΟΣ οδος ΟΔΟΣ. Σ ΣΑΣ α\u0301Σ ΑΣ1',
  'Ǆ ǅ ǆ Ǉ ǈ ǉ Ǌ ǋ ǌ Ǳ ǲ ǳ',
  'ᾈ ᾀ ᾼ ᾳ Ω K Å ſ ẛ ͅ ι',
  'Ა ა Ⴀ ⴀ Ꭰ ꭰ Ᏸ ᏸ 𐐀𐐨 𞤀𞤢 𖹀𖹠 Ꙁ ꙁ Ɤ ɤ',
  "JEAN-LUC o'neil D’ARCY mcdonald von der Höh",
  'éÉ e\u0301E\u0301 n\u0303Ñ ﻿',
  'Ⅷ ⅷ Ⓐ ⓐ Ａ ａ ª º ʰ',
  'пРИВЕТ Ёж ђЂ ӐЯ',
  'A\u0300\u00e0',
  ...[...DUCKDB_LOWER_EXCEPTIONS, ...DUCKDB_UPPER_EXCEPTIONS].flatMap((one) => [
    `a${String.fromCodePoint(one)}Z`,
    `${String.fromCodePoint(one)}b`,
    `-${String.fromCodePoint(one)}b`,
  ]),
];
const TEXTS = [
  'Ann Lee',
  ' ann  lee ',
  '(née ÖZ) “CALL me” [x]/{y}\\z|w_q—v–u-t.s,r;q:p!o?n&m+l',
  'ก็ 한국 한국 ㄱ',
  'مرحبا עברית ‮abc‬',
  '👨‍👩‍👧‍👦 🇩🇪 👍🏽 😀a😀 𝕏𝟘 \u{10FFFF} \uFFFE \uFFFF \uE000',
  'a\u0300\u0301\u0302\u0303b',
  'x\0y',
  '\0',
  'end\0',
  '"',
  '""',
  "'",
  "o'Brien '' ''' \"q\"",
  '\\',
  '\\\\ \\n \\1 \\x41 \\u0041',
  '$',
  `$1 ${'$'}{x} $$ $0`,
  '%_% [a-z] ^$.*+?()|{}',
  'line\nfeed',
  'carriage\rreturn\r\n',
  '\n',
  'tab\tcell\u000bvt\u000cff',
  "Robert'); DROP TABLE c0;--",
  '`c0` "c0" /* */ -- #',
  '=1+1',
  '@SUM(A1)',
  '+4912345',
  '-1',
  'aaa',
  'aaaa.aa..a.',
  'a@b@c',
  '@',
  '@@',
  '+',
  'a+b+c@d.e',
];
const NUMBERS = [
  '0',
  '-0',
  '1e5',
  '1.5',
  '1,5',
  '0x1F',
  '1_000',
  '1d',
  'NaN',
  'Infinity',
  '٠١٢٣٤٥٦٧٨٩',
  '０１２３',
  '१२३',
  '𝟎𝟏𝟐',
  '߀߁',
  '¼½²③',
  ...[98, 99, 100].map((zeros) => `${'0'.repeat(zeros)}7`),
];
const MISSING = [
  '',
  ' ',
  'N/A',
  'n/a',
  'NA',
  '-',
  '--',
  'null',
  'NULL',
  'None',
  'unknown',
  '?',
  'ÉTÉ',
  'été',
];
const ADDRESSES = [
  'Ann.Lee@Example.COM',
  ' ann@example.com\u00a0',
  '\u200bann@example.com',
  'A.n.n+x+y@googlemail.com',
  'a.b.c+tag@GMAIL.com',
  '+@gmail.com',
  '.@gmail.com',
  'ann+x@Outlook.com',
  'ann@@example.com',
  'ann@example',
  'ann@.com',
  'ann@-a.com',
  'ann@a-.com',
  'ann@a..com',
  '.ann@a.com',
  'ann.@a.com',
  'a..b@a.com',
  'ann@example.c',
  'ann@example.com.',
  'ann@exämple.com',
  'ann@example.com\n',
  `${'a'.repeat(64)}@example.com`,
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(63)}.com`,
  `a@${'b'.repeat(64)}.com`,
  `a@${`${'b'.repeat(60)}.`.repeat(4)}com`,
  `${'a.'.repeat(1900)}a@example.com`,
  "!#$%&'*+/=?^_`{|}~-@example.com",
  '"ann lee"@example.com',
  'ann@[127.0.0.1]',
  'İ@example.com',
  'K@example.com',
];
const LONG = [
  'ab'.repeat(50_000),
  `${' '.repeat(50_000)}x${'\u3000'.repeat(50_000)}`,
  'Σß'.repeat(20_000),
  '😀'.repeat(4000),
  '😀'.repeat(4001),
  'a'.repeat(4000),
  'a'.repeat(4001),
  'a b'.repeat(3000),
  '"'.repeat(5000),
];

/** Texts on which engines are known to differ, or might: without null. */
export const texts: readonly string[] = [
  ...new Set([
    ...points(WHITE_SPACE).flatMap(around),
    ...INVISIBLE.flatMap(around),
    ...points(WORD_SEPARATORS).map((one) => `ab${one}cd`),
    ...CASES,
    ...TEXTS,
    ...NUMBERS,
    ...MISSING,
    ...ADDRESSES,
    ...NUMBER_TEXTS,
    ...DATE_TEXTS,
    ...ARRAY_TEXTS,
    ...LONG,
    ...HOSTILE,
    ...['\ufeffid', '\ufeff\ufeffid', 'id\ufeff'],
  ]),
];

/** Every awkward cell, null among them. */
export const cells: readonly (string | null)[] = [null, ...texts];

const divides = (stride: number) => cells.length % stride === 0;

/** Rows of so many columns, each of which holds every awkward cell, in an order of its own. */
export function awkwardRows(columns: number): readonly (readonly (string | null)[])[] {
  // Steps of a prime that does not divide the number of cells reach every cell.
  const strides = [1, 7, 13, 29, 31, 37, 41, 43, 47, 53, 59, 61].filter((one) => one === 1 || !divides(one));
  const stride = (column: number) => strides[column % strides.length] ?? 1;
  return cells.map((_, i) =>
    Array.from({ length: columns }, (_, c) => cells[(i * stride(c) + c * 5) % cells.length] ?? null),
  );
}

/** Rows of three columns in which each cell meets others; null and empty meet in each pair of columns. */
export const rows: readonly (readonly (string | null)[])[] = [
  ...cells.map((cell, i) => [
    cell,
    cells[(i * 7 + 3) % cells.length] ?? null,
    cells[(i * 13 + 5) % cells.length] ?? null,
  ]),
  [null, null, null],
  ['', null, ''],
  [null, '', 'x'],
  ['', '', ''],
];
