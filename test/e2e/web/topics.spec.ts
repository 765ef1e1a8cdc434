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

const row = (i: number) =>
  JSON.stringify({ id: `C${100 + i}`, name: ` Ann ${'ab'.repeat(i % 3)} `, address: { city: 'Oslo' } });

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

test('a topic is found, looked into and added', async ({ window }) => {
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

  await window.getByRole('button', { name: 'Add to project' }).click();
  await expect(window.getByRole('gridcell', { name: 'C100' })).toBeVisible();
});
