import { createInbox } from '../../shared/rpc/inbox';
import type { Transport } from '../../shared/rpc/transport';
import { compact } from '../../shared/rpc/wire';

/** The host's end of the line to one document. A message of null says that the line is closed. */
export type Line = { transport: Transport; receive: (message: unknown) => void; close: () => void };

/** A transport over Electron's IPC: each frame is cloned as it is. `post` reaches the document, if it is there. */
export function createIpcLine(post: (message: unknown) => void): Line {
  const inbox = createInbox();
  return {
    transport: {
      send: (frame) => {
        if (!inbox.isClosed()) post(compact(frame));
      },
      start: inbox.start,
      close: () => {
        if (!inbox.isClosed()) post(null);
        inbox.close();
      },
    },
    receive: (message) => {
      if (message === null) inbox.close();
      else inbox.deliver(message);
    },
    close: inbox.close,
  };
}
