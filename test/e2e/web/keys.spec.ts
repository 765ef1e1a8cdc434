import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, step, test } from '../steward';

const SECRET = 'a secret key of the steward, 0123456789';

test('a step whose key is missing asks for it once; a zone is found by name', async ({ window, home }) => {
  const file = path.join(home, 'sample', 'shop.dhz');
  const project = JSON.parse(await readFile(file, 'utf8'));
  const added = [
    {
      ...{ id: 'z1', operation: 'convert-zone', columns: ['signup date'] },
      parameters: { from: 'Europe/Berlin', invalid: 'null' },
    },
    {
      ...{ id: 'k1', operation: 'hash', columns: ['e-mail'] },
      parameters: { algorithm: 'hmac-sha256', keyRef: 'shop-people' },
    },
  ];
  const [rules] = Object.keys(project.ruleSets);
  project.ruleSets[rules ?? ''].steps = added;
  await writeFile(file, JSON.stringify(project));
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  await expect(window.getByRole('gridcell', { name: 'C0000002' })).toBeVisible({ timeout: 60_000 });

  await test.step('the preview stops before it, and shows what comes before', async () => {
    await expect(step(window, 'Move times')).toContainText(/cells changed/, { timeout: 60_000 });
    await expect(step(window, 'Hash e-mail')).toContainText('The key “shop-people” is not known here.');
    await step(window, 'Move times').locator('.step-main').click();
    const zone = window.getByLabel('From', { exact: true });
    await expect(window.getByLabel('A time that comes twice')).toHaveValue('earlier');
    await zone.fill('asia/kathm');
    await expect(window.getByLabel('A time that comes twice')).toBeHidden();
    await zone.fill('asia/kathmandu');
    await zone.blur();
    await expect(zone).toHaveValue('Asia/Kathmandu');
    await expect(step(window, 'Move times')).toContainText('Asia/Kathmandu (');
  });

  await test.step('a short key is refused, a good one is used at once', async () => {
    await step(window, 'Hash e-mail').locator('.step-main').click();
    const key = window.getByLabel('The key “shop-people”');
    await key.fill('too short');
    await key.press('Enter');
    await expect(window.getByText('has fewer than 16 bytes', { exact: false })).toBeVisible();
    await key.fill(SECRET);
    await window.getByRole('button', { name: 'Use for this session' }).click();
    await expect(step(window, 'Hash e-mail')).toContainText(/cells changed/, { timeout: 60_000 });
    await expect(window.getByRole('gridcell', { name: /[0-9a-f]{64}$/ }).first()).toBeVisible();
    await expect(window.getByText('The key is known here', { exact: false })).toBeVisible();
  });

  await test.step('the project does not hold it', async () => {
    await expect(window.getByText('Saved', { exact: false }).first()).toBeVisible();
    expect(await readFile(file, 'utf8')).not.toContain(SECRET);
    expect(await readFile(file, 'utf8')).toContain('shop-people');
  });
});
