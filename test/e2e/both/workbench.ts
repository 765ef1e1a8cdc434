import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { launch } from '../electron/launch';

const root = path.resolve(import.meta.dirname, '../../..');

type Fixtures = {
  /** The program's data folder, new for each test. */
  home: string;
  /** The window, on its welcome screen. */
  window: Page;
};

async function startWebShell(home: string): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [path.join(root, 'out/web/main.js'), '--port', '0'], {
    env: { ...process.env, DATAHARMONIZE_HOME: home, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let told = '';
    child.stdout?.on('data', (chunk) => {
      told += String(chunk);
      const found = /^Workbench: (\S+)$/m.exec(told)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`The web shell ended with ${code}.`)));
  });
  return { child, address };
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve();

/** Tests of the workbench in whichever shell the project names. No error may reach the console. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  home: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'workbench-'));
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  window: async ({ home, browser }, use, info) => {
    const errors: string[] = [];
    const watch = (page: Page) => {
      page.on('pageerror', (error) => errors.push(String(error.stack)));
      page.on('console', (message) => {
        // Chromium's own editing puts a style on what is typed over a selection; the policy strips it.
        if (message.type() === 'error' && !message.text().includes('Applying inline style')) {
          errors.push(message.text());
        }
      });
    };
    if (info.project.name === 'electron') {
      const app = await launch(home);
      const page = await app.firstWindow();
      watch(page);
      await use(page);
      await app.close();
    } else {
      const { child, address } = await startWebShell(home);
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      watch(page);
      await page.goto(address);
      await use(page);
      await context.close();
      child.kill('SIGTERM');
      await ended(child);
    }
    expect(errors).toEqual([]);
  },
});

export { expect };

/** Opens the sample project from the welcome screen and waits for its rows. */
export async function openSample(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  await expect(window.getByRole('gridcell', { name: 'C0000002' })).toBeVisible({ timeout: 60_000 });
  await expect(step(window, 'Trim white space')).toContainText(/[\d,]+ cells changed/);
}

/** A step of the list, by how its sentence begins. */
export const step = (window: Page, sentence: string) =>
  window.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: sentence });

/** The sentences of the steps, in their order. */
export const stepOrder = (window: Page) =>
  window.getByRole('region', { name: 'Steps' }).locator('.step-sentence').allInnerTexts();

/** How many rows the grid shows, as the line under it says. */
export const matchLine = (window: Page) => window.locator('.match-words');
