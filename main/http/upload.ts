import type { ClientRequest } from 'node:http';

export type Upload = {
  /** Never resolves; rejects with the error of the body's source. */
  failed: Promise<never>;
  /** True while nothing can be sent because the source has nothing yet. */
  waitingForSource(): boolean;
};

function writable(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'response', 'error']) request.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'response', 'error']) request.on(event, done);
  });
}

/** Writes a request's body at the pace the peer takes it, and stops when the peer answers or leaves early. */
export function upload(
  request: ClientRequest,
  body: Uint8Array | AsyncIterable<Uint8Array> | undefined,
): Upload {
  let waiting = false;
  if (body === undefined || body instanceof Uint8Array) {
    request.end(body);
    return { failed: new Promise(() => {}), waitingForSource: () => false };
  }
  const source = body;
  let answered = false;
  request.on('response', () => {
    answered = true;
  });

  async function pump(): Promise<void> {
    waiting = true;
    for await (const chunk of source) {
      waiting = false;
      if (answered || request.destroyed) return;
      if (!request.write(chunk)) await writable(request);
      if (answered || request.destroyed) return;
      waiting = true;
    }
    waiting = false;
    request.end();
  }

  const failed = new Promise<never>((_, reject) => {
    pump().catch((error) => {
      waiting = false;
      reject(error);
      request.destroy(error instanceof Error ? error : new Error('the source of an upload failed'));
    });
  });
  return { failed, waitingForSource: () => waiting };
}
