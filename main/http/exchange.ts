import * as http from 'node:http';
import * as https from 'node:https';
import { rootCertificates } from 'node:tls';
import { upload } from './upload';

/**
 * `ca`: PEM certificates to trust beside the public ones. How long a silent peer is waited for: `connectMs` until it
 * has taken the connection, `timeoutMs` after that.
 */
export type HttpOptions = { ca?: string; timeoutMs?: number; connectMs?: number };

export type HttpRequest = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  headers?: Record<string, string>;
  body?: Uint8Array | AsyncIterable<Uint8Array>;
  signal?: AbortSignal | undefined;
};

export type HttpAnswer = {
  status: number;
  /** Host and port of who answered. */
  host: string;
  header(name: string): string;
  /** Must be read to its end or dropped, or the connection stays taken. */
  body: AsyncIterable<Uint8Array>;
  drop(): void;
};

/** Sends one request and never follows a redirect. Rejects with what Node or `transportFailure` names. */
export type Send = (url: URL, request: HttpRequest) => Promise<HttpAnswer>;

function timedOut(code: 'CONNECT_TIMEOUT' | 'ANSWER_TIMEOUT'): Error {
  return Object.assign(new Error('timed out'), { code });
}

function toAnswer(url: URL, response: http.IncomingMessage): HttpAnswer {
  return {
    status: response.statusCode ?? 0,
    host: url.host,
    header(name) {
      const value = response.headers[name];
      return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
    },
    body: response,
    drop() {
      response.on('error', () => {}).resume();
    },
  };
}

/**
 * One pool of connections. Built on `node:http` because HDFS DataNodes send `100 Continue` unasked before they
 * answer an upload, which undici takes for a bad response.
 */
export function createSend({ ca, timeoutMs = 60_000, connectMs = 8_000 }: HttpOptions): {
  send: Send;
  close(): void;
} {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true, ...trusted }),
  };

  function once(url: URL, { method, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
    const encrypted = url.protocol === 'https:';
    const options: https.RequestOptions = {
      method,
      timeout: timeoutMs,
      ...(headers && { headers }),
      ...(signal && { signal }),
      // a kept connection may have died meanwhile: only what can be repeated goes over one
      agent: method !== 'GET' ? false : encrypted ? agents.https : agents.http,
      ...(encrypted && trusted),
    };
    return new Promise((resolve, reject) => {
      const request = (encrypted ? https : http).request(url, options);
      let response: http.IncomingMessage | undefined;
      const sending = upload(request, body);
      sending.failed.catch(reject);
      request.on('response', (incoming) => {
        response = incoming;
        resolve(toAnswer(url, incoming));
      });
      // after the answer has begun, its own stream reports what breaks
      request.on('error', (error) => {
        if (request.reusedSocket && response === undefined && codeOf(error) === 'ECONNRESET') {
          resolve(once(url, { method, ...(headers && { headers }), signal }));
        } else reject(error);
      });
      request.once('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(() => request.destroy(timedOut('CONNECT_TIMEOUT')), connectMs);
        const stop = () => clearTimeout(timer);
        socket.once(encrypted ? 'secureConnect' : 'connect', stop).once('close', stop);
      });
      request.on('timeout', () => {
        const ourTurn = sending.waitingForSource() || (response !== undefined && response.readableLength > 0);
        if (ourTurn) request.setTimeout(timeoutMs);
        else if (response) response.destroy(timedOut('ANSWER_TIMEOUT'));
        else request.destroy(timedOut(request.socket?.connecting ? 'CONNECT_TIMEOUT' : 'ANSWER_TIMEOUT'));
      });
    });
  }

  return {
    send: once,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
