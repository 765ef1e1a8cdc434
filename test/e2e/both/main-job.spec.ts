import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, matchLine, openSample, step, stepOrder, test } from '../steward';

const number = (text: string): number => Number(text.replaceAll(',', ''));

test.use({ makesSample: true });

test('a steward opens the sample, tunes rules, looks at a cell and cleans the whole file', async ({
  window,
  home,
}) => {
  await openSample(window);
  const changed = () => matchLine(window).textContent();

  await test.step('select a step and see only what it changes', async () => {
    await step(window, 'Title-case city').getByRole('button').first().click();
    await window.getByRole('button', { name: 'Changed rows' }).click();
    await expect(matchLine(window)).toHaveText(/matching 993 of 20,000 · changed by step 5/);
    await window.keyboard.press(']');
    const cells = window.getByRole('gridcell', { name: /changed, before: .*, after: / });
    await expect(cells.first()).toBeVisible();
  });

  await test.step('edit its parameter: counts follow at once', async () => {
    const form = window.getByRole('region', { name: 'Step 5' });
    const control = form.getByRole('combobox').last();
    await control.selectOption('upper');
    await expect(step(window, 'Upper-case city')).toContainText('cells changed');
    await expect(matchLine(window)).not.toHaveText(/matching 993 of/);
    await expect(matchLine(window)).not.toContainText('updating');
    expect(number(/matching ([\d,]+)/.exec((await changed()) ?? '')?.[1] ?? '0')).toBeGreaterThan(15_000);
  });

  await test.step('undo brings the parameter back, redo takes it again', async () => {
    await window.getByRole('button', { name: 'Undo' }).click();
    await expect(step(window, 'Title-case city')).toContainText('993 cells changed');
    await window.getByRole('button', { name: 'Redo' }).click();
    await expect(step(window, 'Upper-case city')).toContainText('cells changed');
    await window.getByRole('button', { name: 'Undo' }).click();
    await expect(step(window, 'Title-case city')).toContainText('993 cells changed');
  });

  await test.step('a step that is off changes nothing', async () => {
    await window.getByRole('checkbox', { name: 'Step 5 is on' }).uncheck();
    await expect(step(window, 'Title-case city')).toContainText('Off');
    await expect(matchLine(window)).toHaveText(/matching 0 of 20,000/);
    await window.getByRole('checkbox', { name: 'Step 5 is on' }).check();
    await expect(matchLine(window)).toHaveText(/matching 993 of 20,000/);
  });

  await test.step('move the step up and back', async () => {
    await window.getByRole('button', { name: 'Move up' }).click();
    await expect.poll(async () => (await stepOrder(window))[3]).toContain('Title-case city');
    await window.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await stepOrder(window))[4]).toContain('Title-case city');
  });

  await test.step('a cell tells its history', async () => {
    await window.getByRole('button', { name: 'All steps together' }).click();
    await window.getByRole('button', { name: 'All rows', exact: true }).click();
    const cell = window.getByRole('gridcell', { name: /before: 08999998139/ });
    await cell.click();
    await cell.press('Enter');
    const history = window.getByRole('region', { name: 'Column and cell' });
    await expect(history).toContainText('08999998139');
    await expect(history).toContainText('+498999998139');
    await expect(history).toContainText('Phone to E.164');
  });

  await test.step('clean all rows on this computer; the counts add up', async () => {
    await window.keyboard.press('Control+3');
    await window.getByRole('button', { name: 'Clean all rows' }).click();
    const report = window.getByRole('region', { name: 'Run report' });
    await expect(report).toContainText('adds up', { timeout: 60_000 });
    const written = JSON.parse(await readFile(path.join(home, 'sample/customers.report.json'), 'utf8'));
    const { read, kept, filtered, rejected, merged } = written.counts;
    expect(read).toBe(20_000);
    expect(kept + filtered + rejected + merged).toBe(read);
    for (const n of [kept, filtered, rejected, merged]) {
      await expect(report).toContainText(n.toLocaleString('en-GB'));
    }
    const cleaned = await readFile(path.join(home, 'sample/customers.clean.csv'), 'utf8');
    expect(cleaned).toContain('+498999998139');
    expect(cleaned).not.toContain('08999998139,');
  });

  await test.step('a second run does not overwrite without being told to', async () => {
    await window.getByRole('button', { name: 'Clean all rows' }).click();
    const fault = window.getByRole('alert');
    await expect(fault).toBeVisible();
    await fault.getByRole('button', { name: 'Replace the files' }).click();
    await expect(window.getByRole('region', { name: 'Run report' })).toContainText('adds up', {
      timeout: 60_000,
    });
  });
});
