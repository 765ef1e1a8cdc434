import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compilePlan } from '../../../shared/compile/compile';
import { countsFrom, measuresOf } from '../../../shared/compile/measures';
import { rulesOf, step } from '../../unit/stream/rules';
import { test as base, expect, openSample } from '../steward';

const rules = rulesOf(step('trim', ['name']), step('email', ['e-mail'], { invalid: 'reject' }));
const plan = compilePlan(rules, ['name', 'e-mail']);
const measures = Object.fromEntries(
  measuresOf(plan).map(({ name, kind }) => [name, kind === 'left' ? 2000 : 41_000]),
);
const counts = countsFrom(plan, { ...measures, read: 99_000 }, 800);

/** A stream that a steward had stopped before the program was started, on a cluster that is away. */
const record = {
  ...{ format: 'dataharmonize/stream', version: 1, plan, streamPlan: {}, ruleSetHash: 'r', brokers: ['b:1'] },
  ...{ registry: null, begin: 'earliest', sent: true, stopping: 'no' },
  stream: {
    ...{
      streamId: 'stream-of-customers',
      connection: 'away',
      kafka: 'k',
      source: 'customers',
      name: 'Shop rules',
    },
    ...{ state: 'stopped', message: 'Stopped after a whole batch.', planHash: 'a'.repeat(64), attempt: 2 },
    ...{
      topic: 'customers',
      outputTopic: 'clean',
      quarantineTopic: 'left',
      output: '/cleaned',
      begin: 'earliest',
    },
    ...{ created: '2026-01-01T00:00:00Z', started: '2026-01-01T00:00:00Z', finished: '2026-01-02T00:00:00Z' },
    ...{ livyBatch: 3, applicationId: 'application_1_0001', trackingUrl: null },
    progress: {
      ...{ messages: 100_000, tombstones: 200, unreadable: 800, unknownFields: 12, counts },
      ...{ lag: 34, perSecond: 4312.4, batches: 17, updated: '2026-01-02T00:00:00Z' },
      lastBatch: { finished: '2026-01-02T00:00:00Z', seconds: 4.2, messages: 6000 },
      partitions: [
        { partition: 0, next: 60_000, latest: 60_034 },
        { partition: 1, next: 40_000, latest: 40_000 },
      ],
    },
  },
};

const test = base.extend({
  home: async ({ home }, use) => {
    await mkdir(path.join(home, 'streams'));
    await writeFile(path.join(home, 'streams', 'stream-of-customers.json'), JSON.stringify(record));
    await use(home);
  },
});

test('a stream shows its counts, its lag and what left; going on says why it can’t, in place', async ({
  window,
}) => {
  await openSample(window);
  await window.keyboard.press('Control+3');
  await window.getByRole('tab', { name: 'Streams' }).click();
  const stream = window.getByRole('region', { name: 'Stream Shop rules' });
  await expect(stream.getByRole('heading')).toContainText('stopped');
  await expect(stream).toContainText('100,000 messages read, 200 of them tombstones');
  await expect(stream).toContainText('800 could not be read');
  await expect(stream).toContainText('adds up');
  await expect(stream.getByRole('note')).toContainText('12 messages had fields that the rules do not know');
  await expect(stream.getByRole('table', { name: 'Partitions' })).toContainText('60,034');
  await expect(stream.getByRole('button', { name: 'Stop after this batch' })).toHaveCount(0);
  await stream.getByRole('button', { name: 'Go on from where it was' }).click();
  await expect(stream.getByRole('heading')).toContainText('failed');
  await expect(stream.getByRole('status')).toContainText('There is no connection “away”');
  await expect(stream).toContainText('100,000 messages read');
});
