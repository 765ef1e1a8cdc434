import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import esbuild from 'esbuild';
import { hostSettings, preloadSettings } from '../../../build/bundle.mjs';
import { launchProgram } from '../programs';
import type {} from './echo/page';

const echo = path.join(import.meta.dirname, 'echo');

/** The page of the echo program, running in a real Electron. */
const test = base.extend<{ page: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  page: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'echo-'));
    await mkdir(path.join(folder, 'page'));
    await Promise.all([
      esbuild.build({
        ...hostSettings(),
        entryPoints: [path.join(echo, 'main.ts')],
        outbase: echo,
        outdir: folder,
        outExtension: { '.js': '.mjs' },
      }),
      esbuild.build({ ...preloadSettings(), outfile: path.join(folder, 'preload.cjs') }),
      esbuild.build({
        entryPoints: [path.join(echo, 'page.ts')],
        outfile: path.join(folder, 'page', 'page.js'),
        bundle: true,
        format: 'esm',
        logLevel: 'warning',
      }),
      writeFile(path.join(folder, 'page', 'index.html'), '<script type="module" src="/page.js"></script>'),
    ]);
    const app = await launchProgram(path.join(folder, 'main.mjs'), folder);
    const page = await app.firstWindow();
    await page.waitForFunction(() => 'client' in globalThis);
    await use(page);
    await app.close();
    await rm(folder, { recursive: true, force: true });
  },
});

test('values and faults cross unchanged', async ({ page }) => {
  const value = { text: 'Zoë \u{1f600} \ud800', list: [1.5, null, true, { '': {} }], 'a.b': [[]] };
  expect(
    await page.evaluate(async (given) => (await client.call('echo', { value: given })).value, value),
  ).toEqual(value);
  const fault = await page.evaluate(async () => {
    const wrong = { part: 'text' as never };
    return client.call('reverse', wrong).catch((error: { toJSON(): unknown }) => error.toJSON());
  });
  expect(fault).toMatchObject({ name: 'Fault', code: 'rpc.invalid-input', unaffected: 'Nothing was done.' });
});

test('megabytes of bytes cross as bytes, and a view brings nothing of its buffer', async ({ page }) => {
  const found = await page.evaluate(async () => {
    const large = new Uint8Array(20_000_000).map((_, index) => index % 251);
    const { part } = await client.call('reverse', { part: large });
    const view = new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3);
    const small = await client.call('reverse', { part: view });
    return {
      kind: part instanceof Uint8Array,
      length: part.byteLength,
      equal: part.every((byte, index) => byte === (part.length - 1 - index) % 251),
      small: [...small.part],
      buffer: small.part.buffer.byteLength,
    };
  });
  expect(found).toEqual({ kind: true, length: 20_000_000, equal: true, small: [3, 2], buffer: 2 });
});

test('progress and events come in order', async ({ page }) => {
  const [told, heard] = await page.evaluate(async () => {
    const told: number[] = [];
    const heard: number[] = [];
    client.on('tick', (at) => heard.push(at));
    await client.call('count', { to: 500 }, { onProgress: (at) => told.push(at) });
    await client.call('announce', { times: 500 });
    return [told, heard];
  });
  expect(told).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  expect(heard).toEqual(Array.from({ length: 500 }, (_, index) => index));
});

test('cancelling reaches the handler, and so does reloading the page', async ({ page }) => {
  const waiting = () => page.evaluate(() => client.call('waiting', {}));
  const code = await page.evaluate(async () => {
    const controller = new AbortController();
    const cancelled = client.call('wait', {}, { signal: controller.signal });
    client.call('wait', {}).catch(() => {});
    while ((await client.call('waiting', {})) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    return cancelled.catch((error: { code: string }) => error.code);
  });
  expect(code).toBe('cancelled');
  await expect.poll(waiting).toBe(1);
  await page.reload();
  await page.waitForFunction(() => 'client' in globalThis);
  await expect.poll(waiting).toBe(0);
});

test('a malformed message closes the connection, and reloading opens it again', async ({ page }) => {
  const code = await page.evaluate(async () => {
    const open = client.call('wait', {});
    hostBridge.post({ kind: 'reboot' });
    return open.catch((error: { code: string }) => error.code);
  });
  expect(code).toBe('rpc.closed');
  await page.reload();
  await page.waitForFunction(() => 'client' in globalThis);
  expect(await page.evaluate(() => client.call('waiting', {}))).toBe(0);
});
