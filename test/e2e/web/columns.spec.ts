import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, step, test } from '../steward';

/** Columns of the sample under other names, in another file. */
const RENAMED: Readonly<Record<string, string>> = {
  phone: 'Phone number',
  'e-mail': 'contact',
  country: 'Land',
  segment: '',
};

test('rules on a file with other columns: mapped by name and content, or left out, as one change', async ({
  window,
  home,
}) => {
  const folder = path.join(home, 'sample');
  const lines = (await readFile(path.join(folder, 'customers.csv'), 'utf8')).split('\n').slice(0, 2001);
  const header = (lines[0] ?? '').split(',').map((name) => RENAMED[name] ?? name);
  const other = header.map((name, i) => (name === '' ? `column ${i}` : name));
  await writeFile(path.join(folder, 'others.csv'), [other.join(','), ...lines.slice(1)].join('\n'));
  const file = path.join(folder, 'shop.dhz');
  const project = JSON.parse(await readFile(file, 'utf8'));
  project.sources[0].path = 'others.csv';
  await writeFile(file, JSON.stringify(project));
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  const steps = window.getByRole('region', { name: 'Steps' });

  await test.step('steps that lack a column are marked', async () => {
    await expect(steps).toContainText('columns that steps need are not in the data', { timeout: 60_000 });
    await expect(step(window, 'Phone to E.164')).toContainText(
      'Needs “phone” and “country”, which are not in the data.',
    );
    await expect(step(window, 'Lower-case segment')).toContainText('Needs “segment”');
  });

  await test.step('what may be meant is proposed', async () => {
    await steps.getByRole('button', { name: 'Map or skip…' }).click();
    await expect(window.getByLabel(/^phone/)).toHaveValue('Phone number');
    await expect(window.getByLabel(/^e-mail/)).toHaveValue('contact', { timeout: 60_000 });
    await expect(window.getByLabel(/^country/)).toHaveValue('Land', { timeout: 60_000 });
    await expect(window.getByText('by what it holds', { exact: false }).first()).toBeVisible();
  });

  await test.step('what is not mapped is left out, and all of it is one change', async () => {
    await window.getByLabel(/^segment/).selectOption('');
    await expect(window.getByText('Steps 1, 3 go on without it; step 6 will be switched off.')).toBeVisible();
    await window.getByRole('button', { name: 'Apply' }).click();
    await expect(steps).not.toContainText('not in the data');
    await expect(step(window, 'Lower-case segment')).toContainText('Off');
    await expect(step(window, 'Phone to E.164 in Phone number')).toContainText(/[\d,]+ cells changed/, {
      timeout: 60_000,
    });
    await window.keyboard.press('Control+z');
    await expect(steps).toContainText('not in the data');
    await window.keyboard.press('Control+Shift+z');
    await expect(steps).not.toContainText('not in the data');
  });
});
