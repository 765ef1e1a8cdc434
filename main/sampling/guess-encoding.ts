import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../../shared/document/dialect';
import { ENCODING_LABELS, WINDOWS_1252 } from '../../shared/reading/encodings';
import { withoutTail } from '../reading/utf8';

export type EncodingGuess = { readonly encoding: Encoding; readonly notes: readonly string[] };

const LOOKED_AT = 64 * 1024;
const WIDE_SHARE = 0.3;

function byMark([first, second]: Uint8Array): Encoding | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Letters of the Latin alphabet are a byte of zero and another one in UTF-16. */
function byZeros(start: Uint8Array): Encoding | null {
  const pairs = Math.floor(Math.min(start.length, LOOKED_AT) / 2);
  if (pairs < 2) return null;
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs; i++) {
    if (start[2 * i] === 0) even++;
    if (start[2 * i + 1] === 0) odd++;
  }
  if (odd > pairs * WIDE_SHARE && even < odd / 10) return 'utf-16le';
  return even > pairs * WIDE_SHARE && odd < even / 10 ? 'utf-16be' : null;
}

/** Share of lines with bytes beyond ASCII that are valid UTF-8. */
function validLines(start: Buffer): { valid: number; beyond: number } {
  let [valid, beyond, from] = [0, 0, 0];
  while (from < start.length) {
    const found = start.indexOf(10, from);
    const end = found < 0 ? start.length : found;
    const line = start.subarray(from, end);
    if (line.some((byte) => byte >= 0x80)) {
      beyond++;
      if (isUtf8(found < 0 ? withoutTail(line) : line)) valid++;
    }
    from = end + 1;
  }
  return { valid, beyond };
}

/** Guesses the encoding of a text from its first bytes; the notes say what speaks for it. */
export function guessEncoding(bytes: Uint8Array): EncodingGuess {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = byMark(start);
  if (marked)
    return { encoding: marked, notes: [`${ENCODING_LABELS[marked]}: the file begins with its mark.`] };
  const wide = byZeros(start);
  if (wide) return { encoding: wide, notes: [`${ENCODING_LABELS[wide]}: every other byte is zero.`] };
  if (isUtf8(withoutTail(start))) return { encoding: 'utf-8', notes: [] };
  const { valid, beyond } = validLines(start);
  if (valid > beyond / 2) {
    const note = 'The file is not valid UTF-8 throughout; records with other bytes are unreadable.';
    return { encoding: 'utf-8', notes: [note] };
  }
  const controls = [...start].filter((byte) => byte >= 0x80 && byte < 0xa0);
  if (controls.some((byte) => WINDOWS_1252[byte - 0x80] === null)) {
    const note = 'Latin-1: the file is not valid UTF-8 and has bytes that Windows-1252 does not have.';
    return { encoding: 'iso-8859-1', notes: [note] };
  }
  const sign = controls.length > 0 ? ' and has letters of it that Latin-1 lacks' : '';
  return {
    encoding: 'windows-1252',
    notes: [`Windows-1252: the file is not valid UTF-8${sign}. Look at the letters with accents.`],
  };
}
