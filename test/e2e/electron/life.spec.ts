import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { emptyProject } from '../../../shared/document/project';
import { launch } from '../programs';
import { expect, test } from '../workbench';

const root = path.resolve(import.meta.dirname, '../../..');
const electron = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron');

test('the window comes back where it was', async ({ home }) => {
  const first = await launch(home);
  await first.firstWindow();
  await first.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 700 }),
  );
  const placed = await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await first.close();
  const second = await launch(home);
  await second.firstWindow();
  expect(await second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(
    placed,
  );
  await second.close();
});

test('a place that is on no screen, or nonsense, is not taken', async ({ home }) => {
  const state = { bounds: { x: -5000, y: -5000, width: 1000, height: 700 }, maximized: false };
  await writeFile(path.join(home, 'window.json'), JSON.stringify(state));
  const away = await launch(home);
  await away.firstWindow();
  const bounds = await away.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds?.x).toBeGreaterThanOrEqual(0);
  expect(bounds?.width).toBe(1000);
  await away.close();

  await writeFile(path.join(home, 'window.json'), '{"bounds": 7');
  const damaged = await launch(home);
  await damaged.firstWindow();
  await damaged.close();
});

test('a second start brings the first window to the front, hands its project over, and ends', async ({
  home,
}) => {
  const first = await launch(home);
  const window = await first.firstWindow();
  await expect(window.getByRole('button', { name: 'New project…' })).toBeVisible();
  const asked = first.evaluate(
    ({ app }) => new Promise((resolve) => app.once('second-instance', () => resolve(true))),
  );
  const project = path.join(home, 'spring.dhz');
  await writeFile(project, JSON.stringify(emptyProject('Spring campaign')));
  const second = start(home, '--project', project);
  expect(await exitOf(second.child)).toBe(0);
  expect(second.errors()).toContain(`The workbench is already open; it opens ${project} now`);
  expect(await asked).toBe(true);
  await expect(window.getByRole('heading', { level: 1 })).toContainText('Spring campaign');
  const missing = start(home, '--project', path.join(home, 'missing.dhz'));
  expect(await exitOf(missing.child)).toBe(0);
  await expect(window.getByRole('region', { name: 'Notices' })).toContainText('missing.dhz');
  await expect(window.getByRole('heading', { level: 1 })).toContainText('Spring campaign');
  expect(await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await first.close();
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`it ends on ${signal} with 0`, async ({ home }) => {
    const app = await launch(home);
    await app.firstWindow();
    const child = app.process();
    child.kill(signal);
    expect(await exitOf(child)).toBe(0);
  });
}

test('a window that crashes comes back', async ({ home }) => {
  const app = await launch(home);
  await (await app.firstWindow()).waitForLoadState();
  // What is asked of a page while it crashes is never answered.
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => resolve());
        setTimeout(() => contents?.forcefullyCrashRenderer(), 100);
      }),
  );
  const heading = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'document.querySelector("h1")?.textContent ?? ""',
      ),
    );
  await expect.poll(heading, { timeout: 60_000 }).toContain('Clean customer data');
  await app.close();
});

test('it ends when whoever started it has gone', async ({ home }) => {
  const { child } = start(home);
  // Chromium makes it with the first page.
  await expect.poll(() => existsSync(path.join(home, 'window', 'Local Storage'))).toBe(true);
  child.disconnect();
  expect(await exitOf(child)).toBe(0);
});

test('a project that cannot be opened is named, and the exit code is 2', async ({ home }) => {
  const file = path.join(home, 'broken.json');
  await writeFile(file, '{');
  const { child, errors } = start(home, '--project', file);
  expect(await exitOf(child)).toBe(2);
  expect(errors()).toContain('broken.json');
});

type Started = { child: ChildProcess; errors: () => string };

/** Starts Electron as `npm start` does. */
function start(home: string, ...args: string[]): Started {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electron, [...sandbox, root, ...args], {
    env: { ...process.env, DATAHARMONIZE_HOME: home },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  return { child, errors: () => text };
}

const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));
