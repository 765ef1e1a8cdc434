import { customerId, lastActiveDay, signupDay } from './customers';
import type { Dirt } from './dirt';
import type { Random } from './random';

/** Draws who does something on a day: a few customers do much of it, and no one before signing up or after leaving. */
export function createBuyers(seed: number, customers: number): (random: Random, day: number) => number {
  const stride = strideOf(customers);
  return (random, day) => {
    let number = 1;
    for (let attempt = 0; attempt < 8; attempt++) {
      const share = random.next();
      const place = Math.floor(customers * share * share * share);
      // A product of place and stride stays exact: both are under 2^26 for all sizes in use.
      number = 1 + ((place * stride) % customers);
      if (signupDay(seed, number) <= day && day <= lastActiveDay(seed, number)) break;
    }
    return number;
  };
}

/** A step through all customers that meets each once, so that the busy ones are not the first ones. */
function strideOf(customers: number): number {
  let stride = Math.max(1, Math.floor(customers * 0.618));
  while (divisor(stride, customers) !== 1) stride += 1;
  return stride;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** A customer id as it stands in another table, sometimes missing, of no one, in lower case or padded. */
export function writeCustomerId(
  random: Random,
  number: number,
  customers: number,
  { anonymous, column }: { anonymous: number; column: number },
): { value: string | null; dirt: Dirt[] } {
  const roll = random.next();
  if (roll < anonymous) return { value: null, dirt: [[column, 'null']] };
  if (random.chance(0.006)) {
    const value = customerId(customers + 1 + random.below(Math.max(1, customers)));
    return { value, dirt: [[column, 'no-customer']] };
  }
  const id = customerId(number);
  if (random.chance(0.005)) return { value: id.toLowerCase(), dirt: [[column, 'letter-case']] };
  if (random.chance(0.008))
    return { value: `${id}${random.pick([' ', '\u00a0', '\t'])}`, dirt: [[column, 'outer-white-space']] };
  return { value: id, dirt: [] };
}
