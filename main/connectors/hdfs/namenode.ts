import type { z } from 'zod';
import { parseJson, readBody } from '../../http/body';
import type { HttpAnswer, HttpRequest, Send } from '../../http/exchange';
import { answers } from './answers';
import { brokenExchange, remoteFault, type Subject, strangeAnswer } from './faults';
import { encodePath } from './path';
import { redirectTarget } from './redirect';

const MAX_JSON_BYTES = 64 * 1024 * 1024;

export type Call = Subject & {
  method: HttpRequest['method'];
  op: string;
  /** Those that are undefined are not sent. */
  parameters?: Record<string, string | undefined>;
  signal?: AbortSignal | undefined;
};

export type NameNode = {
  /** Sends one operation and hands back the raw answer, redirects included. */
  send(call: Call): Promise<HttpAnswer>;
  /** Sends one operation and returns its checked JSON. */
  ask<T>(call: Call, schema: z.ZodType<T>): Promise<T>;
  /** Sends one operation that answers a boolean or nothing at all (null). */
  command(call: Call): Promise<boolean | null>;
  /** Follows a redirect to a DataNode, by hand: no credentials leave for another host or scheme. */
  follow(answer: HttpAnswer, call: Call, body?: HttpRequest['body']): Promise<HttpAnswer>;
};

export type Identity = { user: string; authorization?: string | undefined };

/** Throws the fault that an answer other than 2xx means; reads its body to do so. */
export async function refuse(answer: HttpAnswer, call: Subject): Promise<never> {
  const bytes = await readBody(answer, 1024 * 1024).catch(() => null);
  const remote = answers.remoteException.safeParse(parseJson(bytes ?? ''));
  if (!remote.success) throw strangeAnswer(answer, call);
  const { exception, message } = remote.data.RemoteException;
  throw remoteFault(exception, message ?? '', call);
}

/** The side of WebHDFS that speaks to the NameNode (or a gateway in its place). */
export function createNameNode(base: URL, { user, authorization }: Identity, transport: Send): NameNode {
  async function exchange(url: URL, call: Call, role: 'NameNode' | 'DataNode', body?: HttpRequest['body']) {
    const headers = {
      ...(authorization !== undefined && url.origin === base.origin && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/octet-stream' }),
    };
    try {
      return await transport(url, {
        method: call.method,
        headers,
        signal: call.signal,
        ...(body !== undefined && { body }),
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      throw brokenExchange(error, role, url.host, call);
    }
  }

  function urlOf({ path, op, parameters }: Call): URL {
    const url = new URL(base);
    const query = Object.entries({ op, 'user.name': user, ...parameters });
    url.pathname += encodePath(path);
    url.search = query
      .flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encodeURIComponent(value)}`))
      .join('&');
    return url;
  }

  async function whole(answer: HttpAnswer, call: Call): Promise<Uint8Array> {
    try {
      const bytes = await readBody(answer, MAX_JSON_BYTES);
      if (bytes !== null) return bytes;
    } catch (error) {
      call.signal?.throwIfAborted();
      throw brokenExchange(error, 'NameNode', base.host, call);
    }
    throw strangeAnswer(answer, call);
  }

  const send = async (call: Call) => {
    call.signal?.throwIfAborted();
    return exchange(urlOf(call), call, 'NameNode');
  };

  async function succeeded(call: Call): Promise<{ bytes: Uint8Array; answer: HttpAnswer }> {
    const answer = await send(call);
    if (answer.status !== 200) return refuse(answer, call);
    return { bytes: await whole(answer, call), answer };
  }

  return {
    send,

    async ask(call, schema) {
      const { bytes, answer } = await succeeded(call);
      const parsed = schema.safeParse(parseJson(bytes));
      if (!parsed.success) throw strangeAnswer(answer, call);
      return parsed.data;
    },

    async command(call) {
      const { bytes, answer } = await succeeded(call);
      if (bytes.byteLength === 0) return null;
      const parsed = answers.boolean.safeParse(parseJson(bytes));
      if (!parsed.success) throw strangeAnswer(answer, call);
      return parsed.data.boolean;
    },

    async follow(answer, call, body) {
      answer.drop();
      const target = redirectTarget(answer, base, call);
      return exchange(target, call, target.origin === base.origin ? 'NameNode' : 'DataNode', body);
    },
  };
}
