import { protocol, type Session } from 'electron';
import type { Assets } from '../assets/assets';

const SCHEME = 'app';
const HOST = 'workbench';

/** The address of the window's page. */
export const HOME = `${SCHEME}://${HOST}/`;

/** Gives the scheme an origin of its own, as https has. To be called before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Answers the window's requests from the built files; there is no other way out for it. */
export function serveFiles(session: Session, assets: Assets): void {
  session.protocol.handle(SCHEME, async ({ url, method }) => {
    if (!isOwnAddress(url) || method !== 'GET') return new Response(null, { status: 403 });
    const { status, headers, body } = await assets(new URL(url).pathname);
    return new Response(body, { status, headers });
  });
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] },
    (_details, answer) => answer({ cancel: true }),
  );
}

export function isOwnAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === `${SCHEME}:` && url.host === HOST;
}
