import { expect, test } from 'vitest';
import { stepSchema } from '../../shared/document/rule-set';
import { record } from '../bench/record.mjs';
import { startMessaging } from '../cluster/start.mjs';
import { keptMemory } from '../doubles/memory';
import { openTopicWindow } from '../doubles/topic-window';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 10);
const EACH = Number(process.env.SOAK_RATE ?? 5_000);
/** Megabytes that the second half may take above the first. */
const ALLOWED = 80;
/** The same for what is kept once garbage was collected. */
const ALLOWED_KEPT = 15;

test('a topic is followed for minutes at thousands of messages a second, in flat memory', async () => {
  const messaging = await startMessaging();
  const window = await openTopicWindow(messaging);
  const { kafka } = messaging;
  const { workbench, until, host } = window;
  await kafka.createTopic('stream', { settings: { 'segment.bytes': '52428800' } });
  await kafka.produceMany('stream', EACH);
  const connection = 'test-kafka';
  const { dialect } = await host.call('topics.look', { connection, topic: 'stream' });
  workbench.openProject(
    await host.call('project.addSource', { connection, path: 'stream', name: 'stream', dialect }),
  );
  await until('the sample', ({ sample }) => sample.status === 'ready');
  const step = stepSchema.parse({ id: 't', operation: 'trim', columns: ['first_name', 'email'] });
  workbench.edit({ kind: 'insert-step', index: 0, step });
  await until('the preview', ({ preview }) => preview.status === 'current');
  workbench.live.follow();
  await until('the first frame', ({ live }) => live.status === 'following');
  const used: number[] = [];
  const kept: number[] = [];
  const start = performance.now();
  const seconds = MINUTES * 60;
  for (let second = 0; second < seconds; second++) {
    await kafka.produceMany('stream', EACH, { from: EACH * (second + 1) });
    used.push(process.memoryUsage().rss / 1e6);
    if (second % 10 === 9) kept.push(keptMemory());
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, start + (second + 1) * 1000 - performance.now())),
    );
  }
  const sent = seconds * EACH;
  const { live } = await until('all messages', (state) => state.live.counts.messages === sent, 120);
  expect(live.counts.rows).toBe(sent);
  const half = Math.floor(seconds / 2);
  const most = (of: readonly number[], from: number, to?: number) =>
    Math.round(Math.max(...of.slice(from, to)));
  const [first, second] = [most(used, Math.min(30, half - 1), half), most(used, half)];
  const keptHalf = Math.floor(kept.length / 2);
  const [keptFirst, keptSecond] = [most(kept, Math.min(3, keptHalf - 1), keptHalf), most(kept, keptHalf)];
  await window.close();
  await messaging.stop();
  record('soak', 'live-topic', {
    title: 'A topic followed live',
    conditions: { minutes: MINUTES, 'messages a second': EACH, 'rows in view': 5_000 },
    rows: [
      {
        'messages read': live.counts.messages,
        'rows checked': live.counts.rows,
        'not shown, as newer ones had come': live.counts.passed,
        'most memory after warming up, first half, MB': first,
        'most memory, second half, MB': second,
        'most kept after collecting, first half, MB': keptFirst,
        'most kept after collecting, second half, MB': keptSecond,
        'seconds in all': Math.round((performance.now() - start) / 1000),
      },
    ],
    notes: ['Host, window state and the window’s DuckDB run in one process, whose memory this is.'],
  });
  expect(second - first).toBeLessThan(ALLOWED);
  expect(keptSecond - keptFirst).toBeLessThan(ALLOWED_KEPT);
});
