import { copyFile, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { generateSample } from '../../main/sample/generate';
import { test as base } from './workbench';

type Fixtures = {
  /** Whether the program makes the sample itself when it is opened. */
  makesSample: boolean;
  window: Page;
};
type WorkerFixtures = { sampleFolder: string };

/** Tests of what a steward does; `window` is the workbench on its welcome screen. No error may reach its console. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  makesSample: [false, { option: true }],
  // Made once: the program takes a sample that is there already.
  sampleFolder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'sample-'));
      await generateSample({ folder, cells: false });
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  home: async ({ home, makesSample, sampleFolder }, use) => {
    if (!makesSample) {
      const folder = path.join(home, 'sample');
      await mkdir(folder);
      for (const name of await readdir(sampleFolder)) {
        const put = name.endsWith('.dhz') ? copyFile : link;
        await put(path.join(sampleFolder, name), path.join(folder, name));
      }
    }
    await use(home);
  },
  window: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error.stack)));
    page.on('console', (message) => {
      // Chromium's own editing puts a style on what is typed over a selection; the policy strips it.
      if (message.type() === 'error' && !message.text().includes('Applying inline style')) {
        errors.push(message.text());
      }
    });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await use(page);
    expect(errors).toEqual([]);
  },
});

export { expect };

/** Finds an action in the palette and runs it. */
export async function act(window: Page, words: string): Promise<void> {
  await window.keyboard.press('Control+k');
  const box = window.getByPlaceholder('What would you like to do?');
  await expect(box).toBeFocused();
  await window.keyboard.type(words);
  await expect(box).toHaveValue(words);
  await window.keyboard.press('Enter');
  await expect(box).toBeHidden();
}

/** Opens the sample project from the welcome screen and waits for its rows and counts. */
export async function openSample(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  await expect(window.getByRole('gridcell', { name: 'C0000002' })).toBeVisible({ timeout: 60_000 });
  await expect(step(window, 'Trim white space')).toContainText(/[\d,]+ cells changed/);
}

/** A step of the list, by a part of its sentence. */
export const step = (window: Page, sentence: string) =>
  window.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: sentence });

/** The sentences of the steps, in their order. */
export const stepOrder = (window: Page) =>
  window.getByRole('region', { name: 'Steps' }).locator('.step-sentence').allTextContents();

/** What the line under the grid says of the rows it shows. */
export const matchLine = (window: Page) => window.locator('.match-words');
