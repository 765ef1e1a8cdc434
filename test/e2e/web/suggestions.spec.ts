import { expect, openSample, step, test } from '../steward';

test('suggestions: from the evidence to a step, and back', async ({ window }) => {
  await openSample(window);
  const list = window.getByRole('list', { name: 'Suggested steps' });

  await test.step('with no step yet, the phones are the worst', async () => {
    await window.getByRole('button', { name: 'All steps together' }).click();
    // The sample's own steps have mended most: look at the data before them.
    for (const sentence of ['Phone to E.164', 'Normalise e-mail']) {
      await step(window, sentence).getByRole('checkbox').click();
      await expect(step(window, sentence)).toContainText('Off');
    }
    await window.keyboard.press('Control+Shift+S');
    await expect(list.getByRole('listitem').first()).toContainText('Phone to E.164 in phone', {
      timeout: 90_000,
    });
    await expect(list).toContainText(
      /[\d,]+ of [\d,]+ phone cells are not in E\.164; [\d,]+ would be after this step; [\d,]+ cannot be parsed, for example “/,
    );
  });

  await test.step('one click adds the step, which does what was said', async () => {
    const first = list.getByRole('listitem').filter({ hasText: 'Phone to E.164' }).first();
    const cells = /([\d,]+) cells/.exec((await first.textContent()) ?? '')?.[1] ?? '';
    await first.getByRole('button', { name: /^Add and see/ }).click();
    const added = window.getByRole('region', { name: 'Steps' }).locator('.step[data-selected=true]');
    await expect(added).toContainText('Phone to E.164');
    await expect(added).toContainText(`${cells} cells changed`, { timeout: 60_000 });
  });

  await test.step('it is not suggested again, until it is undone', async () => {
    await expect(list).not.toContainText('Phone to E.164', { timeout: 90_000 });
    await window.keyboard.press('Control+z');
    await expect(list).toContainText('Phone to E.164', { timeout: 90_000 });
  });

  await test.step('a column’s menu has its own, counted', async () => {
    await window.getByRole('button', { name: 'Menu of phone' }).click();
    await expect(window.getByRole('menuitem', { name: /Phone to E\.164 in phone [\d,]+ cells/ })).toBeVisible(
      {
        timeout: 60_000,
      },
    );
    await window.keyboard.press('Escape');
  });
});
