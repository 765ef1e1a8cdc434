import { answerPhone } from '../../shared/lookup/phone';
import type { PhoneQuestion, PhoneReply } from './phones';

self.onmessage = ({ data }: MessageEvent<PhoneQuestion>) => {
  const { id, numbers, regions, options } = data;
  const answers = numbers.map((number, i) => answerPhone(number, regions[i] ?? null, options));
  const reply: PhoneReply = {
    id,
    numbers: answers.map((one) => one.number),
    extensions: answers.map((one) => one.extension),
  };
  self.postMessage(reply);
};
