import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { contract } from '../../shared/contract/contract';
import { Fault } from '../../shared/contract/errors';
import { createServer } from '../../shared/rpc/server';
import { limits } from '../../shared/rpc/wire';
import { type Assets, openAssets } from '../assets/assets';
import { securityHeaders } from '../assets/headers';
import type { Host, HostOptions } from '../host/host';
import { type Access, createAccess } from './access';
import { createSocketTransport } from './socket';

export type WebShell = {
  /** Where the window is, token included. */
  address: string;
  /** Has every open window load itself anew. */
  reload: () => void;
  close: () => Promise<void>;
};

const RELOAD_CODE = 4001;
const GOING_AWAY_CODE = 1001;
const MOST_CONNECTIONS = 16;
const FAREWELL_MS = 500;

export type WebShellOptions = {
  /** 0 picks one. */
  port: number;
  /** The built window. */
  folder: string;
  log: HostOptions['log'];
  checkOutputs: boolean;
  token?: string | undefined;
};

/** Serves the window and the host's calls on loopback only. */
export async function startWebShell(
  host: Host,
  { port, folder, log, checkOutputs, token }: WebShellOptions,
): Promise<WebShell> {
  const http = createHttpServer({ requireHostHeader: false });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.requestBytes,
    perMessageDeflate: false,
  });
  const ownPort = await listen(http, port);
  const authority = `127.0.0.1:${ownPort}`;
  const access = createAccess(ownPort, token);
  const assets = openAssets(folder, [`ws://${authority}`]);

  http.on('request', (request, response) => {
    answer(request, response, access, assets).catch(() => response.destroy());
  });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refusal = access.refuseConnection(request);
    if (refusal !== null) return refuseUpgrade(stream, '403 Forbidden', refusal);
    if (pathOf(request) !== '/rpc') return refuseUpgrade(stream, '404 Not Found', 'There is nothing here.');
    if (sockets.clients.size >= MOST_CONNECTIONS) {
      return refuseUpgrade(stream, '503 Service Unavailable', 'Too many windows are open.');
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      let unsubscribe = () => {};
      const server = createServer(createSocketTransport(socket), contract, host.handlers, {
        log,
        checkOutputs,
        onClose: () => unsubscribe(),
      });
      unsubscribe = host.subscribe(server.emit);
    });
  });

  return {
    address: `http://${authority}/?token=${access.token}`,
    reload: () => {
      for (const socket of sockets.clients) socket.close(RELOAD_CODE);
    },
    close: async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      for (const socket of sockets.clients) socket.close(GOING_AWAY_CODE);
      const farewell = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        http.closeAllConnections();
      }, FAREWELL_MS);
      http.closeIdleConnections();
      await closed;
      clearTimeout(farewell);
    },
  };
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new Fault({
          code: 'web.port',
          message: `Port ${port} cannot be used (${code}).`,
          advice: 'Choose another with --port, or let 0 pick one.',
        }),
      ),
    );
    http.listen(port, '127.0.0.1', () => resolve((http.address() as AddressInfo).port));
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, access: Access, assets: Assets) {
  const refusal = access.refuseFile(request);
  if (refusal !== null) return say(response, 403, refusal);
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only GET and HEAD.');
  const asset = await assets(pathOf(request));
  if (asset.headers['content-type']?.startsWith('text/html'))
    response.setHeader('set-cookie', access.passHeader);
  response.writeHead(asset.status, { ...asset.headers, 'content-length': asset.body.byteLength });
  response.end(request.method === 'HEAD' ? undefined : asset.body);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...securityHeaders({}),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${text}\n`);
}

function refuseUpgrade(stream: Duplex, status: string, text: string): void {
  const body = `${text}\n`;
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  stream.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The path as it was sent, without being resolved in any way. */
function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}
