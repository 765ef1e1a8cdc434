import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../../shared/contract/errors';
import { securityHeaders } from './headers';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** What the bundler writes where each answer's nonce is to stand. */
export const NONCE_PLACEHOLDER = 'STYLE-NONCE';

export type Asset = { status: 200 | 404; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> };

/** Answers the path of a URL, such as `/assets/main-x.js`; `/` is the window itself. */
export type Assets = (pathname: string) => Promise<Asset>;

/**
 * Serves the files in a folder. A path is only ever looked up in a list of them, so that none leads out of the
 * folder; the list is made anew when it lacks a path, which may be of a newer build.
 * @param connect what the window may talk to beside its own origin
 * @throws Fault `window.not-built`
 */
export function openAssets(folder: string, connect: string[] = []): Assets {
  let files = list(folder);

  async function answer(pathname: string): Promise<Asset> {
    const name = pathname === '/' ? '/index.html' : pathname;
    if (!files.has(name)) files = list(folder);
    const file = files.get(name);
    if (file === undefined) {
      const headers = { ...securityHeaders({ connect }), 'content-type': 'text/plain; charset=utf-8' };
      return { status: 404, headers, body: Uint8Array.from(Buffer.from('There is nothing here.\n')) };
    }
    const content = await readFile(file);
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    if (!type.startsWith('text/html')) {
      // The bundler puts a hash of the content into the names of what it puts into this folder.
      const cache = name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
      const headers = { ...securityHeaders({ connect }), 'content-type': type, 'cache-control': cache };
      return { status: 200, headers, body: content as Uint8Array<ArrayBuffer> };
    }
    const nonce = randomBytes(18).toString('base64url');
    const html = content.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce);
    const headers = {
      ...securityHeaders({ nonce, connect }),
      'content-type': type,
      'cache-control': 'no-store',
    };
    return { status: 200, headers, body: Uint8Array.from(Buffer.from(html)) };
  }

  return answer;
}

/** Paths of URLs and the files they stand for. */
function list(folder: string): Map<string, string> {
  const files = new Map(existsSync(folder) ? walk(folder, '') : []);
  if (files.has('/index.html')) return files;
  throw new Fault({
    code: 'window.not-built',
    message: 'The window has not been built.',
    advice: 'Type  npm run build',
  });
}

/** Folder by folder: within an application archive, Electron lists no deeper. */
function walk(folder: string, above: string): [pathname: string, file: string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const pathname = `${above}/${encodeURIComponent(entry.name)}`;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return walk(file, pathname);
    return entry.isFile() ? [[pathname, file] as [string, string]] : [];
  });
}
