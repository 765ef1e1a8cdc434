import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, openSample, test } from '../steward';

test('a steward chooses how the sample is drawn, resamples in one click, and finds the one odd row by its shape', async ({
  window,
  home,
}) => {
  await openSample(window);
  const rows = Array.from({ length: 30_000 }, (_, i) => `${i + 1},555-${1000 + (i % 9000)}`);
  rows[25_000] = '25001,555-1O00';
  await writeFile(path.join(home, 'sample', 'phones.csv'), `id,phone\n${rows.join('\n')}\n`);
  await window.getByRole('button', { name: 'This computer' }).click();
  await window.getByRole('combobox', { name: 'Filter by name' }).fill('phones.csv');
  await window.getByRole('option', { name: 'phones.csv' }).click();
  await window.getByRole('button', { name: 'Add to project' }).click();
  const line = window.getByRole('banner');
  await expect(line).toContainText('Sample 20,000 of about');
  await expect(line).toContainText('first rows');

  await window.getByRole('button', { name: 'choose…' }).click();
  await window.getByRole('radio', { name: /^Random rows/ }).check();
  await window.getByLabel('Rows', { exact: true }).selectOption('1000');
  await window.getByLabel('Seed').fill('7');
  await window.getByRole('button', { name: 'Draw the sample' }).click();
  await expect(line).toContainText('Sample 1,000 of 30,000random rows · seed 7 · 3.3 %');
  const first = window.getByRole('gridcell').nth(1);
  const before = await first.textContent();
  await window.getByRole('button', { name: 'resample' }).click();
  await expect(line).toContainText('random rows · seed');
  await expect(line).not.toContainText('seed 7 ·');
  await expect(first).not.toHaveText(before ?? '');

  await window
    .getByRole('columnheader', { name: /phone/ })
    .getByRole('button', { name: 'phone', exact: true })
    .click();
  await window.getByRole('button', { name: 'Scan all rows for shapes' }).click();
  const shapes = window.getByRole('region', { name: 'Shapes of all rows' });
  await expect(shapes.getByRole('listitem')).toHaveCount(2, { timeout: 30_000 });
  await expect(shapes.getByRole('listitem').first()).toContainText('9-9A9');
  await expect(line).toContainText('+ 1 for their shape');
  await shapes.getByRole('button', { name: '9-9A9' }).click();
  await expect(window.getByRole('gridcell', { name: '555-1O00' })).toBeVisible();
  await expect(window.getByText('matching 1 of 1,001')).toBeVisible();
  await expect(window.getByRole('gridcell', { name: /25,001/ })).toBeVisible();
});
