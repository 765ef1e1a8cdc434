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
