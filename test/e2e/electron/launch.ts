import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../../..');

type Fixtures = { home: string; app: ElectronApplication; page: Page };

/** Starts the program in Electron, with a data folder of its own. */
export async function launch(home: string, ...args: string[]): Promise<ElectronApplication> {
  // Chromium refuses to run its sandbox for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return electron.launch({
    args: [...sandbox, root, ...args],
    env: { ...(process.env as Record<string, string>), DATAHARMONIZE_HOME: home, DATAHARMONIZE_DEV: '1' },
    timeout: 60_000,
  });
}

/** Tests of the program in Electron; each starts it anew. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  home: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'workbench-'));
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  app: async ({ home }, use) => {
    const app = await launch(home, '--use-fake-device-for-media-stream');
    await use(app);
    await app.close();
  },
  page: async ({ app }, use) => {
    const page = await app.firstWindow();
    await page.waitForLoadState();
    await use(page);
  },
});
