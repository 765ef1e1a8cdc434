import { describe, expect, test } from 'vitest';
import type { Message, Stretch, Topics } from '../../shared/ports/topics';
import type { Codec, Kafka } from '../cluster/start.mjs';
import { drain, faultOf } from '../doubles/outcome';

/** Topics, the broker they stand on (written to by the Java client), and the groups that it knows. */
export type TopicsUnderTest = {
  topics: Topics;
  kafka: Kafka;
  groups(): Promise<readonly string[]>;
};

const CODECS: readonly Codec[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const textOf = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('utf8'));

let made = 0;
/** A name that no other topic of the broker has. */
const newName = (what: string) => `${what}.${++made}`;

/** All messages of some stretches; of the whole topic unless told. */
export async function readAll(
  topics: Topics,
  topic: string,
  {
    stretches,
    isolation = 'committed',
  }: { stretches?: readonly Stretch[]; isolation?: 'committed' | 'uncommitted' } = {},
): Promise<Message[]> {
  const parts = await topics.partitions(topic);
  const all = parts.map(({ partition, earliest, latest }) => ({ partition, start: earliest, end: latest }));
  const batches = await drain(topics.read(topic, { stretches: stretches ?? all, isolation }));
  return batches.flatMap(({ messages }) => messages);
}

/** What every implementation of Topics promises. */
export function testTopics(prepare: () => TopicsUnderTest): void {
  describe('as topics', () => {
    test('lists topics with their partitions, retention and size, and says which are internal', async () => {
      const { topics, kafka } = prepare();
      const name = newName('listed');
      await kafka.createTopic(name, { partitions: 2, settings: { 'retention.ms': '86400000' } });
      await kafka.createTopic('_schemas', { partitions: 1, settings: { 'cleanup.policy': 'compact' } });
      await kafka.produceMany(name, 1000);
      const listed = await topics.list();
      const found = listed.find((topic) => topic.name === name);
      expect(found).toMatchObject({
        internal: false,
        partitions: 2,
        retention: 86_400_000,
        compacted: false,
      });
      expect(found?.bytes).toBeGreaterThan(100_000);
      expect(listed.find((topic) => topic.name === '_schemas')).toMatchObject({
        internal: true,
        retention: null,
        compacted: true,
      });
      expect(listed.map((topic) => topic.name)).toEqual(listed.map((topic) => topic.name).toSorted());
    });

    test('tells the offsets of partitions, also of empty ones', async () => {
      const { topics, kafka } = prepare();
      const name = newName('offsets');
      await kafka.createTopic(name, { partitions: 3 });
      await kafka.produce(name, [
        { partition: 0, value: 'a' },
        { partition: 0, value: 'b' },
        { partition: 2, value: 'c' },
      ]);
      expect(await topics.partitions(name)).toEqual([
        { partition: 0, earliest: 0n, latest: 2n, leader: kafka.brokers[0] },
        { partition: 1, earliest: 0n, latest: 0n, leader: kafka.brokers[0] },
        { partition: 2, earliest: 0n, latest: 1n, leader: kafka.brokers[0] },
      ]);
      expect(await readAll(topics, name)).toHaveLength(3);
      const quiet = newName('quiet');
      await kafka.createTopic(quiet, { partitions: 2 });
      const ends = await topics.ends([name, quiet, 'no-such-topic']);
      expect(ends).toEqual(
        new Map([
          [name, 3n],
          [quiet, 0n],
        ]),
      );
    });

    test('finds offsets by time', async () => {
      const { topics, kafka } = prepare();
      const name = newName('times');
      await kafka.createTopic(name, { partitions: 2 });
      const at = (partition: number, timestamp: number) => ({ partition, timestamp, value: 'x' });
      await kafka.produce(name, [at(0, 1_000_000), at(0, 2_000_000), at(0, 3_000_000), at(1, 1_000_000)]);
      expect(await topics.offsetsAt(name, 2_000_000)).toEqual(
        new Map([
          [0, 1n],
          [1, 1n],
        ]),
      );
      expect(await topics.offsetsAt(name, 0)).toEqual(
        new Map([
          [0, 0n],
          [1, 0n],
        ]),
      );
      expect(await topics.offsetsAt(name, 9_000_000)).toEqual(
        new Map([
          [0, 3n],
          [1, 1n],
        ]),
      );
    });

    test('gives messages as they were written: key, value, headers, time; also null ones', async () => {
      const { topics, kafka } = prepare();
      const name = newName('whole');
      await kafka.createTopic(name, { partitions: 1 });
      await kafka.produce(name, [
        {
          timestamp: 1_700_000_000_123,
          key: 'k',
          value: 'v',
          headers: [
            ['source', 'crm'],
            ['none', null],
          ],
        },
        { timestamp: 1_700_000_000_000, key: null, value: null },
        { timestamp: 1_700_000_000_001, key: '', value: '' },
      ]);
      const bytes = (text: string) => Buffer.from(text);
      const messages = await readAll(topics, name);
      expect(
        messages.map((one) => ({
          ...one,
          key: one.key && Buffer.from(one.key),
          value: one.value && Buffer.from(one.value),
          headers: one.headers.map(([key, value]) => [key, value && Buffer.from(value)]),
        })),
      ).toEqual([
        {
          partition: 0,
          offset: 0n,
          timestamp: 1_700_000_000_123,
          key: bytes('k'),
          value: bytes('v'),
          headers: [
            ['source', bytes('crm')],
            ['none', null],
          ],
        },
        { partition: 0, offset: 1n, timestamp: 1_700_000_000_000, key: null, value: null, headers: [] },
        {
          partition: 0,
          offset: 2n,
          timestamp: 1_700_000_000_001,
          key: bytes(''),
          value: bytes(''),
          headers: [],
        },
      ]);
    });

    test.each(CODECS)(
      'reads what the Java client packs with %s, each message once and in order',
      async (codec) => {
        const { topics, kafka } = prepare();
        const name = newName(codec);
        await kafka.createTopic(name);
        await kafka.produceMany(name, 9_000, { codec });
        // Random bytes and one message over a megabyte: not everything gets smaller.
        const large = Buffer.alloc(1_500_000, 'grey goose ').map((byte, i) => byte ^ (i % 7));
        await kafka.produce(name, [{ partition: 1, value: large }], { codec });
        const messages = await readAll(topics, name);
        expect(messages).toHaveLength(9_001);
        for (const partition of [0, 1, 2]) {
          const offsets = messages
            .filter((one) => one.partition === partition)
            .map(({ offset }) => Number(offset));
          expect(offsets).toEqual(Array.from({ length: partition === 1 ? 3001 : 3000 }, (_, i) => i));
        }
        const seen = messages.find((one) => one.partition === 2 && one.offset === 1000n);
        expect(textOf(seen?.key ?? null)).toBe('C3002');
        expect(JSON.parse(textOf(seen?.value ?? null) ?? '')).toMatchObject({ customer_id: 'C000003002' });
        const last = messages.filter((one) => one.partition === 1).at(-1);
        expect(Buffer.from(last?.value ?? []).equals(large)).toBe(true);
      },
    );

    test('reads stretches to the message, also from the middle of a batch, and ends where no more are', async () => {
      const { topics, kafka } = prepare();
      const name = newName('stretches');
      await kafka.createTopic(name);
      await kafka.produceMany(name, 3_000, { codec: 'lz4' });
      const messages = await readAll(topics, name, {
        stretches: [
          { partition: 0, start: 17n, end: 20n },
          { partition: 2, start: 998n, end: 5_000n },
        ],
      });
      expect(messages.map(({ partition, offset }) => `${partition}:${offset}`)).toEqual([
        ...['0:17', '0:18', '0:19', '2:998', '2:999'],
      ]);
      expect(
        await readAll(topics, name, { stretches: [{ partition: 0, start: 1000n, end: 1001n }] }),
      ).toEqual([]);
      expect(await readAll(topics, name, { stretches: [] })).toEqual([]);
    });

    test('leaves out messages of aborted and open transactions unless told', async () => {
      const { topics, kafka } = prepare();
      const name = newName('transactions');
      await kafka.createTopic(name, { partitions: 1 });
      const some = (prefix: string) => [0, 1, 2].map((i) => ({ value: `${prefix}${i}` }));
      await kafka.produce(name, some('committed'), { transaction: 'commit' });
      await kafka.produce(name, some('aborted'), { transaction: 'abort', codec: 'zstd' });
      await kafka.produce(name, some('plain'));
      await kafka.produce(name, some('later'), { transaction: 'commit', codec: 'snappy' });
      await kafka.produce(name, some('open'), { transaction: 'open' });
      await kafka.produce(name, some('behind'));
      const prefixes = (messages: readonly Message[]) => [
        ...new Set(messages.map(({ value }) => textOf(value)?.replace(/\d$/, ''))),
      ];
      // What follows an open transaction is not stable yet, as every consumer sees it.
      expect(prefixes(await readAll(topics, name))).toEqual(['committed', 'plain', 'later']);
      const all = await readAll(topics, name, { isolation: 'uncommitted' });
      expect(prefixes(all)).toEqual(['committed', 'aborted', 'plain', 'later', 'open', 'behind']);
      expect(all).toHaveLength(18);
      // From the middle of the aborted ones.
      const late = await readAll(topics, name, { stretches: [{ partition: 0, start: 5n, end: 100n }] });
      expect(prefixes(late)).toEqual(['plain', 'later']);
    });

    test('joins no group and commits nothing', async () => {
      const { topics, kafka, groups } = prepare();
      const before = await groups();
      const name = newName('groups');
      await kafka.createTopic(name);
      await kafka.produceMany(name, 300);
      expect(await readAll(topics, name)).toHaveLength(300);
      expect(await groups()).toEqual(before);
    });

    test('goes on with messages as they come, and stops when told', async () => {
      const { topics, kafka } = prepare();
      const name = newName('live');
      await kafka.createTopic(name);
      const stop = new AbortController();
      const seen: string[] = [];
      const stretches = [0, 1, 2].map((partition) => ({ partition, start: 0n }));
      const following = (async () => {
        for await (const { messages } of topics.read(name, {
          stretches,
          isolation: 'committed',
          signal: stop.signal,
        })) {
          seen.push(...messages.map(({ value }) => textOf(value) ?? ''));
          if (seen.length === 1) await kafka.produce(name, [{ partition: 0, value: 'second' }]);
          if (seen.includes('second')) stop.abort(new Error('enough'));
        }
      })();
      await kafka.produce(name, [{ partition: 2, value: 'first' }]);
      await expect(following).rejects.toThrow('enough');
      expect(seen).toEqual(['first', 'second']);
    });

    test('tells when offsets have expired', async () => {
      const { topics, kafka } = prepare();
      const name = newName('expired');
      await kafka.createTopic(name, { partitions: 1 });
      await kafka.produceMany(name, 100);
      await kafka.deleteRecords(name, 0, 60);
      expect(await topics.partitions(name)).toMatchObject([{ earliest: 60n, latest: 100n }]);
      expect(await readAll(topics, name)).toHaveLength(40);
      const fault = await faultOf(
        readAll(topics, name, { stretches: [{ partition: 0, start: 10n, end: 80n }] }),
      );
      expect(fault).toMatchObject({ code: 'kafka.offset-expired', place: { path: name } });
    });

    test('says that a topic is not there', async () => {
      const { topics } = prepare();
      for (const attempt of [topics.partitions('nowhere'), topics.offsetsAt('nowhere', 0)])
        expect(await faultOf(attempt)).toMatchObject({ code: 'kafka.no-topic', place: { path: 'nowhere' } });
      expect((await topics.list()).map(({ name }) => name)).not.toContain('nowhere');
    });
  });
}
