import type { PhoneOptions } from '../../shared/lookup/phone-options';
import type { LookupAnswerer } from '../../shared/trace/trace';
import { cancelled } from './faults';
import { askPool } from './phone-pool';

type Answer = readonly [number: string | null, extension: string | null];

const PART = 5000;
/** Parts on their way at once, so that no worker waits for the next. */
const AHEAD = 4;
const MOST_REMEMBERED = 200_000;
/** Answers by question, oldest first. */
const remembered = new Map<string, Answer>();

const question = (number: string | null, region: string | null, { format, extension }: PhoneOptions) =>
  `${format} ${extension} ${region ?? ''} ${number}`;

/** Answers phone lookups on this machine, by workers. Nothing is remembered: for inputs that do not come again. */
export const answerAll: LookupAnswerer = async ({ options }, [numbers = [], regions = []], signal) => {
  const answers: [(string | null)[], (string | null)[]] = [
    new Array(numbers.length).fill(null),
    new Array(numbers.length).fill(null),
  ];
  let from = 0;
  const lane = async () => {
    while (from < numbers.length) {
      if (signal?.aborted) throw cancelled();
      const at = from;
      from += PART;
      const part = await askPool({
        numbers: numbers.slice(at, at + PART),
        regions: regions.slice(at, at + PART),
        options,
      });
      for (const [i, number] of part.numbers.entries()) {
        answers[0][at + i] = number;
        answers[1][at + i] = part.extensions[i] ?? null;
      }
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, lane));
  if (signal?.aborted) throw cancelled();
  return answers;
};

/** Answers phone lookups on this machine, and remembers the answers of the last lookups that are not too large. */
export const answerLookup: LookupAnswerer = async (lookup, inputs, signal) => {
  const [numbers = [], regions = []] = inputs;
  if (numbers.length > MOST_REMEMBERED / 2) return answerAll(lookup, inputs, signal);
  const keys = numbers.map((number, row) => question(number, regions[row] ?? null, lookup.options));
  const missing = [...keys.keys()].filter((row) => !remembered.has(keys[row] ?? ''));
  const asked = [numbers, regions].map((column) => missing.map((row) => column[row] ?? null));
  const [found = [], extensions = []] = await answerAll(lookup, asked, signal);
  const fresh = new Map<string, Answer>();
  for (const [i, row] of missing.entries())
    fresh.set(keys[row] ?? '', [found[i] ?? null, extensions[i] ?? null]);
  const answers = keys.map((key) => fresh.get(key) ?? remembered.get(key) ?? [null, null]);
  for (const [key, answer] of fresh) remembered.set(key, answer);
  for (const key of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(key);
  }
  return [answers.map(([number]) => number), answers.map(([, extension]) => extension)];
};
