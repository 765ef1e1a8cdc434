import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Truth } from '../../../main/sample/truth';
import { csvDialectSchema } from '../../../shared/document/dialect';
import { emptyProject } from '../../../shared/document/project';
import { expectAccessible } from '../accessibility';
import { act, expect, matchLine, openSample, test } from '../steward';

const number = (n: number | undefined) => (n ?? Number.NaN).toLocaleString('en-GB');
const keys = (window: Page) => window.getByRole('region', { name: 'Keys between sources' });
const line = (window: Page, problem: string) => window.locator(`tr[data-problem="${problem}"]`);

test('the sample shop has its keys: what is known of its transactions is found, and gone to', async ({
  window,
  home,
}, info) => {
  const shot = (name: string) => window.screenshot({ path: info.outputPath(`${name}.png`) });
  const truth = JSON.parse(await readFile(path.join(home, 'sample', 'truth.json'), 'utf8')) as Truth;
  const kept = (name: string) => number(truth.tables.find((one) => one.name === name)?.starter.kept);
  await openSample(window);
  await window.keyboard.press('Control+2');
  await window.getByLabel('Rows of each source').selectOption('up to 20,000');
  await window.keyboard.press('Control+1');
  await keys(window)
    .getByRole('button', { name: /^transactions.csv/ })
    .click();
  const panel = window.getByRole('region', { name: 'Key: transactions.csv → customers.csv' });
  const orphans = line(window, 'orphans');
  await expect(orphans).toContainText('found nowhere in customers.csv', { timeout: 120_000 });
  await expect(panel).toContainText(/20,000 of about [\d,]+ rows of transactions.csv \(first rows\)/);
  await panel.getByRole('button', { name: 'Check all rows' }).click();
  await expect(panel).toContainText('All rows were counted', { timeout: 120_000 });
  await expect(panel.getByRole('row', { name: /^transactions.csv/ })).toContainText(kept('transactions'));
  await expect(panel.getByRole('row', { name: /^customers.csv/ })).toContainText(kept('customers'));
  await expect(orphans).toContainText('your steps merged into another row');
  const rows = window.getByRole('region', { name: 'transactions.csv: transactions of no customer' });
  await expect(rows.getByRole('row')).toHaveCount(201);
  await shot('light');
  await expectAccessible(window, 'problems of keys');
  await window.emulateMedia({ colorScheme: 'dark' });
  await window.setViewportSize({ width: 1000, height: 700 });
  await shot('dark-narrow');

  const first = rows.getByRole('row').nth(1);
  const id = await first.getByRole('cell').nth(1).textContent();
  await first.getByRole('button').click();
  await expect(matchLine(window)).toContainText(`holding “${id}”`);
  await expect(window.getByRole('gridcell', { name: id ?? '' }).first()).toBeVisible();
  await expect(keys(window).getByRole('button', { name: /^transactions.csv/ })).toContainText(
    'rows to look at',
  );
});

const people = 'id,name\nC1,Ann\nC2,Bo\nC2,Bo again\nC3,Cem\n';
const sales = 'sale,customer_id,amount\n1,C1,5\n2,C2,7\n3,C9,8\n4,,9\n5,C1,1\n';

async function openSmall(window: Page, home: string): Promise<void> {
  const dialect = csvDialectSchema.parse({ format: 'csv' });
  const source = (role: 'customers' | 'transactions', file: string) => ({
    ...{ id: role, name: file, role, connection: 'local', path: file, dialect },
  });
  const project = {
    ...emptyProject('Small'),
    sources: [source('customers', 'people.csv'), source('transactions', 'sales.csv')],
  };
  await writeFile(path.join(home, 'people.csv'), people);
  await writeFile(path.join(home, 'sales.csv'), sales);
  await writeFile(path.join(home, 'small.dhz'), JSON.stringify(project));
  await window.getByRole('button', { name: 'Open a project…' }).click();
  const form = window.getByRole('form', { name: 'Open a project' });
  await form.getByRole('textbox').fill(path.join(home, 'small.dhz'));
  await form.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(window.getByRole('gridcell', { name: 'Bo again' })).toBeVisible();
}

test('a key is suggested, added, checked over all rows, changed and removed, by keyboard too', async ({
  window,
  home,
}) => {
  await openSmall(window, home);
  await act(window, 'check the keys');
  const found = window.getByRole('region', { name: 'Found in the data' });
  await expect(found).toContainText('3 of 4 transactions’ customer_id are found among customers’ id');
  await expectAccessible(window, 'a key that is added');
  await found.getByRole('button', { name: 'Add sales.csv → people.csv by customer_id = id' }).press('Enter');

  await test.step('orphans and duplicates are counted and listed', async () => {
    await expect(line(window, 'orphans')).toContainText(/transactions of no customer.*1/);
    await expect(line(window, 'missing-from')).toContainText('1');
    await expect(line(window, 'unused')).toContainText('1');
    await line(window, 'duplicates-to').getByRole('button').press('Enter');
    const rows = window.getByRole('region', {
      name: 'people.csv: rows with a key that stands more than once',
    });
    await expect(rows.getByRole('row')).toHaveCount(3);
    await expect(rows).toContainText('Bo again');
  });

  await test.step('a join of its own stands among the tables to analyse', async () => {
    await window.keyboard.press('Control+2');
    const joined = window.getByRole('region', { name: 'Joined' });
    await expect(joined).toContainText('sales_with_people');
    const editor = window.getByRole('textbox', { name: 'SQL' });
    await editor.click();
    await window.keyboard.press('Control+a');
    await window.keyboard.insertText('SELECT sale, name FROM sales_with_people ORDER BY ALL');
    await window.keyboard.press('Escape');
    await window.keyboard.press('Control+Enter');
    const result = window.getByRole('region', { name: 'Result of the SQL' });
    await expect(result).toContainText('Bo again', { timeout: 60_000 });
    await window.keyboard.press('Control+1');
  });

  await test.step('it is changed, survives a reload, and is removed', async () => {
    await window.getByRole('button', { name: 'Edit', exact: true }).click();
    await window.getByLabel('What is expected').selectOption('one-to-one');
    await window.getByRole('button', { name: 'Save the key' }).click();
    await expect(line(window, 'duplicates-from')).toContainText('2');
    await window.reload();
    await keys(window)
      .getByRole('button', { name: /^sales.csv/ })
      .click();
    await expect(line(window, 'duplicates-from')).toContainText('2', { timeout: 60_000 });
    await window.getByRole('button', { name: 'Remove…' }).click();
    await window.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await expect(keys(window)).toContainText('No key yet');
  });
});
