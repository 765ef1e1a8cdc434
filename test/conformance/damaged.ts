import { rankOf } from '../../shared/sampling/seeded';

/** Bytes with some bytes changed, taken out or put in, as the seed has it. */
export function damaged(bytes: Buffer, seed: number): Buffer {
  const made = Buffer.from(bytes);
  const pick = (n: number, of: number) => Math.floor(rankOf(seed, n) * of);
  for (let i = 0; i <= pick(0, 3); i++) made[pick(i * 2 + 1, made.length)] = pick(i * 2 + 2, 256);
  const at = pick(100, made.length);
  if (seed % 4 === 1) return made.subarray(0, at);
  if (seed % 4 === 2) return Buffer.concat([made.subarray(0, at), made.subarray(at + 1 + pick(101, 9))]);
  if (seed % 4 === 3)
    return Buffer.concat([made.subarray(0, at), made.subarray(0, pick(102, 40)), made.subarray(at)]);
  return made;
}
