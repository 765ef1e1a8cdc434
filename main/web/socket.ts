import type { RawData, WebSocket } from 'ws';
import { encodeFrame } from '../../shared/rpc/codec';
import { createInbox } from '../../shared/rpc/inbox';
import type { Transport } from '../../shared/rpc/transport';

/** A transport over an open WebSocket: each frame is one binary message. */
export function createSocketTransport(socket: WebSocket): Transport {
  const inbox = createInbox();
  socket.on('message', (data, isBinary) => inbox.deliver(isBinary ? toBytes(data) : String(data)));
  socket.on('close', inbox.close);
  // Such as a message that is too large; ws then closes by itself.
  socket.on('error', () => socket.terminate());
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(encodeFrame(frame));
    },
    start: inbox.start,
    close: () => socket.close(1000),
  };
}

/** Not a Buffer: its `slice` shares memory where that of a Uint8Array copies. */
function toBytes(data: RawData): Uint8Array {
  const whole = Array.isArray(data) ? Buffer.concat(data) : data;
  return whole instanceof ArrayBuffer
    ? new Uint8Array(whole)
    : new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength);
}
