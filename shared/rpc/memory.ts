import { encodeFrame } from './codec';
import { createInbox, type Inbox } from './inbox';
import type { Transport } from './transport';

declare function queueMicrotask(work: () => void): void;

/** Two ends of a line within one process. Frames cross as bytes, so that the ends share nothing. */
export function createMemoryPair(): [Transport, Transport] {
  const left = createInbox();
  const right = createInbox();
  return [createEnd(left, right), createEnd(right, left)];
}

function createEnd(own: Inbox, other: Inbox): Transport {
  return {
    send: (frame) => {
      if (own.isClosed()) return;
      const message = encodeFrame(frame);
      queueMicrotask(() => other.deliver(message));
    },
    start: own.start,
    close: () => {
      queueMicrotask(other.close);
      own.close();
    },
  };
}
