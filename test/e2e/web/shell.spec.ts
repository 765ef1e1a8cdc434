import { expect, test } from '../workbench';

test('the token leaves the address and the history; reloading works', async ({ page, address }) => {
  expect(address).toContain('?token=');
  await expect.poll(() => page.url()).toBe(`${new URL(address).origin}/`);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.reload();
  await expect(page.getByRole('main')).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('whoever has no token sees no workbench', async ({ page, address, openBrowser }) => {
  await expect(page.getByRole('main')).toBeVisible();
  const stranger = await (await openBrowser()).newContext();
  const strange = await stranger.newPage();
  const answer = await strange.goto(new URL(address).origin);
  expect(answer?.status()).toBe(403);
  await expect(strange.locator('body')).toHaveText(/Open the workbench by the whole address/);
  await stranger.close();
});

test('a page elsewhere can neither call, nor read, nor frame the workbench', async ({
  page,
  address,
  openBrowser,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  const elsewhere = await (await openBrowser()).newContext();
  const other = await elsewhere.newPage();
  await other.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>elsewhere</p>' }),
  );
  await other.goto('http://elsewhere.example/');
  const outcome = await other.evaluate(async (to) => {
    const { origin, host, search } = new URL(to);
    const called = await new Promise((resolve) => {
      const socket = new WebSocket(`ws://${host}/rpc${search}`);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    const read = await fetch(`${origin}/${search}`).then(
      () => 'read',
      () => 'refused',
    );
    const loaded = await fetch(`${origin}/${search}`, { mode: 'no-cors' }).then(
      () => 'loaded',
      () => 'refused',
    );
    return { called, read, loaded };
  }, address);
  expect(outcome).toEqual({ called: 'refused', read: 'refused', loaded: 'refused' });
  await elsewhere.close();
});
