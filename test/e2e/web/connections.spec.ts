import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../accessibility';
import { type HdfsFolders, startHdfsFolders } from '../hdfs-folders';
import { act, expect, openSample, step, test } from '../steward';

let hdfs: HdfsFolders;
test.beforeAll(async () => {
  hdfs = await startHdfsFolders();
});
test.afterAll(() => hdfs.stop());

const option = (window: Page, name: string | RegExp) => window.getByRole('option', { name });

test('connections are made, tested, copied, exported, removed and imported, all with the keyboard', async ({
  window,
  home,
}) => {
  await openSample(window);
  const file = path.join(home, 'shared.json');
  const manager = window.getByRole('region', { name: 'Manage connections' });
  await act(window, 'manage connections');
  await expect(manager).toContainText('No connection yet');
  await expect(manager.getByRole('button', { name: 'Export…' })).toBeDisabled();
  await expectAccessible(window, 'no connection yet');

  await act(window, 'connect to hdfs');
  await window.keyboard.type('Knox');
  await window.keyboard.press('Tab');
  await window.keyboard.type(hdfs.url);
  await window.keyboard.press('Tab');
  await window.keyboard.type('ann');
  await window.keyboard.press('Tab');
  await window.keyboard.type('User and');
  await window.keyboard.press('Tab');
  await expect(window.getByLabel('Password')).toBeFocused();
  await expect(window.getByText('There is no keyring here')).toBeVisible();
  await window.getByRole('button', { name: 'Save and browse' }).press('Enter');
  await expect(window.getByText('Fill this in.')).toBeVisible();
  await expect(window.getByLabel('Password')).toBeFocused();
  await window.keyboard.type('geheim');
  await window.getByRole('button', { name: 'Test the connection' }).press('Enter');
  const steps = window.getByRole('region', { name: 'Test of the connection' });
  await expect(steps).toContainText('Every step works.');
  await expect(steps.getByRole('listitem')).toHaveText([
    ...[/^Name found/, /^Port open/, /^Signed in/, /^Permission/, /^First read.*towns\.csv/],
  ]);
  await expectAccessible(window, 'a connection that works');
  await window.getByLabel('Name', { exact: true }).press('Enter');
  await expect(option(window, 'towns.csv')).toBeVisible();
  const kept = await readFile(path.join(home, 'connections.json'), 'utf8');
  expect(kept).toContain('"signIn": "password"');
  expect(kept).not.toContain('geheim');

  await act(window, 'manage connections');
  await manager.getByRole('button', { name: 'Duplicate the connection Knox' }).press('Enter');
  await expect(window.getByLabel('Name', { exact: true })).toHaveValue('Copy of Knox');
  await expect(window.getByLabel('Password')).toHaveValue('');
  await window.getByLabel('Password').fill('another');
  await window.keyboard.press('Enter');
  await expect(option(window, 'towns.csv')).toBeVisible();

  await act(window, 'export connections');
  await window.getByLabel('Write connections to').fill(file);
  await window.keyboard.press('Enter');
  await expect(manager.getByRole('status')).toContainText('2 connections written');
  expect(await readFile(file, 'utf8')).not.toMatch(/geheim|another/);
  await expectAccessible(window, 'the manager');

  const names = ['Knox', 'Copy of Knox'];
  for (const name of names) {
    await manager.getByRole('button', { name: `Remove the connection ${name}`, exact: true }).press('Enter');
    const ask = window.getByRole('alertdialog');
    await expect(ask.getByRole('button', { name: 'Keep' })).toBeFocused();
    await ask.getByRole('button', { name: 'Remove' }).press('Enter');
    await expect(ask).toHaveCount(0);
  }
  await expect(manager).toContainText('No connection yet');
  await act(window, 'import connections');
  await window.getByLabel('File of connections').fill(file);
  await window.keyboard.press('Enter');
  await expect(manager.getByRole('status')).toContainText('2 connections added');
  await expect(manager.getByRole('status')).toContainText('Knox asks for: password');
  await manager.getByRole('button', { name: 'Knox', exact: true }).click();
  const fault = window.getByRole('alert');
  await expect(fault).toContainText('needs its password');
  await fault.getByRole('button', { name: 'Edit the connection' }).click();
  await window.getByLabel('Password').fill('geheim');
  await window.keyboard.press('Enter');
  await expect(option(window, 'towns.csv')).toBeVisible();
});

test('a folder of 100,000 files is listed, filtered and walked at once; partitions are one data set', async ({
  window,
  home,
}) => {
  const connection = { id: 'h', kind: 'hdfs', name: 'Shop', nameNodes: [hdfs.url], user: 'ann' };
  const document = { format: 'dataharmonize/connections', version: 2, connections: [connection] };
  await writeFile(path.join(home, 'connections.json'), JSON.stringify(document));
  await openSample(window);
  await window.getByRole('button', { name: 'Shop', exact: true }).click();
  const filter = window.getByRole('combobox', { name: 'Filter by name' });
  await expect(option(window, 'towns.csv')).toContainText('ann');
  await expectAccessible(window, 'files of HDFS');

  await option(window, 'many').click();
  await expect(window.getByText('100,000 entries')).toBeVisible();
  await expect(window.getByRole('note')).toContainText('100,000 files of one kind (.csv)');
  // What is not in view is not in the page.
  expect(await window.getByRole('option').count()).toBeLessThan(100);
  await filter.fill('99999');
  await expect(window.getByText('1 of 100,000 entries')).toBeVisible();
  await filter.fill('');
  for (let press = 0; press < 3; press++) await window.keyboard.press('PageDown');
  const active = window.locator('[data-active="true"]');
  await expect(active).toBeInViewport();
  await expect(active).not.toHaveAttribute('aria-posinset', '1');
  await window.getByRole('button', { name: 'Size' }).click();
  await window.getByRole('button', { name: 'Size, smallest first' }).click();
  await expect(option(window, 'batch-099999.csv')).toBeVisible();

  await filter.focus();
  await window.keyboard.press('Backspace');
  await option(window, 'orders').click();
  await expect(option(window, /year=2024/)).toContainText('partition');
  const note = window.getByRole('note');
  await expect(note).toContainText('One data set in 2 partitions by year, month');
  await expect(note.getByRole('button', { name: 'Take the whole folder' })).toBeVisible();

  await filter.focus();
  await window.keyboard.press('Backspace');
  await option(window, 'closed').click();
  await expect(window.getByRole('alert')).toContainText('does not allow this at /user/ann/closed');
  await window.getByRole('button', { name: 'Up one folder' }).click();
  await option(window, 'towns.csv').click();
  await expect(window.getByRole('region', { name: 'First rows' })).toContainText('Amber');
  // Its columns are known here; its rows are read there, once it is added.
  await option(window, 'zones.orc').click();
  await expect(window.getByRole('region', { name: 'Columns' })).toContainText('address.city');
  await expect(window.getByText('ORC is read on the cluster only')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Add to project' })).toBeEnabled();
  await window.getByRole('button', { name: 'This computer' }).click();
  await window.getByRole('button', { name: 'Shop', exact: true }).click();
  await window.getByRole('button', { name: 'Last places' }).click();
  await expect(window.getByRole('menuitem', { name: '/user/ann' })).toBeVisible();
});

test('a NameNode that dies while rows are drawn leaves the window usable, and no edit is lost', async ({
  window,
  home,
}) => {
  await openSample(window);
  await act(window, 'connect to hdfs');
  await window.getByLabel('Name', { exact: true }).fill('Shop cluster');
  await window.getByLabel('WebHDFS addresses').fill(hdfs.url);
  await window.getByLabel('User', { exact: true }).fill('ann');
  await window.getByRole('button', { name: 'Save and browse' }).click();
  await option(window, /^towns\.csv/).click();
  await window.getByRole('button', { name: 'Add to project' }).click();
  await expect(window.getByRole('gridcell', { name: 'Amber' })).toBeVisible();
  await window.keyboard.press('Control+Enter');
  await window.getByRole('textbox', { name: 'Search steps' }).fill('Trim white space');
  await window.keyboard.press('Enter');
  const trim = step(window, 'Trim white space');
  await window
    .getByRole('group', { name: 'In these columns' })
    .getByRole('checkbox', { name: 'town' })
    .check();
  await expect(trim).toContainText('town');

  hdfs.hang();
  await window.getByRole('button', { name: 'resample' }).click();
  await expect.poll(() => hdfs.waiting()).toBeGreaterThan(0);
  // What a steward does meanwhile: looks elsewhere, opens the palette, switches the step off.
  await window.keyboard.press('Control+2');
  await expect(window.getByRole('tablist', { name: 'Analyses' })).toBeVisible();
  await window.keyboard.press('Control+1');
  await window.keyboard.press('Control+k');
  await expect(window.getByPlaceholder('What would you like to do?')).toBeFocused();
  await window.keyboard.press('Escape');
  const on = trim.getByRole('checkbox', { name: 'Step 1 is on' });
  await on.uncheck();
  await expect(on).not.toBeChecked();

  const since = Date.now();
  await hdfs.die();
  const fault = window.getByRole('alert').filter({ hasText: 'Drawing the sample' });
  await expect(fault).toContainText(new URL(hdfs.url).host);
  expect(Date.now() - since).toBeLessThan(10_000);
  await expect(on).not.toBeChecked();
  await on.check();
  await expect(window.getByText('Saved', { exact: true })).toBeVisible();
  expect(await readFile(path.join(home, 'sample', 'shop.dhz'), 'utf8')).toContain('"trim"');

  await hdfs.revive();
  await fault.getByRole('button').first().click();
  await expect(window.getByRole('gridcell', { name: 'Amber' })).toBeVisible();
  await expect(on).toBeChecked();
});
