import { expect, openSample, step, test } from '../steward';

test('any cell can be pinned; an edit that breaks it shows on the step', async ({ window }) => {
  await openSample(window);
  const history = window.getByRole('region', { name: 'Column and cell' });
  const cell = window.getByRole('gridcell', { name: /\+\d{9,15}$/ }).first();

  await test.step('by the menu of a cell', async () => {
    await expect(step(window, 'Phone to E.164')).toContainText(/cells changed/, { timeout: 60_000 });
    await cell.click({ button: 'right' });
    await window.getByRole('menuitem', { name: /It must stay like this/ }).click();
    await expect(history).toContainText('kept like this');
    await step(window, 'Phone to E.164').locator('.step-main').click();
    await expect(window.locator('.form-pinned > li')).toHaveCount(3);
  });

  await test.step('by keyboard, and taken back', async () => {
    const other = window.getByRole('gridcell', { name: /@/ }).first();
    await window.getByRole('button', { name: 'All steps together' }).click();
    await other.click();
    await expect(history.getByRole('heading', { name: /^e-mail, row / })).toBeVisible();
    await expect(history).not.toContainText('kept like this');
    await window.keyboard.press('Control+Shift+K');
    await expect(history).toContainText('kept like this');
    await window.keyboard.press('Control+z');
    await expect(history).not.toContainText('kept like this');
    await step(window, 'Phone to E.164').locator('.step-main').click();
    await expect(window.locator('.form-pinned > li')).toHaveCount(3);
  });

  await test.step('an edit that breaks it is marked with what was expected and what came', async () => {
    await window.getByLabel('Format').selectOption('national');
    await expect(step(window, 'Phone to')).toContainText('Breaks 3 pinned examples: expected', {
      timeout: 60_000,
    });
    await window.getByLabel('Format').selectOption('e164');
    await expect(step(window, 'Phone to E.164')).not.toContainText('pinned example', { timeout: 60_000 });
  });
});
