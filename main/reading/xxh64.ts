const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const ALL = 0xffffffffffffffffn;

const turn = (value: bigint, bits: bigint) => ((value << bits) | (value >> (64n - bits))) & ALL;
const round = (lane: bigint, word: bigint) => (turn((lane + word * P2) & ALL, 31n) * P1) & ALL;

/** The checksum XXH64 of bytes with the seed 0, as frames of zstd carry it. */
export function xxh64(data: Buffer): bigint {
  const { length } = data;
  let at = 0;
  let total = P5;
  if (length >= 32) {
    const lanes = [(P1 + P2) & ALL, P2, 0n, -P1 & ALL] as [bigint, bigint, bigint, bigint];
    for (; at + 32 <= length; at += 32) {
      lanes[0] = round(lanes[0], data.readBigUInt64LE(at));
      lanes[1] = round(lanes[1], data.readBigUInt64LE(at + 8));
      lanes[2] = round(lanes[2], data.readBigUInt64LE(at + 16));
      lanes[3] = round(lanes[3], data.readBigUInt64LE(at + 24));
    }
    total = turn(lanes[0], 1n) + turn(lanes[1], 7n) + turn(lanes[2], 12n) + turn(lanes[3], 18n);
    for (const lane of lanes) total = ((total ^ round(0n, lane)) * P1 + P4) & ALL;
  }
  total = (total + BigInt(length)) & ALL;
  for (; at + 8 <= length; at += 8)
    total = (turn(total ^ round(0n, data.readBigUInt64LE(at)), 27n) * P1 + P4) & ALL;
  if (at + 4 <= length) {
    total = (turn(total ^ ((BigInt(data.readUInt32LE(at)) * P1) & ALL), 23n) * P2 + P3) & ALL;
    at += 4;
  }
  for (; at < length; at++) total = (turn(total ^ ((BigInt(data.readUInt8(at)) * P5) & ALL), 11n) * P1) & ALL;
  total = ((total ^ (total >> 33n)) * P2) & ALL;
  total = ((total ^ (total >> 29n)) * P3) & ALL;
  return total ^ (total >> 32n);
}
