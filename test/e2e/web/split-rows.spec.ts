import { expectAccessible } from '../accessibility';
import { expect, matchLine, openSample, step, test } from '../steward';

test('a cell is split into rows: they show their row and part, and counts add up', async ({
  window,
}, info) => {
  const shot = (name: string) => window.screenshot({ path: info.outputPath(`${name}.png`) });
  await openSample(window);
  await window.keyboard.press('Control+Enter');
  await window.getByRole('textbox', { name: 'Search steps' }).fill('Split a cell into rows');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Split a cell into rows' })).toBeVisible();
  const columns = window.getByRole('group', { name: 'In these columns' });
  for (const one of await columns.getByRole('checkbox', { checked: true }).all()) await one.uncheck();
  await columns.getByRole('checkbox', { name: 'full name' }).check();
  await window.getByLabel('Separator').fill(' ');
  const added = step(window, 'Split full name');
  await expect(added).toContainText(/[\d,]+ rows added/, { timeout: 60_000 });
  await shot('step');

  await test.step('parts stand under one another, with their places', async () => {
    await expect(window.getByRole('gridcell', { name: /^2·1\b/ })).toBeVisible();
    await expect(window.getByRole('gridcell', { name: /^2·2\b/ })).toBeVisible();
    await expectAccessible(window, 'parts of rows');
  });

  await test.step('a cell’s history names the part', async () => {
    await window
      .getByRole('gridcell', { name: /changed, before/ })
      .first()
      .click();
    await window.keyboard.press('Enter');
    const history = window.getByRole('region', { name: 'Column and cell' });
    await expect(history.getByRole('heading', { name: /row [\d,]+·\d/ })).toBeVisible();
    await shot('history');
    await window.emulateMedia({ colorScheme: 'dark' });
    await shot('dark');
    await window.emulateMedia({ colorScheme: 'light' });
  });

  await test.step('a step before shows rows whole', async () => {
    const split = await matchLine(window).textContent();
    await step(window, 'Trim white space').locator('.step-main').click();
    await expect(matchLine(window)).not.toHaveText(split ?? '');
    await expect(window.getByRole('gridcell', { name: /^2·1\b/ })).toHaveCount(0);
    await shot('before');
  });
});
