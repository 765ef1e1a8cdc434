import { answerHere } from '../../shared/lookup/registry';
import type { LookupQuestion, LookupReply } from './lookups';

self.onmessage = async ({ data }: MessageEvent<LookupQuestion>) => {
  const { id, kind, inputs } = data;
  const reply: LookupReply = { id, answers: await answerHere(kind, inputs) };
  self.postMessage(reply);
};
