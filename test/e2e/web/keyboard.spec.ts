import { expect, matchLine, step, stepOrder, test } from '../steward';

test('the main job by keyboard alone', async ({ window }) => {
  const keys = window.keyboard;
  const focused = window.locator(':focus');

  await test.step('open the sample through the palette', async () => {
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    await keys.press('Control+k');
    await keys.type('sample');
    await keys.press('Enter');
    await expect(step(window, 'Title-case city')).toContainText('993 cells changed', { timeout: 60_000 });
  });

  await test.step('F6 goes round the panes and back', async () => {
    const seen = new Set<string>();
    for (let i = 0; i < 8; i++) {
      await keys.press('F6');
      seen.add(
        String(await focused.evaluate((one) => one.closest('[data-pane]')?.getAttribute('data-pane'))),
      );
    }
    expect([...seen]).toEqual(expect.arrayContaining(['title', 'sources', 'steps', 'grid', 'status']));
    await keys.press('Shift+F6');
    await expect(focused).toBeVisible();
  });

  await test.step('go to a step with arrows, select, toggle, move, undo', async () => {
    await window.getByRole('button', { name: 'All steps together' }).focus();
    await step(window, 'Trim white space').locator('.step-main').focus();
    for (let i = 0; i < 4; i++) await keys.press('ArrowDown');
    await expect(focused).toContainText('Title-case city');
    await keys.press('Enter');
    await expect(window.getByRole('heading', { name: /Step 5/ })).toBeVisible();
    await keys.press('Space');
    await expect(step(window, 'Title-case city')).toContainText('Off');
    await keys.press('Space');
    await keys.press('Alt+ArrowUp');
    await expect.poll(async () => (await stepOrder(window))[3]).toContain('Title-case city');
    await keys.press('Control+z');
    await expect.poll(async () => (await stepOrder(window))[4]).toContain('Title-case city');
    await expect(step(window, 'Title-case city')).toContainText('993 cells changed');
  });

  await test.step('show only changed rows, find in them', async () => {
    await keys.press('Control+Shift+C');
    await expect(matchLine(window)).toHaveText(/matching 993 of 20,000/);
    await keys.press('Control+Shift+C');
    await expect(matchLine(window)).not.toHaveText(/matching/);
    await keys.press('Control+f');
    await keys.type('C0000006');
    await expect(matchLine(window)).toHaveText(/matching 1 of 20,000/);
    await keys.press('Control+a');
    await keys.type('nowhere at all');
    await expect(window.getByText('No such row holds “nowhere at all”.')).toBeVisible();
    await keys.press('Escape');
    await expect(window.getByRole('gridcell', { name: 'C0000002' })).toBeVisible();
  });

  await test.step('the list of shortcuts opens, lists and closes', async () => {
    await window.getByRole('button', { name: 'All steps together' }).focus();
    await keys.press('?');
    const list = window.getByRole('complementary', { name: 'Keyboard shortcuts' });
    await expect(list).toContainText('Go to the next pane');
    await expect(list).toContainText('Show only changed rows');
    await expect(list).toContainText('Move the step up');
    await keys.press('Escape');
    await expect(list).toBeHidden();
  });

  await test.step('run SQL and leave the editor with Escape and Tab', async () => {
    await keys.press('Control+2');
    await window.getByRole('textbox', { name: 'SQL' }).focus();
    await keys.press('Control+a');
    await keys.type('SELECT count(*) AS n FROM customers_raw');
    await keys.press('Control+Enter');
    await expect(window.getByRole('region', { name: 'Result of the SQL' })).toContainText('20000');
  });

  await test.step('clean all rows', async () => {
    await keys.press('Control+3');
    await keys.press('Control+k');
    await keys.type('run on this computer');
    await keys.press('Enter');
    await window.getByRole('button', { name: 'Clean all rows' }).focus();
    await keys.press('Enter');
    await expect(window.getByRole('region', { name: 'Run report' })).toContainText('adds up', {
      timeout: 60_000,
    });
  });
});
