import { z } from 'zod';
import { lookup } from './lookup';

const REFERENCE = /&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}));/g;

/** What browsers make of references to the control characters 128 to 159: Windows-1252; 0 where that has nothing. */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

function numbered(point: number): string | null {
  const meant = point >= 128 && point <= 159 ? (WINDOWS_1252[point - 128] ?? 0) : point;
  if (meant === 0 || meant > 0x10ffff || (meant >= 0xd800 && meant <= 0xdfff)) return null;
  return String.fromCodePoint(meant);
}

/** Names of HTML's character references and their texts, from the generated table. */
export const parseEntities = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table.split(' ').map((one) => {
      const [name = '', points = ''] = one.split('=');
      return [name, String.fromCodePoint(...points.split('+').map((point) => Number.parseInt(point, 16)))];
    }),
  );

/** The text with its character references resolved, once; what is none, or names no character, stays. */
export const unescapeHtml = (text: string, names: ReadonlyMap<string, string>): string =>
  text.includes('&')
    ? text.replace(REFERENCE, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
        if (decimal !== undefined) return numbered(Number(decimal)) ?? whole;
        if (hexadecimal !== undefined) return numbered(Number.parseInt(hexadecimal, 16)) ?? whole;
        return names.get(name ?? '') ?? whole;
      })
    : text;

export const unescapeHtmlLookup = lookup<'text', 'text', Record<string, never>>({
  id: 'unescape-html',
  meaning: 'The text with the character references of HTML resolved.',
  inputs: ['text'],
  outputs: ['text'],
  options: z.strictObject({}),
  heavy: false,
  async load() {
    const { ENTITIES } = await import('./html-table');
    const names = parseEntities(ENTITIES);
    return ([text = null]) => [text === null ? null : unescapeHtml(text, names)];
  },
  samples: [{}],
});
