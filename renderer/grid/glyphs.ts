import { type CharacterRange, inRanges, WHITE_SPACE } from '../../shared/expression/characters';

/** Characters that leave no trace on the screen. */
const INVISIBLE: readonly CharacterRange[] = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
];

const GLYPHS: Readonly<Record<number, string>> = { 32: '·', 9: '→', 10: '↵', 13: '␍', 160: '⍽' };

const isHidden = (point: number) => inRanges(point, WHITE_SPACE) || inRanges(point, INVISIBLE);

/** A character that can't be seen as one that can: · for a space, → for a tab, ⍽ for a no-break space, ␣, ¦. */
function glyphOf(point: number): string {
  return GLYPHS[point] ?? (inRanges(point, WHITE_SPACE) ? '␣' : '¦');
}

/** Text with every hidden character as a glyph. */
export const withGlyphs = (text: string): string =>
  [...text]
    .map((one) => (isHidden(one.codePointAt(0) ?? 0) ? glyphOf(one.codePointAt(0) ?? 0) : one))
    .join('');

/** Text with hidden characters as glyphs, but for the plain spaces between words. */
export const withOddGlyphs = (text: string): string =>
  [...text.matchAll(/ +|[^ ]+/g)]
    .map(([run], i, runs) => (run === ' ' && i > 0 && i < runs.length - 1 ? run : withGlyphs(run)))
    .join('');

const bare = (text: string): string => [...text].filter((one) => !isHidden(one.codePointAt(0) ?? 0)).join('');

/** Before and after as they are shown: where only hidden characters differ, those that differ are glyphs. */
export function showDifference(before: string, after: string): { before: string; after: string } {
  if (bare(before) !== bare(after)) return { before, after };
  const [a, b] = [[...before], [...after]];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const show = (characters: string[]) => {
    const middle = characters.slice(start, characters.length - end).join('');
    return (
      characters.slice(0, start).join('') +
      withGlyphs(middle) +
      characters.slice(characters.length - end).join('')
    );
  };
  return { before: show(a), after: show(b) };
}

/** Text on one line, with line breaks and tabs as glyphs, so that nothing hides below the edge of its cell. */
export const onOneLine = (text: string): string =>
  /[\t\n\r\u0085\u2028\u2029]/.test(text)
    ? text.replace(/[\t\n\r\u0085\u2028\u2029]/g, (one) => glyphOf(one.charCodeAt(0)))
    : text;
