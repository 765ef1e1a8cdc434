import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type HdfsFolders, startHdfsFolders } from '../hdfs-folders';
import { type Keyring, startKeyring } from '../keyring';
import { launch } from '../programs';
import { act, expect, openSample, test } from '../steward';

let hdfs: HdfsFolders;
let keyring: Keyring;
test.beforeAll(async () => {
  [hdfs, keyring] = await Promise.all([startHdfsFolders(), startKeyring()]);
});
test.afterAll(async () => {
  await Promise.all([hdfs?.stop(), keyring?.stop()]);
});

async function withWorkbench(home: string, work: (window: Page) => Promise<void>): Promise<void> {
  const app = await launch(home, { keyring });
  const window = await app.firstWindow();
  await openSample(window);
  await act(window, 'manage connections');
  await work(window);
  await app.close();
}

test('a password is kept in the system’s keyring, and asked for anew where the keyring is another', async ({
  home,
}) => {
  const listed = (window: Page) => window.getByRole('option', { name: 'towns.csv' });
  await withWorkbench(home, async (window) => {
    await act(window, 'connect to hdfs');
    await window.getByLabel('Name', { exact: true }).fill('Knox');
    await window.getByLabel('WebHDFS addresses').fill(hdfs.url);
    await window.getByLabel('User', { exact: true }).fill('ann');
    await window.getByLabel('Sign in').selectOption({ value: 'password' });
    await window.getByLabel('Password').fill('geheim');
    await expect(window.getByLabel('Keep in the system’s keyring')).toBeChecked();
    await window.getByRole('button', { name: 'Save and browse' }).click();
    await expect(listed(window)).toBeVisible();
  });
  const kept = await readFile(path.join(home, 'keys.json'), 'utf8');
  expect(kept).toMatch(/"connection\/[^"]+\/password"/);
  for (const encoding of ['utf8', 'base64'] as const)
    expect(kept).not.toContain(Buffer.from('geheim').toString(encoding));

  const open = (window: Page) =>
    window
      .getByRole('region', { name: 'Manage connections' })
      .getByRole('button', { name: 'Knox', exact: true })
      .click();
  await withWorkbench(home, async (window) => {
    await open(window);
    await expect(listed(window)).toBeVisible();
  });
  await keyring.replace();
  await withWorkbench(home, async (window) => {
    await open(window);
    await expect(window.getByRole('alert')).toContainText('needs its password');
  });
});
