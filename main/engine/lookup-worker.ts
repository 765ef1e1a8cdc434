import { parentPort } from 'node:worker_threads';
import type { Texts } from '../../shared/lookup/lookup';
import { answerHere, type LookupKind } from '../../shared/lookup/registry';

export type LookupRequest = { readonly kind: LookupKind; readonly inputs: readonly Texts[] };
export type LookupAnswers = readonly Texts[];

parentPort?.on('message', async ({ kind, inputs }: LookupRequest) => {
  const answers: LookupAnswers = await answerHere(kind, inputs);
  parentPort?.postMessage(answers);
});
