import { expect, test } from '../workbench';

test('the window breaks no rule of its own policy and loads nothing from elsewhere', async ({ page }) => {
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`${error}`));
  const { protocol, host } = new URL(page.url());
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.host === host && [protocol, 'ws:'].includes(url.protocol);
    if (!isOwn && url.protocol !== 'data:') elsewhere.push(url.href);
  });
  await page.reload();
  await expect(page.getByRole('main')).toBeVisible();
  await page
    .getByRole('button', { name: /sample project/i })
    .first()
    .click();
  await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 });
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
