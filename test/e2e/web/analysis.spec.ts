import type { Page } from '@playwright/test';
import { expect, openSample, step, test } from '../steward';

async function runSql(window: Page, sql: string): Promise<void> {
  const editor = window.getByRole('textbox', { name: 'SQL' });
  await editor.click();
  await window.keyboard.press('Control+a');
  await window.keyboard.insertText(sql);
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+Enter');
}

test('SQL over raw and cleaned tables: table, chart, completion, errors at their place', async ({
  window,
}) => {
  await openSample(window);
  await window.keyboard.press('Control+2');
  const result = window.getByRole('region', { name: 'Result of the SQL' });

  await runSql(window, 'SELECT count(*) AS kept FROM customers');
  await expect(result).toContainText('18183', { timeout: 60_000 });

  await runSql(window, 'SELECT country, count(*) AS n FROM customers_raw GROUP BY 1 ORDER BY 2 DESC');
  await window.getByRole('button', { name: 'Chart', exact: true }).click();
  await expect(window.getByRole('img', { name: 'n by country' })).toBeVisible();
  await window.getByRole('button', { name: 'Table', exact: true }).click();

  await runSql(window, 'SELECT city,\n  cuntry FROM customers');
  const fault = window.getByRole('alert');
  await expect(fault).toContainText('Line 2, character 3');
  await expect(fault).toContainText('cuntry');
  await expect(window.locator('.sql-error-mark')).toHaveText('cuntry');

  await window.keyboard.press('Control+a');
  await window.keyboard.type('SELECT full', { delay: 40 });
  await expect(window.getByRole('option', { name: 'full name' })).toBeVisible();
  await window.keyboard.press('Escape');

  await runSql(window, 'SELECT * FROM nowhere; SELECT 1');
  await expect(fault).toContainText('nowhere');
  await runSql(window, "SELECT 'a;b' AS one; -- a comment; with a semicolon\n");
  await expect(result).toContainText('a;b');

  await test.step('a faulty step is seen as it becomes one, leaves raw tables alone, and is led to', async () => {
    const steps = window.getByRole('region', { name: 'Steps' });
    await window.setViewportSize({ width: 1000, height: 700 });
    await window.keyboard.press('Control+1');
    await step(window, 'Keep the last row of each e-mail').getByRole('button').first().click();
    await window.keyboard.press('Control+Enter');
    await window.getByRole('textbox', { name: 'Search steps' }).fill('Work out a column');
    await window.keyboard.press('Enter');
    await window.getByRole('textbox', { name: 'Into column' }).fill('loud');
    const formula = window.getByRole('textbox', { name: 'Formula' });
    await formula.click();
    await window.keyboard.press('Control+a');
    await window.keyboard.type('upper([full nam');
    await expect(window.locator('.form')).toContainText('At character 7: there is no column “full nam” here');
    const faulty = steps.getByRole('listitem').filter({ hasText: 'The preview stops before this step.' });
    await expect(faulty.locator('.step-fault')).toBeInViewport({ ratio: 0.9 });
    await expect(steps).not.toContainText('not in the data:');
    await window.getByRole('textbox', { name: 'Note' }).focus();
    await expect(steps).not.toContainText('not in the data:');
    await step(window, 'Trim white space').getByRole('button').first().click();
    await expect(steps).toContainText('not in the data: “full nam”.');

    await window.keyboard.press('Control+2');
    await runSql(window, 'SELECT count(*) AS n FROM customers_raw');
    await expect(result).toContainText('20000');
    await runSql(window, 'SELECT count(*) AS n FROM customers');
    const named = window.getByRole('alert').filter({ hasText: /Step \d+, Work out/ });
    await named.getByRole('button', { name: 'Go to the step' }).last().click();
    await expect(window.getByRole('heading', { name: /Step \d+ · Work out a column/ })).toBeVisible();
  });
});

test('a long query can be cancelled, and the next one runs', async ({ window }) => {
  await openSample(window);
  await window.keyboard.press('Control+2');
  await runSql(window, 'SELECT sum(a.range * b.range % 7) FROM range(100000) a, range(1000000) b');
  await window.locator('.console-bar').getByRole('button', { name: 'Cancel' }).click();
  await expect(window.locator('.console-bar').getByRole('button', { name: /Run/ })).toBeVisible();
  await runSql(window, 'SELECT 41 + 1 AS answer');
  await expect(window.getByRole('region', { name: 'Result of the SQL' })).toContainText('42');
});

test('segments before and after cleaning, and after a rule has changed', async ({ window }) => {
  await openSample(window);
  await window.keyboard.press('Control+2');
  await window.getByRole('tab', { name: /Recency/ }).click();
  await window.getByRole('button', { name: 'Run before and after' }).locator('visible=true').click();
  const facts = window.getByRole('region', { name: 'In short' });
  await expect(facts).toBeVisible({ timeout: 60_000 });
  await expect(facts).toContainText('Customers in another segment');
  const before = await facts.textContent();
  await expect(window.getByRole('img', { name: /^Moves/ })).toBeVisible();
  await window.getByRole('button', { name: 'Show the numbers of Moves' }).click();
  await expect(window.getByRole('region', { name: 'Moves', exact: true }).last()).toContainText('Champions');

  await window.keyboard.press('Control+1');
  await step(window, 'Keep the last row of each e-mail').getByRole('checkbox').uncheck();
  await window.keyboard.press('Control+2');
  await expect(window.getByText('have changed since')).toBeVisible();
  await window.getByRole('button', { name: 'Run again' }).locator('visible=true').click();
  await expect(window.getByText('have changed since')).toBeHidden({ timeout: 60_000 });
  expect(await facts.textContent()).not.toBe(before);
});
