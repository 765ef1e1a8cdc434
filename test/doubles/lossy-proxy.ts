import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type LossyProxy = {
  readonly url: string;
  /** Requests of each method that were passed on. */
  readonly passed: Map<string, number>;
  /** The answer to the next request of a method is lost after the server has given it. */
  loseNext(method: string): void;
  close(): Promise<void>;
};

/** A proxy on 127.0.0.1 in front of one HTTP server. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const passed = new Map<string, number>();
  let losing: string | null = null;
  const server = createServer((incoming, outgoing) => {
    const method = incoming.method ?? 'GET';
    const lost = losing === method;
    if (lost) losing = null;
    passed.set(method, (passed.get(method) ?? 0) + 1);
    const forwarded = request(
      new URL(incoming.url ?? '/', target),
      { method, headers: incoming.headers },
      (answer) => {
        if (lost) {
          answer.resume().on('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => incoming.socket.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    loseNext(method) {
      losing = method;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
