import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { test as base, expect } from '../workbench';

type Bridge = { post: (message: unknown) => void; listen: (listener: (message: unknown) => void) => void };
declare global {
  var hostBridge: Bridge;
}

const test = base.extend<{ electron: ElectronApplication }>({
  electron: async ({ app }, use) => {
    if (app === null) throw new Error('this is not Electron');
    await use(app);
  },
});

const INFO_CALL = { kind: 'call', id: 1, name: 'app.info', input: {} };

test('the window is sandboxed, isolated and without Node', async ({ electron, page }) => {
  const preferences = await electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return (
      contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(preferences.nodeIntegrationInWorker ?? false).toBe(false);
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

test('the page gets one pair of functions and cannot change them', async ({ page }) => {
  expect(await page.evaluate(() => Object.keys(globalThis.hostBridge).sort())).toEqual(['listen', 'post']);
  const replaced = await page.evaluate(() => {
    const before = globalThis.hostBridge;
    try {
      globalThis.hostBridge = { post: () => {}, listen: () => {} };
    } catch {
      // it is not writable
    }
    return globalThis.hostBridge !== before;
  });
  expect(replaced).toBe(false);
});

test('the page comes over its own scheme, with its policy in the headers', async ({ page }) => {
  expect(page.url()).toBe('app://workbench/');
  const headers = await page.evaluate(async () => Object.fromEntries((await fetch('/')).headers));
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toMatch(/style-src 'self' 'nonce-[\w-]{24}';/);
  expect(policy).toContain("connect-src 'self';");
  expect(policy).not.toContain('unsafe-inline');
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the policy is in force: no inline script, no eval, no inline style, WebAssembly yes', async ({
  page,
}) => {
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'html { --inline: 1 }';
    document.head.append(style);
    // Not at once: what a test has evaluated may itself evaluate.
    const evaluated = await new Promise<boolean>((resolve) =>
      setTimeout(() => {
        try {
          resolve(new Function('return true')());
        } catch {
          resolve(false);
        }
      }),
    );
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    return {
      inlineRan: 'inlineRan' in globalThis,
      styled: getComputedStyle(document.documentElement).getPropertyValue('--inline') !== '',
      evaluated,
      compiled: (await WebAssembly.compile(empty)) instanceof WebAssembly.Module,
    };
  });
  expect(outcome).toEqual({ inlineRan: false, styled: false, evaluated: false, compiled: true });
});

test('no file outside the built window is served', async ({ page }) => {
  const statuses = await page.evaluate(async () => {
    const paths = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/..%5c..%5cpackage.json',
      '//etc/passwd',
      '/index.html%00.js',
      '/missing.js',
      '/%',
    ];
    return Promise.all(paths.map(async (name) => (await fetch(`app://workbench${name}`)).status));
  });
  expect(new Set(statuses)).toEqual(new Set([404]));
  const elsewhere = await page.evaluate(() =>
    fetch('app://elsewhere/').then(
      ({ status }) => status,
      () => 'blocked',
    ),
  );
  expect(elsewhere).toBe('blocked');
});

test('the window cannot reach any network, nor files', async ({ electron, page }) => {
  const outcomes = await page.evaluate(() =>
    Promise.all(
      ['http://127.0.0.1:9/', 'https://example.com/', 'file:///etc/passwd'].map((address) =>
        fetch(address, { mode: 'no-cors' }).then(
          () => 'reached',
          () => 'blocked',
        ),
      ),
    ),
  );
  expect(outcomes).toEqual(['blocked', 'blocked', 'blocked']);
  // Also without the page's policy.
  const fromSession = await electron.evaluate(({ session }) =>
    session.defaultSession.fetch('http://127.0.0.1:9/').then(
      () => 'reached',
      (error: Error) => error.message,
    ),
  );
  expect(fromSession).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('navigation and further windows are denied; reloading works', async ({ electron, page }) => {
  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'app://elsewhere/',
    'data:text/html,x',
  ]) {
    await page.evaluate((to) => {
      window.location.href = to;
    }, address);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(page.url()).toBe('app://workbench/');
  }
  const opened = await page.evaluate(() =>
    ['https://example.com/', 'app://workbench/', 'about:blank'].map((to) => window.open(to) === null),
  );
  expect(opened).toEqual([true, true, true]);
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
  });
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  await page.evaluate(() => Object.assign(globalThis, { marked: true }));
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.location.reload())]);
  expect(await page.evaluate(() => 'marked' in globalThis)).toBe(false);
  expect(page.url()).toBe('app://workbench/');
});

test('permissions are denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const query = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return Promise.all(names.map(query));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
  const outcomes = await page.evaluate(() =>
    Promise.all([
      Notification.requestPermission(),
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        ({ name }: Error) => name,
      ),
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code),
        ),
      ),
    ]),
  );
  expect(outcomes).toEqual(['denied', 'NotAllowedError', 1]);
});

test('calls are answered to the page in the window, and to no other sender', async ({
  electron,
  page,
  home,
}) => {
  const ask = (call: typeof INFO_CALL) =>
    new Promise<unknown>((resolve) => {
      globalThis.hostBridge.listen(resolve);
      globalThis.hostBridge.post(call);
      setTimeout(() => resolve('no answer'), 1000);
    });
  const source = `(${ask.toString()})(${JSON.stringify(INFO_CALL)})`;
  const preload = path.resolve(import.meta.dirname, '../../../out/electron/preload.cjs');

  const fromOtherWindow = await electron.evaluate(
    async ({ BrowserWindow }, given) => {
      const { preload, source } = given;
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await stranger.loadURL('app://workbench/missing');
      const answer: unknown = await stranger.webContents.executeJavaScript(source);
      stranger.destroy();
      return answer;
    },
    { preload, source },
  );
  expect(fromOtherWindow).toBe('no answer');

  const fromOtherPage = await electron.evaluate(async ({ BrowserWindow }, ask) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    await contents?.loadURL('app://elsewhere/');
    return contents?.executeJavaScript(ask) as unknown;
  }, source);
  expect(fromOtherPage).toBe('no answer');

  const log = await readFile(path.join(home, 'host.log'), 'utf8');
  expect(log.match(/a message from a frame that is not ours/g)).toHaveLength(2);

  await page.goto('app://workbench/missing');
  expect(await page.evaluate(source)).toMatchObject({ kind: 'result', output: { shell: 'electron' } });
});

test("the system's file dialog opens by a call of the host only, and answers the choice", async ({
  electron,
  page,
}) => {
  await electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async (...asked: unknown[]) => {
      const options = asked.at(-1) as Electron.OpenDialogOptions;
      const chosen = `/chosen/${options.defaultPath}.${options.filters?.[0]?.extensions[0]}`;
      return { canceled: false, filePaths: [chosen] };
    };
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
  });
  await page.goto('app://workbench/missing');
  const choose = (id: number, kind: string, saving: boolean) =>
    page.evaluate(
      (call) =>
        new Promise((resolve) => {
          globalThis.hostBridge.listen(resolve);
          globalThis.hostBridge.post(call);
        }),
      { kind: 'call', id, name: 'app.choosePath', input: { kind, saving, suggested: 'customers' } },
    );
  for (const [id, kind, ending] of [
    [1, 'data', 'csv'],
    [2, 'project', 'dhz'],
    [3, 'rules', 'json'],
  ] as const) {
    const output = { path: `/chosen/customers.${ending}`, unavailable: false };
    expect(await choose(id, kind, false)).toEqual({ kind: 'result', id, output });
  }
  const none = { path: null, unavailable: false };
  expect(await choose(4, 'project', true)).toEqual({ kind: 'result', id: 4, output: none });
});
