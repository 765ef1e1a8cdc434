import { answerPhone } from '../../shared/lookup/phone';
import type { LookupAnswerer } from '../../shared/trace/trace';

/** Answers phone lookups in this process. */
export const answerPhones: LookupAnswerer = async (lookup, [numbers = [], regions = []]) => {
  const answers = numbers.map((number, i) => answerPhone(number, regions[i] ?? null, lookup.options));
  return [answers.map((one) => one.number), answers.map((one) => one.extension)];
};
