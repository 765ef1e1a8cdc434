import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { WebSocket as PlatformSocket } from 'undici';
import { WebSocketServer } from 'ws';
import { createIpcLine } from '../../main/electron/ipc';
import { createSocketTransport as createHostSocket } from '../../main/web/socket';
import { type Bridge, createIpcTransport } from '../../renderer/rpc/ipc';
import { createSocketTransport as createWindowSocket } from '../../renderer/rpc/socket';
import { createMemoryPair } from '../../shared/rpc/memory';
import type { Receiver, Transport } from '../../shared/rpc/transport';

/** A line between a window and a host, and a way to put any message on it from the window's side. */
export type LinePair = {
  window: Transport;
  host: Transport;
  sendRaw: (message: unknown) => void;
  stop: () => Promise<void>;
};

export async function memoryPair(): Promise<LinePair> {
  const [window, host] = createMemoryPair();
  let receiver: Receiver | null = null;
  const start = (given: Receiver) => {
    receiver = given;
    host.start(given);
  };
  return {
    window,
    host: { ...host, start },
    sendRaw: (message) => receiver?.receive(message),
    stop: async () => window.close(),
  };
}

export async function socketPair(maxPayload?: number): Promise<LinePair> {
  const http = createHttpServer();
  const server = new WebSocketServer({ server: http, ...(maxPayload !== undefined && { maxPayload }) });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const accepted = new Promise<Transport>((resolve) =>
    server.once('connection', (socket) => resolve(createHostSocket(socket))),
  );
  const { port } = http.address() as AddressInfo;
  const socket = new PlatformSocket(`ws://127.0.0.1:${port}/`) as unknown as WebSocket;
  return {
    window: createWindowSocket(socket),
    host: await accepted,
    sendRaw: (message) => socket.send(message as string),
    stop: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Electron's IPC clones each message as a MessagePort does. */
export async function ipcPair(): Promise<LinePair> {
  const { port1, port2 } = new MessageChannel();
  const bridge: Bridge = {
    post: (message) => port1.postMessage(message),
    listen: (listener) => port1.on('message', listener),
  };
  const line = createIpcLine((message) => port2.postMessage(message));
  port2.on('message', line.receive);
  port2.on('close', line.close);
  return {
    window: createIpcTransport(bridge),
    host: line.transport,
    sendRaw: bridge.post,
    stop: async () => port1.close(),
  };
}
