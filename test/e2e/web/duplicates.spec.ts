import type { Page } from '@playwright/test';
import { expectAccessible } from '../accessibility';
import { expect, openSample, step, test } from '../steward';

/** Adds a step by its title, with nothing but the keyboard. */
async function add(window: Page, title: string): Promise<void> {
  await window.keyboard.press('Control+Enter');
  await window.getByRole('textbox', { name: 'Search steps' }).fill(title);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: title })).toBeVisible();
}

test('variants are approved, and pairs are decided', async ({ window }) => {
  await openSample(window);

  await test.step('approve a cluster of variants', async () => {
    await add(window, 'Merge variants of a value');
    const columns = window.getByRole('group', { name: 'In these columns' });
    for (const one of await columns.getByRole('checkbox', { checked: true }).all()) await one.uncheck();
    const panel = window.getByRole('region', { name: 'Values and their variants' });
    await expect(panel).toContainText('Choose a column');
    await columns.getByRole('checkbox', { name: 'city' }).check();
    await expect(panel).toContainText('Nothing is approved yet');
    const cluster = panel.getByRole('listitem', { name: /values in/ }).first();
    await expect(cluster).toBeVisible({ timeout: 60_000 });
    const value = await cluster.getByRole('textbox', { name: 'Write all as' }).inputValue();
    await expectAccessible(window, 'variants');
    await cluster.getByRole('button', { name: 'Approve' }).focus();
    await window.keyboard.press('Enter');
    await expect(step(window, `Merge variants of “${value}”`)).toContainText(/[\d,]+ cells? changed/);
    await expect(panel.getByRole('textbox', { name: 'Value 1' })).toHaveValue(value);
    // The next one can be decided at once.
    await expect(cluster.getByRole('button', { name: 'Approve' })).toBeFocused();
    await expect(cluster.getByRole('textbox', { name: 'Write all as' })).not.toHaveValue(value);
  });

  await test.step('keep a cluster apart, with room to work in', async () => {
    const panel = window.getByRole('region', { name: 'Values and their variants' });
    const cluster = panel.getByRole('listitem', { name: /values in/ }).first();
    const form = window.locator('.clean-form');
    const low = (await form.boundingBox())?.height ?? 0;
    await window.keyboard.press('Control+Shift+f');
    await expect.poll(async () => (await form.boundingBox())?.height ?? 0).toBeGreaterThan(low + 100);
    const value = await cluster.getByRole('textbox', { name: 'Write all as' }).inputValue();
    await cluster.getByRole('button', { name: 'Keep apart' }).focus();
    await window.keyboard.press('Enter');
    await expect(window.getByRole('textbox', { name: 'Stay as they are' })).toHaveValue(new RegExp(value));
    await expect(cluster.getByRole('textbox', { name: 'Write all as' })).not.toHaveValue(value);
    await expect(cluster.getByRole('button', { name: 'Keep apart' })).toBeFocused();
    await window.getByRole('button', { name: 'Lower the form' }).click();
    await expect.poll(async () => (await form.boundingBox())?.height ?? 0).toBeLessThan(low + 2);
  });

  await test.step('decide a pair near the threshold', async () => {
    await add(window, 'Find rows that are nearly the same');
    await window.getByRole('button', { name: 'Choose what brings rows together' }).click();
    await window.getByRole('combobox', { name: 'Column', exact: true }).selectOption('full name');
    await window.getByRole('button', { name: 'Choose a column to compare' }).click();
    const compared = window.getByRole('combobox', { name: 'Column', exact: true }).nth(1);
    await compared.selectOption('postal code');
    const review = window.getByRole('region', { name: 'Pairs near the threshold' });
    await expect(review.getByRole('button', { name: 'Not the same' }).first()).toBeVisible({
      timeout: 60_000,
    });
    await expectAccessible(window, 'pairs');
    const first = review.getByRole('listitem').first();
    const decided = (await first.getAttribute('aria-label')) ?? '';
    await first.getByRole('button', { name: 'Not the same' }).press('Enter');
    await expect(review).toContainText('1 pair decided');
    await expect(review.getByRole('listitem', { name: decided, exact: true })).toHaveCount(0);
    await expect(review.getByRole('button', { name: 'Not the same' }).first()).toBeFocused();
  });
});
