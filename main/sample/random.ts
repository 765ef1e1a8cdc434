/** A seeded source of numbers: the same seed gives the same numbers on every machine. */
export type Random = {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
};

/** 32 well-mixed bits of two numbers (the finaliser of MurmurHash3). */
export function mix(a: number, b: number): number {
  let bits = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Like `mix`, at least 0 and less than 1. */
export const fraction = (a: number, b: number): number => mix(a, b) / 2 ** 32;

/** Chris Doty-Humphrey's sfc32. Streams of one seed but other names are independent. */
export function createRandom(seed: number, stream: string): Random {
  let a = mix(seed, 1);
  let b = mix(Math.floor(seed / 2 ** 32), 2);
  let c = [...stream].reduce((state, character) => mix(state, character.charCodeAt(0)), 3);
  let counter = 1;

  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const next = () => bits() / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);

  for (let warmUp = 0; warmUp < 12; warmUp++) bits();
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.');
      return list[below(list.length)] as T;
    },
  };
}

/** Picks one of several values by their weights. */
export function weighted<T>(
  entries: readonly (readonly [value: T, weight: number])[],
): (random: Random) => T {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return (random) => {
    let left = random.next() * total;
    for (const [value, weight] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return (entries.at(-1) as readonly [T, number])[0];
  };
}
