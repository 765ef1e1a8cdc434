import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Two secrets guard the web shell, both new at each start. The token stands in the printed address; it opens
 * everything. The pass is a cookie given with the window's page; it opens the window's files, which are no secret,
 * but not `/rpc`: browsers send cookies to every port of a machine, also to those of other programs and users.
 */
export type Access = {
  token: string;
  /** Why the request may not have the window's files, or null if it may. */
  refuseFile: (request: IncomingMessage) => string | null;
  /** Why the request may not open the connection for calls, or null if it may. */
  refuseConnection: (request: IncomingMessage) => string | null;
  /** The header that gives the pass to whoever presented the token. */
  passHeader: string;
};

const STRANGER = 'Open the workbench by the whole address it printed when it started.';

/** @param token given only while developing, where a restarted shell keeps the address it had */
export function createAccess(port: number, token = newSecret()): Access {
  const authority = `127.0.0.1:${port}`;
  const cookie = `workbench-${port}`;
  const pass = createHmac('sha256', token).update('pass').digest('base64url');

  const hasToken = (request: IncomingMessage) => isSame(readQuery(request, 'token'), token);
  // A page elsewhere whose name leads to this machine still sends its own name.
  const refuseHost = ({ headers }: IncomingMessage) =>
    headers.host === authority ? null : `This is ${authority}, not the host that was asked for.`;

  return {
    token,
    passHeader: `${cookie}=${pass}; Path=/; HttpOnly; SameSite=Strict`,
    refuseFile: (request) =>
      refuseHost(request) ??
      (hasToken(request) || isSame(readCookie(request, cookie), pass) ? null : STRANGER),
    refuseConnection: (request) =>
      refuseHost(request) ??
      (request.headers.origin === `http://${authority}` ? null : 'Only the workbench itself may connect.') ??
      (hasToken(request) ? null : STRANGER),
  };
}

const newSecret = () => randomBytes(24).toString('base64url');

function readQuery({ url = '' }: IncomingMessage, name: string): string | null {
  const start = url.indexOf('?');
  return start < 0 ? null : new URLSearchParams(url.slice(start)).get(name);
}

function readCookie({ headers }: IncomingMessage, name: string): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? null;
}

/** Compares in a time that tells nothing of either. */
function isSame(given: string | null, expected: string): boolean {
  return given !== null && timingSafeEqual(digest(given), digest(expected));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
