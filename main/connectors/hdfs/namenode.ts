import type { z } from 'zod';
import { parseJson, readBody } from '../../http/body';
import type { HttpAnswer, HttpRequest, Send } from '../../http/exchange';
import { answers } from './answers';
import { createFailover } from './failover';
import { brokenExchange, remoteFault, type Subject, strangeAnswer, withoutXsrfHeader } from './faults';
import { headersFor, type Identity, whoAsks } from './identity';
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
  /** Host and port of the NameNode that answered last. */
  host(): string;
};

const MAX_FAULT_BYTES = 1024 * 1024;

/** Throws the fault that an answer other than 2xx means; reads its body to do so. */
export async function refuse(answer: HttpAnswer, call: Subject): Promise<never> {
  const bytes = await readBody(answer, MAX_FAULT_BYTES).catch(() => null);
  const remote = answers.remoteException.safeParse(parseJson(bytes ?? ''));
  if (!remote.success) {
    const words = new TextDecoder().decode(bytes ?? undefined);
    throw answer.status === 400 && /CSRF/.test(words)
      ? withoutXsrfHeader(answer, call)
      : strangeAnswer(answer, call);
  }
  const { exception, message } = remote.data.RemoteException;
  throw remoteFault(exception, message ?? '', call);
}

/** The fault of an answer that says that another NameNode is the active one, or null; the body stays readable. */
async function onStandby(answer: HttpAnswer, call: Call): Promise<HttpAnswer> {
  if (answer.status !== 403 && answer.status !== 401) return answer;
  const bytes = (await readBody(answer, MAX_FAULT_BYTES)) ?? new Uint8Array();
  const remote = answers.remoteException.safeParse(parseJson(bytes));
  const { exception = '', message } = remote.data?.RemoteException ?? {};
  // Asked with a token, a standby NameNode reports a failed sign-in, and the reason only among the words.
  if (STANDBY.has(exception) || /\bStandbyException\b/.test(message ?? ''))
    throw remoteFault('StandbyException', message ?? '', call);
  return { ...answer, body: once(bytes), drop() {} };
}

const STANDBY: ReadonlySet<string> = new Set(['StandbyException', 'ObserverRetryOnActiveException']);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The side of WebHDFS that speaks to NameNodes that stand in for each other (or a gateway in their place). */
export function createNameNode(bases: readonly URL[], identity: Identity, transport: Send): NameNode {
  const failover = createFailover(bases);
  const ours = (url: URL) => bases.some(({ origin }) => origin === url.origin);

  async function exchange(url: URL, call: Call, role: 'NameNode' | 'DataNode', body?: HttpRequest['body']) {
    const headers = {
      ...headersFor(identity, ours(url)),
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

  async function urlOf(base: URL, { path, op, parameters, signal }: Call): Promise<URL> {
    const url = new URL(base);
    url.pathname += encodePath(path);
    const query = Object.entries({ op, ...(await whoAsks(identity, base, signal)), ...parameters });
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
      throw brokenExchange(error, 'NameNode', answer.host, call);
    }
    throw strangeAnswer(answer, call);
  }

  const trying = <T>(call: Call, use: (answer: HttpAnswer) => Promise<T>): Promise<T> => {
    call.signal?.throwIfAborted();
    const task = { signal: call.signal, repeatable: call.method === 'GET', unaffected: call.unaffected };
    return failover.send(task, async (base) => {
      const answer = await exchange(await urlOf(base, call), call, 'NameNode');
      return use(bases.length === 1 ? answer : await onStandby(answer, call));
    });
  };

  const succeeded = (call: Call) =>
    trying(call, async (answer) => {
      if (answer.status !== 200) return refuse(answer, call);
      return { bytes: await whole(answer, call), answer };
    });

  return {
    send: (call) => trying(call, async (answer) => answer),
    host: () => failover.active().host,

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
      const base = bases.find(({ host }) => host === answer.host) ?? failover.active();
      const target = redirectTarget(answer, base, call);
      return exchange(target, call, ours(target) ? 'NameNode' : 'DataNode', body);
    },
  };
}
