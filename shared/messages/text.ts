import { Unreadable } from './faults';

declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of UTF-8 bytes, a U+FEFF at its start included; throws Unreadable `utf8`. */
export function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Unreadable('utf8');
  }
}

/**
 * A double as text: the fewest digits that mean it, as a plain decimal without an exponent, a point only before
 * decimals: `0.1`, `5`, `0` (of either sign), `1000000000000000000000`, `NaN`, `Infinity`, `-Infinity`.
 */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  const at = text.indexOf('e');
  if (at < 0) return text;
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '', decimals = ''] = text.slice(sign.length, at).split('.');
  const digits = whole + decimals;
  const point = whole.length + Number(text.slice(at + 1));
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** A 32-bit float as text, by the same rules: the fewest digits that mean it among 32-bit floats. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const near = Number(value.toPrecision(digits));
    if (Math.fround(near) === value) return numberText(near);
  }
  return numberText(Number(value.toPrecision(9)));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in base64 (RFC 4648, padded). */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63]).join('');
    const known = Math.min(4, bytes.length - i + 1);
    text += letters.slice(0, known).padEnd(4, '=');
  }
  return text;
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** 16 bytes as a UUID in lower case. */
export const uuidText = (bytes: Uint8Array): string =>
  hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** A number in two's complement, the highest byte first, divided by 10 to the power of `scale`. */
export function decimalText(bytes: Uint8Array, scale: number): string {
  if (bytes.length === 0) throw new Unreadable('value');
  const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return unscaled < 0n ? `-${text}` : text;
}
