import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Messaging, startMessaging, topicsConnection } from '../../cluster/start.mjs';
import { test as base, expect } from '../steward';

let messaging: Messaging;

/** The window on a project of its own, with a connection to a Kafka that holds a few topics. */
const test = base.extend({
  home: async ({ home }, use) => {
    await mkdir(home, { recursive: true });
    const file = {
      format: 'dataharmonize/connections',
      version: 2,
      connections: [topicsConnection(messaging)],
    };
    await writeFile(path.join(home, 'connections.json'), JSON.stringify(file));
    await use(home);
  },
});

const row = (i: number, more = {}) =>
  JSON.stringify({
    id: `C${100 + i}`,
    name: ` Ann ${'ab'.repeat(i % 3)} `,
    address: { city: 'Oslo' },
    ...more,
  });

test.beforeAll(async () => {
  messaging = await startMessaging();
  const { kafka } = messaging;
  await kafka.createTopic('customers', { partitions: 2, settings: { 'retention.ms': '604800000' } });
  await kafka.createTopic('customers-dlq', { partitions: 1 });
  await kafka.createTopic('_schemas', { partitions: 1, settings: { 'cleanup.policy': 'compact' } });
  const messages = Array.from({ length: 120 }, (_, i) => ({ partition: i % 2, key: `K${i}`, value: row(i) }));
  await kafka.produce('customers', [...messages, { partition: 0, key: 'K1', value: 'poison' }]);
});
test.afterAll(async () => {
  await messaging?.stop();
});

const SHOTS = process.env.SHOTS;

test('a topic is found, looked into, added, and followed', async ({ window }) => {
  const shot = async (name: string) => {
    if (!SHOTS) return;
    for (const scheme of ['light', 'dark'] as const)
      for (const width of [1440, 1000]) {
        await window.emulateMedia({ colorScheme: scheme });
        await window.setViewportSize({ width, height: 900 });
        await window.waitForTimeout(400);
        await window.screenshot({ path: path.join(SHOTS, `${name}-${scheme}-${width}.png`) });
      }
    await window.emulateMedia({ colorScheme: 'light' });
    await window.setViewportSize({ width: 1440, height: 900 });
  };
  const { kafka } = messaging;
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  await window.getByRole('button', { name: 'Test Kafka', exact: true }).click();
  const topics = window.getByRole('listbox', { name: 'Topics' });
  await expect(topics.getByRole('option')).toHaveText([/^customers.*2.*7 days/, /^customers-dlq/]);
  await window.getByLabel('Internal (1)').check();
  await expect(topics.getByRole('option', { name: '_schemas' })).toBeVisible();
  await window.getByLabel('Internal (1)').uncheck();
  await window.getByRole('combobox', { name: 'Filter topics' }).fill('customers');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'customers' })).toBeVisible();
  await expect(window.getByText('2 partitions · about 121 messages · kept 7 days')).toBeVisible();
  await expect(window.getByRole('cell', { name: 'Oslo' }).first()).toBeVisible();
  await expect(window.getByText('1 message cannot be read')).toBeVisible();
  await window.getByText('Partitions and offsets').click();
  await expect(window.getByRole('cell', { name: kafka.brokers[0] }).first()).toBeVisible();
  await shot('topics');

  await window.getByRole('button', { name: 'Add to project' }).click();
  await expect(window.getByRole('gridcell', { name: 'C100' })).toBeVisible();
  await expect(window.getByText('last messages').first()).toBeVisible();
  await shot('topic-sample');
  await window.getByRole('button', { name: 'choose…' }).click();
  await window.getByText('Between offsets').click();
  await shot('topic-sampling');
  await window.keyboard.press('Escape');

  const live = window.getByRole('region', { name: 'Following the topic' });
  await live.getByRole('button', { name: 'Follow' }).click();
  await expect(live.getByText('Following')).toBeVisible();
  await expect(live.getByText('as the sample promised')).toBeVisible();
  await kafka.produce('customers', [
    { partition: 0, key: 'K1', value: row(900, { id: 'C1000' }) },
    { partition: 1, key: 'K2', value: row(901, { id: 'new-7' }) },
    { partition: 1, key: 'K3', value: null },
  ]);
  await expect(live.getByText('3 messages')).toBeVisible();
  await expect(live.getByText('1 tombstone')).toBeVisible();
  await expect(window.getByRole('gridcell', { name: 'new-7' })).toBeVisible();
  await live.getByRole('button', { name: '1 mark' }).click();
  const marks = window.getByRole('dialog', { name: 'What the sample did not promise' });
  await expect(marks.getByRole('row').nth(1)).toHaveText(/id: a value of a new shape, a-9\s*1:60\s*1/);
  await shot('topic-live');
  await window.keyboard.press('Escape');
  await live.getByRole('button', { name: 'Pause' }).click();
  await expect(live.getByText('Paused')).toBeVisible();
  await live.getByRole('button', { name: 'back to a sample' }).click();
  await expect(live.getByRole('button', { name: 'Follow' })).toBeVisible();
});
