import { expect, test } from 'vitest';
import {
  createPhones,
  type PhoneQuestion,
  type PhoneReply,
  type PhoneWorker,
} from '../../../renderer/engine/phones';

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
    asked: PhoneQuestion[];
    reply: (reply: PhoneReply) => void;
    crash: () => void;
    ended: boolean;
  }[] = [];
  const phones = createPhones((): PhoneWorker => {
    const one = { asked: [] as PhoneQuestion[], reply: (_: PhoneReply) => {}, crash: () => {}, ended: false };
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
  const first = phones.answer(lookup, [['1'], ['US']]);
  const failed = expect(first).rejects.toMatchObject({ code: 'engine.phone' });
  started[0]?.crash();
  await failed;
  expect(started[0]?.ended).toBe(true);

  const second = phones.answer(lookup, [['1'], ['US']]);
  const asked = started[1]?.asked[0];
  started[1]?.reply({ id: asked?.id ?? 0, numbers: ['+1'], extensions: [null] });
  expect(await second).toEqual([['+1'], [null]]);
});
