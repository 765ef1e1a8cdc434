import type { Encoding } from '../../shared/document/dialect';
import { WINDOWS_1252 } from '../../shared/reading/encodings';

/**
 * Text of other encodings becomes UTF-8 before any reader sees it. What the encoding does not have becomes bytes that
 * UTF-8 does not have, so that the one check of records finds it, and from which the original can be had again:
 * a byte becomes 0xFF and its two halves, half of a surrogate pair the three bytes of its number.
 */
export type Transcoder = {
  /** The next bytes as UTF-8; what is incomplete at their end waits for more. */
  push(bytes: Uint8Array): Buffer;
  end(): Buffer;
};

const broken = (byte: number) => Buffer.from([0xff, 0x80 | (byte >> 4), 0x80 | (byte & 15)]);
const HIGH = 0x80;

/** Letters that Windows-1252 has beyond Latin-1, as characters of Latin-1, and the other way round. */
const AS_1252 = new Map(WINDOWS_1252.map((letter, i) => [String.fromCharCode(HIGH + i), letter]));
const BYTE_1252 = new Map(WINDOWS_1252.flatMap((letter, i) => (letter === null ? [] : [[letter, HIGH + i]])));
const CONTROLS = /[\u0080-\u009f]/;
const NOTHING_THERE = new RegExp(
  `([${[...AS_1252].flatMap(([one, letter]) => (letter === null ? [one] : [])).join('')}])`,
);

function fromWindows(bytes: Buffer): Buffer {
  const latin = bytes.toString('latin1');
  if (!CONTROLS.test(latin)) return Buffer.from(latin, 'utf8');
  const parts = latin.split(NOTHING_THERE).map((part, i) =>
    i % 2 === 1
      ? broken(part.charCodeAt(0))
      : Buffer.from(
          part.replaceAll(/[\u0080-\u009f]/g, (one) => AS_1252.get(one) ?? one),
          'utf8',
        ),
  );
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

const surrogate = (unit: number) =>
  Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63)]);
const HALF = /(\p{Surrogate})/u;

function fromUnits(text: string): Buffer {
  if (!HALF.test(text)) return Buffer.from(text, 'utf8');
  const parts = text
    .split(HALF)
    .map((part, i) => (i % 2 === 1 ? surrogate(part.charCodeAt(0)) : Buffer.from(part, 'utf8')));
  return Buffer.concat(parts);
}

function utf16(bigEndian: boolean): Transcoder {
  let rest = Buffer.alloc(0);
  return {
    push(bytes) {
      const all = Buffer.concat([rest, bytes]);
      let end = all.length - (all.length % 2);
      const high = end >= 2 ? (all[end - (bigEndian ? 2 : 1)] as number) : 0;
      // The first half of a pair waits for the second.
      if (high >= 0xd8 && high < 0xdc) end -= 2;
      rest = Buffer.from(all.subarray(end));
      const units = all.subarray(0, end);
      return fromUnits((bigEndian ? units.swap16() : units).toString('utf16le'));
    },
    end() {
      const odd = rest.length % 2 === 1 ? rest[rest.length - 1] : undefined;
      const units = rest.subarray(0, rest.length - (rest.length % 2));
      const text = fromUnits((bigEndian ? units.swap16() : units).toString('utf16le'));
      return odd === undefined ? text : Buffer.concat([text, broken(odd)]);
    },
  };
}

const byByte = (convert: (bytes: Buffer) => Buffer): Transcoder => ({
  push: (bytes) => convert(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  end: () => Buffer.alloc(0),
});

/** Makes UTF-8 of another encoding, piece by piece. */
export function transcoder(encoding: Exclude<Encoding, 'utf-8'>): Transcoder {
  switch (encoding) {
    case 'iso-8859-1':
      return byByte((bytes) => Buffer.from(bytes.toString('latin1'), 'utf8'));
    case 'windows-1252':
      return byByte(fromWindows);
    case 'utf-16le':
      return utf16(false);
    case 'utf-16be':
      return utf16(true);
  }
}

const isFollowing = (byte: number) => (byte & 0xc0) === 0x80;

/** How many bytes of the original encoding stand behind these bytes that a transcoder made. */
export function originalLength(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding === 'utf-8') return bytes.length;
  const wide = encoding.startsWith('utf-16');
  let length = 0;
  for (const byte of bytes) {
    if (isFollowing(byte)) continue;
    length += !wide || byte === 0xff ? 1 : byte >= 0xf0 ? 4 : 2;
  }
  return length;
}

function bytesOf(letters: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(letters, 'utf8');
    case 'iso-8859-1':
      return Buffer.from(letters, 'latin1');
    case 'windows-1252':
      return Buffer.from([...letters].map((letter) => BYTE_1252.get(letter) ?? letter.charCodeAt(0)));
    case 'utf-16le':
      return Buffer.from(letters, 'utf16le');
    case 'utf-16be':
      return Buffer.from(letters, 'utf16le').swap16();
  }
}

/** The bytes of the original encoding from which a transcoder made these. */
export function originalBytes(bytes: Uint8Array, encoding: Encoding): Buffer {
  const all = Buffer.from(bytes);
  if (encoding === 'utf-8') return all;
  const parts: Buffer[] = [];
  let from = 0;
  const plain = (to: number) => parts.push(bytesOf(all.toString('utf8', from, to), encoding));
  for (let at = 0; at + 2 < all.length; at++) {
    const [first = 0, second = 0, third = 0] = all.subarray(at, at + 3);
    const half = first === 0xed && second >= 0xa0;
    if (first !== 0xff && !half) continue;
    plain(at);
    const unit = 0xd000 | ((second & 63) << 6) | (third & 63);
    parts.push(
      half
        ? bytesOf(String.fromCharCode(unit), encoding)
        : Buffer.from([((second & 15) << 4) | (third & 15)]),
    );
    from = at + 3;
    at += 2;
  }
  plain(all.length);
  return Buffer.concat(parts);
}
