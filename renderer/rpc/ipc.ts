import { createInbox } from '../../shared/rpc/inbox';
import type { Transport } from '../../shared/rpc/transport';
import { compact } from '../../shared/rpc/wire';

/** What the preload script offers. A message of null says that the line is closed. */
export type Bridge = {
  post: (message: unknown) => void;
  listen: (listener: (message: unknown) => void) => void;
};

/** A transport over Electron's IPC: each frame is cloned as it is. */
export function createIpcTransport(bridge: Bridge): Transport {
  const inbox = createInbox();
  bridge.listen((message) => {
    if (message === null) inbox.close();
    else inbox.deliver(message);
  });
  return {
    send: (frame) => {
      if (!inbox.isClosed()) bridge.post(compact(frame));
    },
    start: inbox.start,
    close: () => {
      if (!inbox.isClosed()) bridge.post(null);
      inbox.close();
    },
  };
}
