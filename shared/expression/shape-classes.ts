import { lowercaseTable, uppercaseTable } from './case-table';
import { DIGITS, LETTERS } from './character-tables';
import { type CharacterRange, inRanges, parseRanges } from './characters';

/** Code points of a text that its shape tells of, and characters that a shape has at most. */
export const SHAPED_POINTS = 1000;
export const LONGEST_SHAPE = 100;
/** Ends the shape of a text that goes on. */
export const SHAPE_GOES_ON = '…';

/** A kind of character that a shape shows as one mark, whatever the length of its run. */
export type ShapeClass = { readonly mark: string; readonly ranges: readonly CharacterRange[] };

/** Basic Latin to Latin Extended-B, and Latin Extended Additional. */
const LATIN: readonly CharacterRange[] = [
  [0x0041, 0x024f],
  [0x1e00, 0x1eff],
];
/** Blocks of combining diacritical marks. */
const ACCENTS: readonly CharacterRange[] = [
  [0x0300, 0x036f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
];

function markOfLetter(point: number): string {
  if (inRanges(point, ACCENTS)) return '◌';
  const latin = inRanges(point, LATIN);
  if (lowercaseTable.has(point)) return latin ? 'A' : 'Ж';
  if (latin) return 'a';
  return uppercaseTable.has(point) ? 'ж' : '字';
}

function letterClasses(): ShapeClass[] {
  const found = new Map<string, [number, number][]>();
  for (const [first, last] of parseRanges(LETTERS)) {
    for (let point = first; point <= last; point++) {
      const mark = markOfLetter(point);
      const ranges = found.get(mark) ?? [];
      const run = ranges.at(-1);
      if (run?.[1] === point - 1) run[1] = point;
      else ranges.push([point, point]);
      found.set(mark, ranges);
    }
  }
  return [...found].map(([mark, ranges]) => ({ mark, ranges }));
}

/**
 * What the shape of a text shows as marks, by tables of Unicode 16 that are the same on every engine:
 * `9` decimal digits of every script; `A` and `a` Latin letters, capitals (and title case) and all others;
 * `Ж` and `ж` letters of other scripts that have case; `字` letters, and marks, of scripts without case;
 * `◌` accents that stand by themselves. The classes have no character in common, and each letter that is a mark is
 * in its own class: they may be replaced one after another.
 */
export const SHAPE_CLASSES: readonly ShapeClass[] = [
  { mark: '9', ranges: parseRanges(DIGITS) },
  ...letterClasses(),
];
