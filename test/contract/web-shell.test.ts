import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Host } from '../../main/host/host';
import { startWebShell, type WebShell } from '../../main/web/server';
import { encodeFrame } from '../../shared/rpc/codec';
import type { FailureRecord } from '../../shared/rpc/failure';
import { readResponse } from '../../shared/rpc/frames';
import { limits } from '../../shared/rpc/wire';

const INFO = { version: '1.2.3', shell: 'web', duckdb: '', spark: null, phoneMetadata: '', cores: 2 };
const INFO_CALL = encodeFrame({ kind: 'call', id: 1, name: 'app.info', input: {} });

let folder: string;
let shell: WebShell;
let address: URL;
let subscribed: number;
let log: FailureRecord[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'web-shell-'));
  const window = path.join(folder, 'window');
  await mkdir(path.join(window, 'assets'), { recursive: true });
  await writeFile(
    path.join(window, 'index.html'),
    '<meta property="csp-nonce" nonce="STYLE-NONCE">STYLE-NONCE',
  );
  await writeFile(path.join(window, 'assets', 'main-abc.js'), 'export {}');
  await writeFile(path.join(window, 'assets', 'duckdb-abc.wasm'), 'wasm');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await symlink(folder, path.join(window, 'out'));
  subscribed = 0;
  log = [];
  const host = {
    handlers: { 'app.info': async () => INFO },
    subscribe: () => {
      subscribed += 1;
      return () => {
        subscribed -= 1;
      };
    },
    close: async () => {},
  } as unknown as Host;
  shell = await startWebShell(host, {
    port: 0,
    folder: window,
    log: (record) => log.push(record),
    checkOutputs: true,
  });
  address = new URL(shell.address);
});

afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true, force: true });
});

describe('files', () => {
  test('the printed address answers the page, with a new nonce each time, and a pass', async () => {
    const [first, second] = [await get(address.href), await get(address.href)];
    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(first.headers['cache-control']).toBe('no-store');
    const nonce = /'nonce-([\w-]{24})'/.exec(first.headers['content-security-policy'] as string)?.[1];
    expect(first.body).toBe(`<meta property="csp-nonce" nonce="${nonce}">${nonce}`);
    expect(second.headers['content-security-policy']).not.toBe(first.headers['content-security-policy']);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^workbench-${address.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(first.headers['set-cookie']?.[0]).not.toContain(token());
  });

  test('the pass opens the files', async () => {
    const cookie = await fetchPass();
    expect((await get('/', { cookie })).status).toBe(200);
    const script = await get('/assets/main-abc.js', { cookie });
    expect(script).toMatchObject({ status: 200, body: 'export {}' });
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await get('/assets/duckdb-abc.wasm', { cookie })).headers['content-type']).toBe(
      'application/wasm',
    );
  });

  test('every answer carries the policy', async () => {
    const cookie = await fetchPass();
    const answers = [
      await get('/', { cookie }),
      await get('/assets/main-abc.js', { cookie }),
      await get('/missing', { cookie }),
      await get('/'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403]);
    for (const { headers } of answers) {
      const policy = headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'");
      expect(policy).not.toContain('unsafe-inline');
      expect(policy).toContain("base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
    expect(answers[0]?.headers['content-security-policy']).toContain(
      `connect-src 'self' ws://${address.host};`,
    );
  });

  test.each([
    ['no token', '/', {}],
    ['a wrong token', '/?token=wrong', {}],
    ['an empty token', '/?token=', {}],
    ['a wrong pass', '/', { cookie: 'workbench-PORT=wrong' }],
    ['another host', '/?token=TOKEN', { host: 'evil.example' }],
    ['another name of this machine', '/?token=TOKEN', { host: 'localhost:PORT' }],
    ['another port', '/?token=TOKEN', { host: '127.0.0.1:1' }],
    ['a whole address of another host', 'http://evil.example/?token=TOKEN', { host: 'evil.example' }],
  ])('%s is answered with 403', async (_what, place, headers) => {
    const fill = (text: string) => text.replace('TOKEN', token()).replace('PORT', address.port);
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
    const answer = await get(fill(place), filled);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).not.toContain(token());
  });

  test('a request without a Host header at all is answered with 403', async () => {
    const answer = await raw(`GET /?token=${token()} HTTP/1.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/out/secret.txt',
    '/index.html%00',
    '/%',
    '/%ff',
    '/assets',
    '/__proto__',
    'secret.txt',
  ])('%s leads nowhere', async (place) => {
    const head = `GET ${place}?token=${token()} HTTP/1.1\r\nHost: ${address.host}\r\nConnection: close\r\n\r\n`;
    const answer = await raw(head);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toContain('secret\n');
  });

  test('only reading is allowed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await get(address.href, {}, method)).status).toBe(405);
    }
    expect(await get(address.href, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test('nonsense instead of HTTP is refused, and the shell goes on', async () => {
    expect(await raw('\x00\x01\x02 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await get(address.href)).status).toBe(200);
  });
});

describe('calls', () => {
  test('are answered over /rpc with token and origin', async () => {
    const socket = await open(rpc());
    expect(subscribed).toBe(1);
    socket.send(INFO_CALL);
    const data = await new Promise<Buffer>((resolve) => socket.once('message', resolve));
    expect(readResponse(Uint8Array.from(data), limits.responseBytes)).toEqual({
      kind: 'result',
      id: 1,
      output: INFO,
    });
    socket.close();
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => subscribed === 0);
  });

  test.each([
    ['no token', '/rpc', {}],
    ['a wrong token', '/rpc?token=wrong', {}],
    ['another origin', '/rpc?token=TOKEN', { origin: 'http://evil.example' }],
    ['the origin of another port', '/rpc?token=TOKEN', { origin: 'http://127.0.0.1:1' }],
    ['an origin that is none', '/rpc?token=TOKEN', { origin: 'null' }],
    ['another name of this machine', '/rpc?token=TOKEN', { origin: 'http://localhost:PORT' }],
    ['another scheme', '/rpc?token=TOKEN', { origin: 'https://127.0.0.1:PORT' }],
    ['no origin', '/rpc?token=TOKEN', { origin: undefined }],
    ['another host', '/rpc?token=TOKEN', { host: 'evil.example' }],
  ])('are refused with 403 for %s', async (_what, place, headers) => {
    const fill = (text: string) => text.replace('TOKEN', token()).replace('PORT', address.port);
    const given = { origin: address.origin, ...headers };
    const filled = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, fill(value)]],
    );
    expect(await refusal(fill(place), Object.fromEntries(filled))).toBe(403);
    expect(subscribed).toBe(0);
  });

  test('the pass does not open calls: cookies also go to other ports', async () => {
    expect(await refusal('/rpc', { origin: address.origin, cookie: await fetchPass() })).toBe(403);
  });

  test('are nowhere but at /rpc', async () => {
    expect(await refusal(`/?token=${token()}`, { origin: address.origin })).toBe(404);
  });

  test('a plain request for /rpc gets no page', async () => {
    expect((await get(`/rpc?token=${token()}`)).status).toBe(404);
  });

  test('a malformed message closes its connection, and no other', async () => {
    const [bad, good] = [await open(rpc()), await open(rpc())];
    bad.send('nonsense');
    await new Promise((resolve) => bad.once('close', resolve));
    expect(log.map(({ call }) => call)).toEqual(['connection']);
    good.send(INFO_CALL);
    await new Promise((resolve) => good.once('message', resolve));
    expect(subscribed).toBe(1);
  });

  test('more windows than there is room for are refused', async () => {
    for (let count = 0; count < 16; count++) await open(rpc());
    expect(await refusal(`/rpc?token=${token()}`, { origin: address.origin })).toBe(503);
  });

  test('reloading tells every window by the code for it', async () => {
    const socket = await open(rpc());
    shell.reload();
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(4001);
  });
});

test('the shell listens on one loopback address only', async () => {
  expect(address.hostname).toBe('127.0.0.1');
  // Whoever listens on all addresses listens on this one too.
  const socket = connect(Number(address.port), '127.0.0.2');
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => socket.once('error', resolve));
  expect(error.code).toBe('ECONNREFUSED');
});

test('a port in use is said in one line', async () => {
  const again = startWebShell({} as Host, {
    port: Number(address.port),
    folder: path.join(folder, 'window'),
    log: () => {},
    checkOutputs: false,
  });
  await expect(again).rejects.toThrow(`Port ${address.port} cannot be used (EADDRINUSE).`);
});

test('closing ends open connections, busy or idle', async () => {
  const socket = await open(rpc());
  const idle = connect(Number(address.port), '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await shell.close();
  expect(await closed).toBe(1001);
  expect(subscribed).toBe(0);
  idle.destroy();
});

const token = () => address.searchParams.get('token') ?? '';
const rpc = () => `ws://${address.host}/rpc?token=${token()}`;

async function fetchPass(): Promise<string> {
  const { headers } = await get(address.href);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

function get(place: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const url = place.startsWith(address.origin) ? place.slice(address.origin.length) : place;
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: address.port,
      path: url,
      method,
      headers,
      agent: false as const,
    };
    const sent = request(options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(address.port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { origin: address.origin });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The status that a connection is refused with. */
function refusal(place: string, headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(`ws://${address.host}${place}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.once('open', () => reject(new Error('the connection was accepted')));
    socket.on('error', () => {});
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
