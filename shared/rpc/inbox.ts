import type { Receiver } from './transport';

export type Inbox = {
  start: (receiver: Receiver) => void;
  deliver: (message: unknown) => void;
  /** Tells the receiver, once, that the line has closed; nothing is delivered after. */
  close: () => void;
  isClosed: () => boolean;
};

/** Keeps what a transport receives until somebody listens. */
export function createInbox(): Inbox {
  const waiting: unknown[] = [];
  let receiver: Receiver | null = null;
  let closed = false;
  return {
    start: (given) => {
      receiver = given;
      for (const message of waiting.splice(0)) given.receive(message);
      if (closed) given.closed();
    },
    deliver: (message) => {
      if (closed) return;
      if (receiver === null) waiting.push(message);
      else receiver.receive(message);
    },
    close: () => {
      if (closed) return;
      closed = true;
      receiver?.closed();
    },
    isClosed: () => closed,
  };
}
