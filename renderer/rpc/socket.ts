import { encodeFrame } from '../../shared/rpc/codec';
import { createInbox } from '../../shared/rpc/inbox';
import type { Transport } from '../../shared/rpc/transport';

/** A transport over the platform's WebSocket, open or opening: each frame is one binary message. */
export function createSocketTransport(socket: WebSocket): Transport {
  const inbox = createInbox();
  const unsent: Uint8Array<ArrayBuffer>[] = [];
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    for (const message of unsent.splice(0)) socket.send(message);
  });
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    inbox.deliver(data instanceof ArrayBuffer ? new Uint8Array(data) : data),
  );
  // An error is always followed by a close.
  socket.addEventListener('close', inbox.close);
  return {
    send: (frame) => {
      const message = encodeFrame(frame);
      if (socket.readyState === socket.CONNECTING) unsent.push(message);
      else if (socket.readyState === socket.OPEN) socket.send(message);
    },
    start: inbox.start,
    close: () => socket.close(1000),
  };
}
