import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { act, expect, openSample, test } from '../steward';

/** Writes a file beside the sample project, where browsing begins. */
const put = (home: string, name: string, content: string | Buffer) =>
  writeFile(path.join(home, 'sample', name), content);

async function choose(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'This computer' }).click();
  await window.getByRole('combobox', { name: 'Filter by name' }).fill(name);
  await window.getByRole('option', { name }).click();
}

test('a file is looked into, its dialect changed, and added to the project', async ({ window, home }) => {
  await openSample(window);
  await put(home, 'clients.csv', 'name;town\n Ann ;"Lake, Amber"\nBo;Steinmünde\n');
  await choose(window, 'clients.csv');
  const rows = window.getByRole('region', { name: 'First rows' });
  await expect(rows).toContainText('Lake, Amber');
  await expect(window.getByLabel('Between values')).toHaveValue(';');
  await window.getByRole('checkbox', { name: 'First line names the columns' }).uncheck();
  await expect(rows.getByRole('cell', { name: 'town' })).toBeVisible();
  await window.getByRole('checkbox', { name: 'First line names the columns' }).check();
  await expect(rows.getByRole('columnheader', { name: 'town' })).toBeVisible();
  await expect(window.getByLabel('It holds')).toHaveValue('customers');
  await window.getByRole('button', { name: 'Add to project' }).click();
  await expect(window.getByRole('gridcell', { name: 'Lake, Amber' })).toBeVisible();
  await expect(window.getByRole('button', { name: /^clients.csv/ })).toHaveAttribute('aria-current', 'true');
});

test('rows that cannot be read are listed with place and reason', async ({ window, home }) => {
  await openSample(window);
  await put(home, 'broken.csv', 'name,town\nAnn,Amber\nBo,Stein,too many\nCy,"stray"quote\nDi,Lake\n');
  await choose(window, 'broken.csv');
  const list = window.getByRole('region', { name: 'Rows that cannot be read' });
  await expect(list).toContainText('2 rows cannot be read');
  await expect(list.getByRole('row')).toHaveCount(3);
  await expect(window.getByRole('region', { name: 'First rows' })).toContainText('Lake');
});

test('a file that is no data, and a path that is not there, say so; the session goes on', async ({
  window,
  home,
}) => {
  await openSample(window);
  await put(home, 'noise.parquet', Buffer.from('not parquet at all'));
  await choose(window, 'noise.parquet');
  await window.getByLabel('Format').selectOption('parquet');
  const fault = window.getByRole('alert');
  await expect(fault).toContainText('noise.parquet');
  await window.getByRole('textbox', { name: 'Folder or file path' }).fill('/nowhere/at/all');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('alert').filter({ hasText: '/nowhere/at/all' })).toBeVisible();
  await window.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(window.getByRole('gridcell', { name: 'C0000002' })).toBeVisible();
});

test('the path of a file is enough to look into it; the program’s own files are not offered', async ({
  window,
  home,
}) => {
  await openSample(window);
  await put(home, 'lakes.csv', 'lake,depth\nVättern,128\n');
  await window.getByRole('button', { name: 'This computer' }).click();
  await expect(window.getByRole('option', { name: 'customers.csv' })).toBeVisible();
  await expect(window.getByRole('option', { name: /\.dhz/ })).toHaveCount(0);
  await window
    .getByRole('textbox', { name: 'Folder or file path' })
    .fill(path.join(home, 'sample', 'lakes.csv'));
  await window.keyboard.press('Enter');
  await expect(window.getByRole('region', { name: 'First rows' })).toContainText('Vättern');
  await expect(window.getByRole('option', { name: 'lakes.csv' })).toBeVisible();
});

test('a damaged, a foreign and a newer project are refused with file and place', async ({ window, home }) => {
  const file = (name: string) => path.join(home, name);
  const open = async (name: string) => {
    await window.getByLabel('Project file').fill(file(name));
    await window.getByRole('button', { name: 'Open', exact: true }).click();
  };
  await writeFile(file('damaged.dhz'), '{"format": "dataharmonize/project",\n "version": }');
  await writeFile(file('foreign.dhz'), '{"some": "thing"}');
  await writeFile(file('newer.dhz'), '{"format": "dataharmonize/project", "version": 99}');
  await window.getByRole('button', { name: 'Open a project…' }).click();
  const fault = window.getByRole('alert');
  await open('damaged.dhz');
  await expect(fault).toContainText(`${file('damaged.dhz')}:2`);
  await open('foreign.dhz');
  await expect(fault).toContainText('not a project');
  await open('newer.dhz');
  await expect(fault).toContainText('version 99');
  await open('missing.dhz');
  await expect(fault).toContainText('missing.dhz');
  await window.getByRole('button', { name: 'Cancel' }).click();
  await openSample(window);
});

test('a new project is made, closed and found again among the recent ones', async ({ window, home }) => {
  await window.getByRole('button', { name: 'New project…' }).click();
  await window.getByLabel('Name').fill('Spring campaign');
  const file = window.getByLabel('File', { exact: true });
  await expect(file).toHaveValue(/spring-campaign\.dhz$/);
  await file.fill(path.join(home, 'spring.dhz'));
  await window.getByRole('button', { name: 'Create the project' }).click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText('Spring campaign');
  await expect(window.getByText('No source yet.')).toBeVisible();
  expect(await readFile(path.join(home, 'spring.dhz'), 'utf8')).toContain('Spring campaign');
  await act(window, 'close the project');
  await window.getByRole('button', { name: /Spring campaign/ }).click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText('Spring campaign');
});

test('an HDFS connection is tested step by step; a failure says what to do', async ({ window }) => {
  await openSample(window);
  await window.getByRole('button', { name: 'Connect to HDFS…' }).click();
  await window.getByRole('button', { name: 'Save and browse' }).click();
  await expect(window.getByText('Fill this in.')).toHaveCount(3);
  await window.getByLabel('Name', { exact: true }).fill('Shop cluster');
  await window.getByLabel('WebHDFS addresses').fill('namenode');
  await expect(window.getByText('This is no address')).toBeVisible();
  // Nothing listens on the discard port.
  await window.getByLabel('WebHDFS addresses').fill('http://127.0.0.1:9');
  await window.getByLabel('User', { exact: true }).fill('steward');
  await window.getByRole('button', { name: 'Test the connection' }).click();
  const test = window.getByRole('region', { name: 'Test of the connection' });
  await expect(test.getByRole('listitem')).toHaveCount(2);
  await expect(test).toContainText('Name found: works');
  await expect(test).toContainText('Port open: failed');
  await window.getByRole('button', { name: 'Save and browse' }).click();
  await expect(window.getByRole('alert')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Shop cluster', exact: true })).toBeVisible();
});

test('a file that is dropped on the window does not lead away from it', async ({ window }) => {
  await openSample(window);
  const drop = (type: string) =>
    window.evaluate((name) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['a,b'], 'dropped.csv'));
      const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(event);
    }, type);
  expect([await drop('dragover'), await drop('drop')]).toEqual([true, true]);
  await expect(window.getByRole('region', { name: 'Notices' })).toContainText('“dropped.csv”');
  await window.getByRole('button', { name: 'Add a source…' }).locator('visible=true').click();
  await expect(window.getByRole('heading', { name: /Add a source/ })).toBeVisible();
});
