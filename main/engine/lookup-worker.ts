import { parentPort } from 'node:worker_threads';
import { answerPhone } from '../../shared/lookup/phone';
import type { PhoneOptions } from '../../shared/lookup/phone-options';

export type PhoneRequest = {
  readonly numbers: readonly (string | null)[];
  readonly regions: readonly (string | null)[];
  readonly options: PhoneOptions;
};
export type PhoneAnswers = {
  readonly numbers: readonly (string | null)[];
  readonly extensions: readonly (string | null)[];
};

parentPort?.on('message', ({ numbers, regions, options }: PhoneRequest) => {
  const answers = numbers.map((number, row) => answerPhone(number, regions[row] ?? null, options));
  parentPort?.postMessage({
    numbers: answers.map(({ number }) => number),
    extensions: answers.map(({ extension }) => extension),
  } satisfies PhoneAnswers);
});
