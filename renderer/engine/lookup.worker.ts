import { isFault } from '../../shared/contract/errors';
import { answerHere } from '../../shared/lookup/registry';
import type { LookupQuestion, LookupReply } from './lookups';

async function replyTo({ id, kind, inputs, key }: LookupQuestion): Promise<LookupReply> {
  try {
    return { id, answers: await answerHere(kind, inputs, async () => key ?? null) };
  } catch (error) {
    if (isFault(error)) return { id, answers: [], fault: error.toJSON() };
    throw error;
  }
}

self.onmessage = async ({ data }: MessageEvent<LookupQuestion>) => {
  self.postMessage(await replyTo(data));
};
