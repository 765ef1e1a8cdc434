import type { z } from 'zod';
import { Fault } from '../../shared/contract/errors';
import { parseJson, readBody } from './body';
import { createSend, type HttpAnswer, type HttpOptions, type HttpRequest } from './exchange';
import { transportFailure } from './failure';

export type RestOptions = HttpOptions & {
  /** The service's web address, such as `http://host:8998`; a gateway's may have a path. */
  url: string;
  /** An `Authorization` header, for a gateway. */
  authorization?: string;
};

export type RestCall = {
  method: HttpRequest['method'];
  /** Below the service's address; already percent-encoded. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  json?: unknown;
  signal?: AbortSignal | undefined;
  /** What stands if the call fails and nothing has been done. */
  unaffected: string;
};

/** The words of a service's own error body, or undefined when it is not of its form. */
export type ErrorWords = (body: unknown) => string | undefined;

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * JSON calls to one service. Every failure is a `Fault` whose code begins with `prefix`, and whose
 * `details.delivered` is false only when the service certainly has not acted on the call.
 */
export function createRest(
  service: { name: string; prefix: string; errorWords: ErrorWords },
  { url, authorization, ...http }: RestOptions,
) {
  const { name, prefix, errorWords } = service;
  const base = parseAddress(url, name, prefix);
  const { send, close } = createSend(http);

  function fault(
    code: string,
    message: string,
    advice: string,
    call: RestCall,
    details: object,
    cause?: unknown,
  ) {
    const { unaffected } = call;
    return new Fault({
      code: `${prefix}.${code}`,
      message,
      unaffected,
      advice,
      details: { ...details },
      cause,
    });
  }

  function broken(error: unknown, call: RestCall): Fault {
    const { kind, delivered, reason } = transportFailure(error);
    const details = { host: base.host, delivered };
    if (kind === 'timeout') {
      return fault('timeout', `${name} at ${base.host} did not answer in time.`, RETRY, call, details, error);
    }
    const advice = kind === 'unreachable' ? `Check ${name}'s address and that it is running.` : RETRY;
    const code = kind === 'unreachable' ? 'unreachable' : 'connection-lost';
    return fault(code, `${name} at ${base.host} can't be reached: ${reason}.`, advice, call, details, error);
  }

  function refused(answer: HttpAnswer, body: unknown, call: RestCall): Fault {
    const { status } = answer;
    const said = errorWords(body)
      ?.split(/\n\s+at /)[0]
      ?.slice(0, 500);
    const delivered = status >= 500;
    const details = { host: base.host, status, delivered, ...(said !== undefined && { said }) };
    const make = (code: string, message: string, advice: string) =>
      fault(code, message, advice, call, details);
    if (status === 401) {
      return make('unauthenticated', `${name} does not accept the sign-in.`, "Check the connection's user.");
    }
    if (status === 429 || (status >= 502 && status <= 504)) {
      return make('busy', `${name} at ${base.host} can't answer now (HTTP ${status}).`, RETRY);
    }
    if (status >= 300 && status < 400) {
      const to = answer.header('location');
      const where = URL.canParse(to) ? new URL(to).origin : 'elsewhere';
      const advice = `If ${where} is the active ${name}, use that address.`;
      return make('redirected', `${base.host} sends us to ${where}, which we do not follow.`, advice);
    }
    if (said === undefined) {
      const advice = `Check ${name}'s address; a sign-in page or another service may stand there.`;
      return make('strange-answer', `${base.host} did not answer as ${name} does (HTTP ${status}).`, advice);
    }
    if (status === 403) return make('denied', `${name} does not allow this: ${said}`, 'Ask for access.');
    if (status === 404) return make('not-found', `${name} does not know it: ${said}`, 'It may be forgotten.');
    if (status >= 500) return make('failed', `${name} failed: ${said}`, RETRY);
    return make('refused', `${name} refused the request: ${said}`, 'Correct what it names.');
  }

  async function exchange(call: RestCall): Promise<{ answer: HttpAnswer; body: unknown }> {
    call.signal?.throwIfAborted();
    const target = new URL(base);
    target.pathname = base.pathname.replace(/\/+$/, '') + call.path;
    target.search = new URLSearchParams(call.query).toString();
    const headers = {
      accept: 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(call.json !== undefined && { 'content-type': 'application/json' }),
      ...call.headers,
    };
    const body = call.json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(call.json));
    try {
      const request = { method: call.method, headers, signal: call.signal, ...(body && { body }) };
      const answer = await send(target, request);
      return { answer, body: parseJson((await readBody(answer, MAX_BYTES)) ?? '') };
    } catch (error) {
      throw broken(error, call);
    }
  }

  /** One call whose answer must have the form of `schema`. An abort throws the signal's reason. */
  async function ask<T>(call: RestCall, schema: z.ZodType<T>): Promise<T> {
    const { answer, body } = await exchange(call).catch((error) => {
      call.signal?.throwIfAborted();
      throw error;
    });
    if (answer.status < 200 || answer.status > 299) throw refused(answer, body, call);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const details = { host: base.host, status: answer.status, delivered: true };
    const advice = `Check ${name}'s address and version.`;
    throw fault('strange-answer', `${base.host} did not answer as ${name} does.`, advice, call, details);
  }

  return { ask, host: base.host, close };
}

const RETRY = 'Try again in a minute.';

function parseAddress(address: string, name: string, prefix: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !web || url.username || url.password || url.search || url.hash) {
    throw new Fault({
      code: `${prefix}.bad-address`,
      message: `The address of ${name} is not a plain http or https address.`,
      unaffected: 'Nothing was sent.',
      advice: 'Give it in the form http://host:port, without user, password, ? or #.',
    });
  }
  return url;
}
