import { parentPort } from 'node:worker_threads';
import { type FaultJson, isFault } from '../../shared/contract/errors';
import type { Texts } from '../../shared/lookup/lookup';
import { answerHere, type LookupKind } from '../../shared/lookup/registry';

export type LookupRequest = { readonly kind: LookupKind; readonly inputs: readonly Texts[] };
export type LookupAnswers = readonly Texts[];
export type LookupReply = { readonly answers: LookupAnswers } | { readonly fault: FaultJson };

async function reply({ kind, inputs }: LookupRequest): Promise<LookupReply> {
  try {
    return { answers: await answerHere(kind, inputs) };
  } catch (error) {
    if (isFault(error)) return { fault: error.toJSON() };
    throw error;
  }
}

parentPort?.on('message', async (request: LookupRequest) => {
  parentPort?.postMessage(await reply(request));
});
