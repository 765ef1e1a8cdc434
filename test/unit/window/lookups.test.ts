import { expect, test } from 'vitest';
import {
  createLookups,
  type LookupQuestion,
  type LookupReply,
  type LookupWorker,
} from '../../../renderer/engine/lookups';

const lookup = {
  kind: 'lookup' as const,
  step: 0,
  lookup: 'phone' as const,
  inputs: [],
  ids: [],
  options: { format: 'e164' as const, extension: 'drop' as const },
};

test('a worker that crashes fails its question with a fault, and the next question starts another', async () => {
  const started: {
    asked: LookupQuestion[];
    reply: (reply: LookupReply) => void;
    crash: () => void;
    ended: boolean;
  }[] = [];
  const lookups = createLookups((): LookupWorker => {
    const one = {
      asked: [] as LookupQuestion[],
      reply: (_: LookupReply) => {},
      crash: () => {},
      ended: false,
    };
    started.push(one);
    return {
      ask: (question) => void one.asked.push(question),
      listen(reply, failed) {
        one.reply = reply;
        one.crash = failed;
      },
      end() {
        one.ended = true;
      },
    };
  });
  const first = lookups.answer(lookup, [['1'], ['US']]);
  const failed = expect(first).rejects.toMatchObject({ code: 'engine.lookup' });
  started[0]?.crash();
  await failed;
  expect(started[0]?.ended).toBe(true);

  const second = lookups.answer(lookup, [['1'], ['US']]);
  const asked = started[1]?.asked[0];
  started[1]?.reply({ id: asked?.id ?? 0, answers: [['+1'], [null]] });
  expect(await second).toEqual([['+1'], [null]]);
});
