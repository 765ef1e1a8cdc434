import { answerPhone } from '../../shared/lookup/phone';
import type { LookupAnswerer } from '../../shared/trace/trace';

/** Answers a plan's lookups on this machine. */
export const answerLookup: LookupAnswerer = async (lookup, [numbers = [], regions = []]) => {
  const answers = numbers.map((number, row) => answerPhone(number, regions[row] ?? null, lookup.options));
  return [answers.map(({ number }) => number), answers.map(({ extension }) => extension)];
};
