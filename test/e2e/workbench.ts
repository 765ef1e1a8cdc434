import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, test as base, type ElectronApplication } from '@playwright/test';
import { launch, serve } from './programs';

type Fixtures = {
  /** The program's data folder, of this test alone. */
  home: string;
  /** Further arguments of the program, such as a project to open. */
  programArguments: string[];
  /** Where the web shell is; empty in Electron. */
  address: string;
  /** The program in Electron; null in the web shell. */
  app: ElectronApplication | null;
};

/**
 * Tests of the workbench. `page` is its window: in Electron, or served by the web shell to Chromium, by the
 * project that runs the test. Each test starts the program anew.
 */
export const test = base.extend<Fixtures, { openBrowser: () => Promise<Browser> }>({
  // Playwright's own `context` would start a browser for Electron as well.
  openBrowser: [
    async ({ playwright }, use) => {
      const opened: Promise<Browser>[] = [];
      await use(() => {
        if (opened[0] === undefined) opened[0] = playwright.chromium.launch();
        return opened[0];
      });
      for (const browser of opened) await (await browser).close();
    },
    { scope: 'worker' },
  ],
  programArguments: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  home: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'workbench-'));
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  app: async ({ home, programArguments }, use, { project }) => {
    if (project.name !== 'electron') return use(null);
    const app = await launch(home, {
      arguments: ['--use-fake-device-for-media-stream', ...programArguments],
    });
    await use(app);
    await app.close();
  },
  address: async ({ home, programArguments }, use, { project }) => {
    if (project.name === 'electron') return use('');
    const { address, stop } = await serve(home, ...programArguments);
    await use(address);
    await stop();
  },
  context: async ({ app, openBrowser }, use) => {
    const context: BrowserContext = app?.context() ?? (await (await openBrowser()).newContext());
    await use(context);
    if (app === null) await context.close();
  },
  page: async ({ app, address, context }, use) => {
    const page = (await app?.firstWindow()) ?? (await context.newPage());
    if (app === null) await page.goto(address);
    await page.waitForLoadState();
    await use(page);
  },
});

export { expect } from '@playwright/test';
