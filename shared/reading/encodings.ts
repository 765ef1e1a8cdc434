import type { Encoding } from '../document/dialect';

export const ENCODING_LABELS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'iso-8859-1': 'Latin-1 (ISO-8859-1)',
  'windows-1252': 'Windows-1252',
};

/**
 * What Windows-1252 has for the bytes 0x80–0x9F; null for the five that it has nothing for, which make a record
 * unreadable. All other bytes are the code points of the same number. The same table is in encodings.py.
 */
export const WINDOWS_1252: readonly (string | null)[] = [...'€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'].map(
  (one) => (one === '\0' ? null : one),
);
