import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it arrived. `query` holds the decoded parameters. */
export type Arrived = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  /** Bytes of the body that have arrived so far. */
  bytes: number;
  raw: IncomingMessage;
};

export type StandIn = { url: string; host: string; arrived: Arrived[] };

/** A server that answers as a test tells it to, on 127.0.0.1, until the test has finished. */
export async function startStandIn(
  answer: (request: Arrived, response: ServerResponse) => void | Promise<void>,
): Promise<StandIn> {
  const arrived: Arrived[] = [];
  const server = createServer((raw, response) => {
    const { pathname, searchParams } = new URL(raw.url ?? '/', 'http://stand-in');
    const request: Arrived = {
      method: raw.method ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: raw.headers,
      bytes: 0,
      raw,
    };
    raw.on('data', (chunk: Buffer) => {
      request.bytes += chunk.byteLength;
    });
    raw.on('error', () => {});
    arrived.push(request);
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, arrived };
}

/** The host and port of a machine that refuses connections. */
export async function closedPort(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function page(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'content-type': 'text/html', ...headers })
    .end('<html><form>Sign in</form></html>');
}

/** Resolves once the whole request has arrived. */
export function whole(request: Arrived): Promise<void> {
  return new Promise((resolve) => {
    if (request.raw.complete) resolve();
    else request.raw.once('end', () => resolve());
  });
}
