import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, openSample, test } from '../steward';

test('without a cluster, publishing says what is missing and leads there', async ({ window }) => {
  await openSample(window);
  await window.keyboard.press('Control+3');
  await window.getByRole('tab', { name: 'Publish to a cluster' }).click();
  await expect(window.getByRole('note')).toContainText('There is no cluster yet');
  await window.getByRole('button', { name: 'Connect to HDFS…' }).locator('visible=true').click();
  await expect(window.getByRole('heading', { name: 'Connect to HDFS' })).toBeVisible();
});

test('with a connection that cannot publish, the obstacles are named and submitting is off', async ({
  window,
}) => {
  await openSample(window);
  await window.getByRole('button', { name: 'Connect to HDFS…' }).click();
  await window.getByLabel('Name', { exact: true }).fill('Files only');
  await window.getByLabel('WebHDFS address').fill('http://127.0.0.1:9');
  await window.getByLabel('User').fill('steward');
  await window.getByRole('button', { name: 'Save and browse' }).click();
  await expect(window.getByRole('button', { name: 'Files only', exact: true })).toBeVisible();
  await window.keyboard.press('Control+3');
  await window.getByRole('tab', { name: 'Publish to a cluster' }).click();
  const review = window.getByRole('region', { name: 'What would run' });
  await expect(review).toContainText('Phone to E.164');
  await expect(review.getByRole('listitem')).toHaveCount(11);
  await expect(window.getByRole('note')).toContainText(/Livy|YARN|HDFS/);
  const submit = window.getByRole('button', { name: 'Publish and run' });
  await expect(submit).toHaveAttribute('aria-disabled', 'true');
  await submit.click({ force: true });
  await window.getByRole('tab', { name: 'Runs on clusters' }).click();
  await expect(window.getByText('No run yet.')).toBeVisible();
});

test('the preview engine and the local engine agree on the sample, cell by cell', async ({ window }) => {
  await openSample(window);
  await window.keyboard.press('Control+3');
  await window.getByRole('tab', { name: 'Verify engines' }).click();
  await window.getByRole('button', { name: 'Verify', exact: true }).click();
  const report = window.getByRole('region', { name: 'Verification' });
  await expect(report).toContainText('Both engines agree in every cell', { timeout: 80_000 });
});

test('the cluster’s Spark can be asked where one is connected; a cluster that is away is told in place', async ({
  window,
}) => {
  await openSample(window);
  await window.getByRole('button', { name: 'Connect to HDFS…' }).click();
  await window.getByLabel('Name', { exact: true }).fill('Shop cluster');
  // Nothing listens on the discard port.
  await window.getByLabel('WebHDFS address').fill('http://127.0.0.1:9');
  await window.getByLabel('User').fill('steward');
  await window.getByLabel('Livy address').fill('http://127.0.0.1:9');
  await window.getByRole('button', { name: 'Save and browse' }).click();
  await expect(window.getByRole('button', { name: 'Shop cluster', exact: true })).toBeVisible();
  await window.keyboard.press('Control+3');
  await window.getByRole('tab', { name: 'Publish to a cluster' }).click();
  await window.getByRole('button', { name: 'Verify on this cluster first…' }).click();
  await expect(window.getByLabel('Spark of')).toHaveValue(/./);
  await expect(window.getByText('are removed there afterwards')).toBeVisible();
  await window.getByLabel('Rows', { exact: true }).selectOption({ label: 'first 1,000' });
  await window.getByRole('button', { name: 'Verify on Spark' }).click();
  const fault = window.getByRole('alert');
  await expect(fault).toContainText('127.0.0.1:9', { timeout: 60_000 });
  await expect(fault.getByRole('button', { name: 'Verify again' })).toBeVisible();
});

/** Makes the events twelve times as many, so that a run is long enough to be cancelled on any machine. */
async function lengthenEvents(home: string): Promise<void> {
  const file = path.join(home, 'sample', 'events.csv');
  const content = await readFile(file);
  const rows = content.subarray(content.indexOf('\n') + 1);
  // A new file: the one that is there is shared with other tests.
  await rm(file);
  await writeFile(file, Buffer.concat([content, ...Array<Buffer>(11).fill(rows)]));
}

test('a run can be cancelled and leaves no file', async ({ window, home }) => {
  await openSample(window);
  await lengthenEvents(home);
  await window.keyboard.press('Control+3');
  await window.getByLabel('Source', { exact: true }).selectOption({ label: 'events.csv' });
  await window.getByRole('button', { name: 'Clean all rows' }).click();
  // In the middle of the work.
  await expect(
    window
      .getByRole('status')
      .filter({ hasText: /\d of 6,000,000 rows/ })
      .first(),
  ).toBeVisible();
  await window.getByRole('button', { name: 'Cancel the run' }).click();
  await expect(window.getByRole('button', { name: 'Clean all rows' })).toBeVisible();
  await expect(window.getByRole('region', { name: 'Run report' })).toBeHidden();
  await expect(window.getByRole('alert')).toBeHidden();
  await expect
    .poll(async () =>
      (await readdir(path.join(home, 'sample'))).filter((name) => /clean|rejects|report/.test(name)),
    )
    .toEqual([]);
});
