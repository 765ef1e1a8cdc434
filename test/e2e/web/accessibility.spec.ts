import { expectAccessible } from '../accessibility';
import { expect, openSample, step, test } from '../steward';

test('every screen is free of accessibility faults, light and dark, wide and narrow', async ({ window }) => {
  const check = (what: string) => expectAccessible(window, what);
  await check('welcome');
  await window.getByRole('button', { name: 'New project…' }).click();
  await expect(window.getByRole('button', { name: 'Create the project' })).toBeVisible();
  await check('new project');
  await window.getByRole('button', { name: 'Cancel' }).click();
  await openSample(window);
  await check('clean');
  await window.getByRole('tab', { name: 'Suggestions' }).click();
  await expect(
    window.getByRole('list', { name: 'Suggested steps' }).getByRole('listitem').first(),
  ).toBeVisible({
    timeout: 90_000,
  });
  await check('suggestions');
  await step(window, 'Phone to E.164').getByRole('button').first().click();
  await expect(window.getByRole('heading', { name: /^Step \d/ })).toBeVisible();
  await window.getByRole('button', { name: 'Changed rows' }).click();
  await expect(window.locator('.match-words')).toContainText('changed by step');
  await check('a step and its form');
  await window.keyboard.press('Control+Enter');
  await expect(window.getByRole('textbox', { name: 'Search steps' })).toBeVisible();
  await check('the library of steps');
  await window.getByRole('button', { name: 'This computer' }).click();
  await window.getByRole('option', { name: 'customers.csv' }).click();
  await expect(window.getByRole('region', { name: 'First rows' })).toContainText('C0000001');
  await check('adding a source');
  await window.getByRole('button', { name: 'Connect to HDFS…' }).click();
  await window.getByRole('button', { name: 'Test the connection' }).click();
  await expect(window.getByText('Fill this in.').first()).toBeVisible();
  await check('a connection with faults');
  await window.keyboard.press('Control+2');
  await window.getByRole('button', { name: /^Run Ctrl/ }).click();
  await expect(window.getByRole('region', { name: 'Result of the SQL' })).toBeVisible({ timeout: 60_000 });
  await check('SQL');
  await window.getByRole('tab', { name: /Recency/ }).click();
  await window.getByRole('button', { name: 'Run before and after' }).locator('visible=true').click();
  await expect(window.getByRole('region', { name: 'In short' })).toBeVisible({ timeout: 60_000 });
  await check('segments');
  await window.keyboard.press('Control+3');
  await window.getByRole('button', { name: 'Clean all rows' }).click();
  await expect(window.getByRole('region', { name: 'Run report' })).toBeVisible({ timeout: 60_000 });
  await check('a run report');
  await window.getByRole('tab', { name: 'Publish to a cluster' }).click();
  await expect(window.getByRole('note')).toBeVisible();
  await check('publishing');
  await window.keyboard.press('Control+k');
  await expect(window.getByPlaceholder('What would you like to do?')).toBeVisible();
  await check('the palette');
});
