import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ensureBuilt } from '../../build/bundle.mjs';

const program = path.resolve(import.meta.dirname, '../../out/web/main.js');
const ADDRESS = /^Workbench: (http:\/\/127\.0\.0\.1:(\d+)\/\S+)\n/;

type Running = {
  child: ChildProcessByStdio<null, Readable, Readable>;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<number | null>;
};

let home: string;
let running: Running | undefined;

beforeEach(async () => {
  await ensureBuilt({ log: () => {}, only: ['host'] });
  home = await mkdtemp(path.join(tmpdir(), 'workbench-'));
});

afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = undefined;
  await rm(home, { recursive: true, force: true });
});

test('says its address in the one line it prints, and answers there', async () => {
  const [address] = await start('--port', '0');
  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<div id="root">');
  expect(running?.stdout()).toBe(`Workbench: ${address}\n`);
  expect(running?.stderr()).toBe('');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'stops on %s with 0, connections or not',
  async (signal) => {
    const [address, port] = await start();
    const { origin, search } = new URL(address);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc${search}`, { origin });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    running?.child.kill(signal);
    expect(await running?.ended).toBe(0);
    expect(await closed).toBe(1001);
    await expect(fetch(address)).rejects.toThrow();
  },
);

test('stops when whoever started it has gone', async () => {
  await start();
  running?.child.disconnect();
  expect(await running?.ended).toBe(0);
});

test('takes the port it is given', async () => {
  const port = await freePort();
  expect((await start('--port', `${port}`))[1]).toBe(`${port}`);
});

test.each(['--port 70000', '--port x', '--wrong', 'stray'])('refuses %s in one line', async (words) => {
  const { ended, stdout, stderr } = run(words.split(' '));
  expect(await ended).toBe(2);
  expect(stdout()).toBe('');
  expect(stderr()).toMatch(/^[^\n]*usage: [^\n]*\n$/);
});

test('says when a port is in use', async () => {
  const [, port] = await start();
  const second = run(['--port', port]);
  expect(await second.ended).toBe(2);
  expect(second.stderr()).toContain(`Port ${port} cannot be used`);
  expect(second.stdout()).toBe('');
});

test('says when the project cannot be opened', async () => {
  const file = path.join(home, 'broken.json');
  await writeFile(file, '{');
  const { ended, stdout, stderr } = run(['--project', file]);
  expect(await ended).toBe(2);
  expect(stdout()).toBe('');
  expect(stderr()).toContain('broken.json');
});

async function start(...args: string[]): Promise<[address: string, port: string]> {
  const started = run(args);
  running = started;
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    started.child.stdout.on('data', () => {
      const match = ADDRESS.exec(started.stdout());
      if (match !== null) resolve(match);
    });
    started.ended.then(() => reject(new Error(`the shell ended: ${started.stderr()}`)));
  });
  return [found[1] ?? '', found[2] ?? ''];
}

function run(args: readonly string[]): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DATAHARMONIZE_HOME: home, DATAHARMONIZE_DEV: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }) as Running['child'];
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  // Not `close`: that event does not come after `disconnect`.
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = Promise.all([exited, finished(child.stdout), finished(child.stderr)]).then(([code]) => code);
  return { child, stdout, stderr, ended };
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
