import { expect, test } from 'vitest';
import { follow } from '../../../main/live/follow';
import { messagesDialectSchema } from '../../../shared/messages/dialect';
import type { Batch, Topics } from '../../../shared/ports/topics';

const message = (offset: bigint) => ({
  ...{ partition: 0, offset, timestamp: 0, key: null, headers: [] },
  value: Buffer.from(`{"id":"${offset}"}`),
});
/** Messages 10 and 15; what stood between them is damaged. */
const batch: Batch = {
  ...{ partition: 0, messages: [message(10n), message(15n)], next: 16n, latest: 16n },
  damaged: [
    { start: 11n, end: 14n, why: 'checksum' },
    { start: 14n, end: 15n, why: 'packing' },
  ],
};

test('what is damaged counts as messages that cannot be read, with its first offset', async () => {
  const ending = new AbortController();
  const topics: Topics = {
    list: async () => [],
    ends: async () => new Map(),
    partitions: async () => [{ partition: 0, earliest: 10n, latest: 10n, leader: null }],
    offsetsAt: async () => new Map(),
    registry: null,
    async *read() {
      yield batch;
      await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
    },
    close: async () => {},
  };
  const following = await follow({
    ...{ topics, topic: 'in', isolation: 'committed', columns: ['id'], promise: [], positions: [] },
    ...{ window: 10, signal: ending.signal },
    dialect: messagesDialectSchema.parse({ format: 'messages', value: 'json', key: 'none' }),
  });
  let frame = null;
  while (frame === null || frame.counts.messages === 0) {
    await following.arrived();
    frame = following.take() ?? frame;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(frame.counts).toEqual({ messages: 6, rows: 2, tombstones: 0, unreadable: 4, passed: 0 });
  expect(frame.marks).toEqual([
    {
      ...{ kind: 'unreadable', shape: null, partition: 0, offset: 11, count: 3 },
      name: 'damaged on the broker: the checksum of its batch does not match',
    },
    {
      ...{ kind: 'unreadable', shape: null, partition: 0, offset: 14, count: 1 },
      name: 'in a batch that is packed in a way that is not understood',
    },
  ]);
  expect(frame.lag).toBe(0);
  ending.abort();
});
