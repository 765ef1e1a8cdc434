import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Messaging, startMessaging, topicsConnection } from '../../cluster/start.mjs';
import { expectAccessible } from '../accessibility';
import { test as base, expect } from '../steward';

let messaging: Messaging;

/** The window on a project of its own, with a connection to a Kafka that holds a few topics, and others. */
const withConnections = (...more: readonly object[]) =>
  base.extend({
    home: async ({ home }, use) => {
      await mkdir(home, { recursive: true });
      const file = {
        format: 'dataharmonize/connections',
        version: 2,
        connections: [topicsConnection(messaging), ...more],
      };
      await writeFile(path.join(home, 'connections.json'), JSON.stringify(file));
      await use(home);
    },
  });
const test = withConnections();
// Nothing listens on the discard port.
const AWAY = 'http://127.0.0.1:9';
const testWithCluster = withConnections({
  ...{ id: 'away', kind: 'hdfs', name: 'Shop cluster', user: 'steward', livy: AWAY },
  ...{ nameNodes: [AWAY], signIn: 'simple' },
});

const row = (i: number) =>
  JSON.stringify({ id: `C${100 + i}`, name: ` Ann ${'ab'.repeat(i % 3)} `, address: { city: 'Oslo' } });

const lookAtCity = (window: Page) =>
  window
    .getByRole('columnheader', { name: /address.city/ })
    .getByRole('button', { name: 'address.city', exact: true })
    .click();

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

  await lookAtCity(window);
  await expect(window.getByText('needs a connection to HDFS with a Livy address')).toBeVisible();
  await window.getByLabel('Messages', { exact: true }).selectOption('The last 100,000');
  await window.getByRole('button', { name: 'Scan messages for shapes' }).click();
  const shapes = window.getByRole('region', { name: 'Shapes of all messages' });
  await expect(shapes).toContainText(/120 messages read in .*, 1 cannot be read/);
  await expect(shapes.getByRole('listitem')).toHaveText([/^Aa120/]);
});

testWithCluster(
  'a scan on a cluster that is away says so in place, and can be tried again',
  async ({ window }) => {
    await window.getByRole('button', { name: 'Open the sample project' }).click();
    await window.getByRole('button', { name: 'Test Kafka', exact: true }).click();
    await window.getByRole('option', { name: /^customers\b.*7 days/ }).click();
    await window.getByRole('button', { name: 'Add to project' }).click();
    await expect(window.getByRole('gridcell', { name: 'C100' })).toBeVisible();
    await lookAtCity(window);
    const shapes = window.getByRole('region', { name: 'Shapes of all messages' });
    await expect(shapes).toContainText('On a cluster a Spark job reads the messages');
    await shapes.getByRole('button', { name: 'Scan on the cluster' }).click();
    const fault = window.getByRole('alert');
    await expect(fault).toContainText('127.0.0.1:9', { timeout: 60_000 });
    await expect(fault.getByRole('button', { name: 'Scan again' })).toBeVisible();
  },
);

test('a topic without messages says so, and is looked into again', async ({ window }) => {
  const { kafka } = messaging;
  await kafka.createTopic('quiet', { partitions: 1 });
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  await window.getByRole('button', { name: 'Test Kafka', exact: true }).click();
  await window.getByRole('option', { name: /^quiet/ }).click();
  const rows = window.getByRole('region', { name: 'First rows' });
  await expect(rows).toContainText('Nothing has been written to this topic yet.');
  const [first] = await kafka.produce('quiet', [
    { key: 'K1', value: 'hush', timestamp: 1_750_000_000_000, headers: [['origin', 'crm']] },
  ]);
  await rows.getByRole('button', { name: 'look again' }).click();
  await expect(rows.getByRole('cell', { name: 'hush' })).toBeVisible();
  // What stands beside a value is shown where it is asked for.
  for (const name of ['Offset', 'Time', 'Headers']) await window.getByRole('checkbox', { name }).check();
  for (const cell of [`0:${first}`, '2025-06-15T15:06:40.000Z', 'origin: crm'])
    await expect(rows.getByRole('cell', { name: cell, exact: true })).toBeVisible();
  await expectAccessible(window, 'a topic before it is added');
  // Two looks tell how many messages come.
  await expect(
    window.getByRole('option', { name: /^quiet/ }).getByTitle('Messages a second, lately'),
  ).toHaveText(/\d/);
});

test('a topic is followed: counts, rate, marks with their offsets, pause and going on', async ({
  window,
}) => {
  const { kafka } = messaging;
  await kafka.createTopic('followed', { partitions: 1 });
  const send = (from: number, to: number, change: object = {}) =>
    kafka.produce(
      'followed',
      Array.from({ length: to - from }, (_, i) => ({
        value: JSON.stringify({ id: `C${100 + from + i}`, name: ` Ann ${from + i} `, ...change }),
      })),
    );
  await send(0, 50);
  await window.getByRole('button', { name: 'Open the sample project' }).click();
  await window.getByRole('button', { name: 'Test Kafka', exact: true }).click();
  await window.getByRole('option', { name: /^followed/ }).click();
  await window.getByRole('button', { name: 'Add to project' }).click();
  await expect(window.getByRole('gridcell', { name: 'C100' })).toBeVisible();
  const line = window.getByRole('region', { name: 'Following the topic' });
  await expect(line).toContainText('New messages go through these rules as they come');
  await line.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(line).toContainText('Following');
  await send(50, 90);
  await expect(line).toContainText('40 messages');
  await expect(line).toContainText(/\d a second/);
  await expect(line).toContainText('as the sample promised');
  await expect(window.getByRole('gridcell', { name: 'C189' })).toBeVisible();
  // Where nothing comes any more, the rate falls.
  await expect(line).toContainText('· 0 a second');

  await send(90, 92, { id: '999-AA' });
  await send(92, 95, { name: null, tier: 'gold' });
  await kafka.produce('followed', [{ value: '{"id": ' }, { key: 'C1', value: null }]);
  await expect(line).toContainText('47 messages');
  await expect(line).toContainText('1 tombstone');
  await expect(line).toContainText('1 cannot be read');
  await line.getByRole('button', { name: '4 marks' }).click();
  const marks = window.getByRole('dialog', { name: 'What the sample did not promise' });
  await expect(marks.getByRole('row')).toHaveText([
    /^What/,
    /^A message that cannot be read: not valid JSON0:951$/,
    /^tier: a field that the sample lacks; the rules do not see it0:923$/,
    /^name: missing, which it never was in the sample0:923$/,
    /^id: a value of a new shape, “9-A”0:902$/,
  ]);
  await expectAccessible(window, 'marks of a topic that is followed');
  await window.keyboard.press('Escape');

  await line.getByRole('button', { name: 'Pause' }).click();
  await expect(line).toContainText('Paused');
  await send(97, 127);
  await line.getByRole('button', { name: 'Go on' }).click();
  await expect(line).toContainText('77 messages');
  await expect(window.locator('.sample-words')).toContainText('Sample 75 of 77');
  await line.getByRole('button', { name: 'back to a sample' }).click();
  await expect(line.getByRole('button', { name: 'Follow', exact: true })).toBeVisible();
});
