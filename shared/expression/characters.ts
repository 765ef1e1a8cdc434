/** Inclusive code point range. */
export type CharacterRange = readonly [first: number, last: number];

/** White space after the canonical definitions: an explicit set, never an engine's own. */
export const WHITE_SPACE: readonly CharacterRange[] = [
  [0x0009, 0x000d],
  [0x0020, 0x0020],
  [0x0085, 0x0085],
  [0x00a0, 0x00a0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

/** Characters after which a word begins in title case: white space, dashes and the usual separators. */
export const WORD_SEPARATORS: readonly CharacterRange[] = [
  ...WHITE_SPACE,
  [0x0021, 0x0022], // ! "
  [0x0026, 0x0026], // &
  [0x0028, 0x0029], // ( )
  [0x002b, 0x002f], // + , - . /
  [0x003a, 0x003b], // : ;
  [0x003f, 0x003f], // ?
  [0x005b, 0x005b],
  [0x005d, 0x005d],
  [0x005f, 0x005f], // _
  [0x007b, 0x007b],
  [0x007d, 0x007d],
  [0x00ab, 0x00ab],
  [0x00bb, 0x00bb],
  [0x2010, 0x2015], // hyphens and dashes
  [0x201c, 0x201e], // double quotation marks
];

/** `\x{…}` for one code point: read alike by RE2 and Java. */
export function escapePoint(point: number): string {
  return `\\x{${point.toString(16).toUpperCase().padStart(4, '0')}}`;
}

/** A character class of ranges, without its brackets. */
export function classBody(ranges: readonly CharacterRange[]): string {
  return ranges
    .map(([first, last]) =>
      first === last ? escapePoint(first) : `${escapePoint(first)}-${escapePoint(last)}`,
    )
    .join('');
}

const FEW = 24;

/** A class of ranges for Java, which looks at every range for every character: it is to pass over most of them at once. */
export function javaClass(ranges: readonly CharacterRange[]): string {
  if (ranges.length <= FEW) return `[${classBody(ranges)}]`;
  const parts = Array.from({ length: Math.ceil(ranges.length / FEW) }, (_, i) =>
    ranges.slice(i * FEW, (i + 1) * FEW),
  );
  const spelled = parts.map((part) => {
    const [first, last] = [part[0]?.[0] ?? 0, part.at(-1)?.[1] ?? 0];
    return `[${classBody([[first, last]])}&&[${classBody(part)}]]`;
  });
  return `[${spelled.join('')}]`;
}

/** Whether a code point lies in one of the ranges. */
export function inRanges(point: number, ranges: readonly CharacterRange[]): boolean {
  return ranges.some(([first, last]) => point >= first && point <= last);
}

/** Ranges from a generated table: code points in hexadecimal, single or with a dash. */
export function parseRanges(table: string): readonly CharacterRange[] {
  return table.split(' ').map((one) => {
    const [first = '', last = first] = one.split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}
