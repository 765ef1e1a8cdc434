/** Castagnoli's polynomial with its bits reversed. */
const POLYNOMIAL = 0x82f63b78;

/** Four tables, by which four bytes are taken at a time. */
const TABLES = Array.from({ length: 4 }, () => new Uint32Array(256));
const [T0, T1, T2, T3] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
for (let i = 0; i < 256; i++) {
  let sum = i;
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? POLYNOMIAL : 0);
  T0[i] = sum;
}
for (let i = 0; i < 256; i++) {
  let sum = T0[i] as number;
  for (const table of [T1, T2, T3]) {
    sum = (sum >>> 8) ^ (T0[sum & 0xff] as number);
    table[i] = sum;
  }
}

/** The CRC-32C of bytes, from 0 to 2³² - 1. */
export function crc32c(bytes: Uint8Array): number {
  let sum = -1;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    sum ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    sum =
      (T3[sum & 0xff] as number) ^
      (T2[(sum >>> 8) & 0xff] as number) ^
      (T1[(sum >>> 16) & 0xff] as number) ^
      (T0[sum >>> 24] as number);
  }
  for (; at < bytes.length; at++) sum = (sum >>> 8) ^ (T0[(sum ^ (bytes[at] as number)) & 0xff] as number);
  return ~sum >>> 0;
}
