import { expect } from 'vitest';
import { createTopics } from '../../main/connectors/kafka/topics';
import { coverTopic } from '../../main/sampling/topic-cover';
import { sampleTopic } from '../../main/sampling/topic-sample';
import { coverTopicOnCluster } from '../../main/sampling/topic-survey';
import type { ShapeCover } from '../../shared/contract/calls/source';
import type { TopicScan } from '../../shared/document/topic-sampling';
import { type MessagesDialect, messagesDialectSchema } from '../../shared/messages/dialect';
import type { StreamAccess } from '../../shared/ports/publisher';
import { MOST_SHAPES } from '../../shared/sampling/cover';
import type { Messaging, Written } from '../cluster/start.mjs';
import { drain, faultOf } from '../doubles/outcome';
import { decodePlaces, decodeSample } from '../files/sampling/decode';
import type { startScans } from './local-scans';

const JSON_VALUES = messagesDialectSchema.parse({ format: 'messages', value: 'json', key: 'text' });
const AVRO_VALUES = messagesDialectSchema.parse({ format: 'messages', value: 'registry', key: 'text' });
const ALL: TopicScan = { method: 'all', isolation: 'committed' };
const POISON = ['{"a', '[1]', '{"id":1,"id":2}', '', Buffer.from([0x7b, 0xff, 0x7d])];

/** A shape of its own for each number: `9_A-9_…`. */
const freeText = (i: number) =>
  [...i.toString(4)].map((digit) => ['a', 'B', '9', 'é!'][Number(digit)]).join('_');

/** A nested field, one that comes late, one that is never filled, one with too many shapes, one odd value. */
function valueAt(i: number): Written['value'] {
  if (i % 50 === 7) return null;
  if (i % 50 === 8) return POISON[i % POISON.length] ?? '';
  return JSON.stringify({
    id: i % 3 === 0 ? i : `C${i}`,
    phone: i === 777 ? '+49 (0)30' : `555-${i}`,
    address: i % 4 === 0 ? null : { city: i % 5 === 0 ? '' : `Köln ${i}`, tags: [i] },
    nothing: null,
    note: freeText(i),
    ...(i > 1200 && { late: i % 2 === 0 }),
  });
}

export type ScanProof = {
  readonly messaging: Messaging;
  readonly scans: ReturnType<typeof startScans>;
  /** A topic of messages by schemas of the registry. */
  readonly avro: string;
};

const told = ({ columns, ...cover }: ShapeCover) => ({
  ...{ rows: cover.rows, unreadable: cover.unreadableCount, bytes: cover.bytes },
  tombstones: cover.messages?.tombstones,
  columns: columns
    .map(({ name, different, shapes }) => ({
      ...{ name, different },
      shapes: shapes.map(({ shape, rows, example }) => [
        ...[shape, rows],
        // Where there are too many, which of them have examples goes by the order of reading.
        different <= MOST_SHAPES && example !== null,
      ]),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
});

/**
 * Scans of topics by Spark against scans here: poison, tombstones, transactions, removed messages, schemas of the
 * registry; and what becomes of a scan whose brokers are away or that may not sign in.
 */
export async function proveScans({ messaging, scans, avro }: ScanProof): Promise<void> {
  const { kafka, registryUrl } = messaging;
  const topics = createTopics({
    brokers: kafka.brokers,
    ...(registryUrl && { registry: { url: registryUrl } }),
  });
  await kafka.createTopic('scanned', { partitions: 3 });
  const all = Array.from(
    { length: 1500 },
    (_, i): Written => ({ partition: i % 3, key: `K${i}`, value: valueAt(i) }),
  );
  await kafka.produce('scanned', all, { codec: 'zstd' });
  const row = (id: string) => [{ partition: 1, key: 'T', value: JSON.stringify({ id }) }];
  await kafka.produce('scanned', row('kept-in-a-transaction'), { transaction: 'commit' });
  await kafka.produce('scanned', row('ABORTED'), { transaction: 'abort' });
  await kafka.produce('scanned', row('open!'), { transaction: 'open' });
  await kafka.produce('scanned', row('behind?'));
  await kafka.deleteRecords('scanned', 0, 20);

  const reach = { brokers: kafka.brokers, registry: registryUrl, access: null as StreamAccess | null };
  const scan = (topic: string, dialect: MessagesDialect, messages: TopicScan, changed = {}) =>
    coverTopicOnCluster({ ...scans.jobs, topics, topic, dialect, messages, ...reach, ...changed });
  const prove = async (topic: string, dialect: MessagesDialect, messages: TopicScan) => {
    const there = await scan(topic, dialect, messages);
    const here = await coverTopic({ topics, topic, dialect, messages });
    expect(told(there)).toEqual(told(here));
    // Each example is the message at its place, cell for cell, and has its shape.
    const sampling = { method: 'last', isolation: messages.isolation, rows: 100_000 } as const;
    const whole = await sampleTopic({ topics, topic, dialect, sampling });
    if (whole.places?.kind !== 'offset') throw new Error('the rows have no offsets');
    const rows = decodeSample(whole.arrow);
    const [at, partitions] = [decodePlaces(whole.places.at), decodePlaces(whole.places.partitions)];
    const byPlace = new Map(rows.map((cells, i) => [`${partitions[i]}:${at[i]}`, cells]));
    const names = there.columns.map(({ name }) => name);
    const [p, o] = [there.messages?.partitions, there.messages?.offsets].map((one) =>
      decodePlaces(one ?? new Uint8Array()),
    );
    for (const [i, cells] of decodeSample(there.examples).entries()) {
      const found = byPlace.get(`${p?.[i]}:${o?.[i]}`);
      expect(cells).toEqual(names.map((name) => found?.[whole.columns.indexOf(name)] ?? null));
    }
    return there;
  };

  const [committed] = await Promise.all([
    prove('scanned', JSON_VALUES, ALL),
    prove('scanned', JSON_VALUES, { method: 'last', rows: 90, isolation: 'uncommitted' }),
    prove(avro, AVRO_VALUES, ALL),
  ]);
  // Every message is a row, unreadable or a tombstone; 20 are removed, and of transactions one is committed.
  const tombstones = committed.messages?.tombstones ?? 0;
  expect(committed.rows + committed.unreadableCount + tombstones).toBe(1500 - 20 + 1);
  expect(committed.columns.map(({ name }) => name)).not.toContain('address');
  expect(committed.columns.find(({ name }) => name === 'note')?.different).toBeGreaterThan(MOST_SHAPES);
  const odd = committed.columns
    .find(({ name }) => name === 'phone')
    ?.shapes.find(({ shape }) => shape === '+9 (9)9');
  expect(odd).toMatchObject({ rows: 1 });
  expect(decodePlaces(committed.messages?.offsets ?? new Uint8Array())[odd?.example ?? -1]).toBe(259);

  const wrong = {
    sasl: { mechanism: 'scram-sha-512', user: kafka.user.username, password: 'an-old-secret' },
  } as const;
  const [away, refused, missing] = await Promise.all([
    faultOf(scan('scanned', JSON_VALUES, ALL, { brokers: ['127.0.0.1:9'] })),
    faultOf(scan('scanned', JSON_VALUES, ALL, { brokers: kafka.listeners.SASL_PLAINTEXT, access: wrong })),
    faultOf(scan(avro, AVRO_VALUES, ALL, { registry: 'http://127.0.0.1:9' })),
  ]);
  expect(away).toMatchObject({
    code: 'stream.brokers',
    message: expect.stringMatching(/not be reached from/),
  });
  expect(refused).toMatchObject({
    code: 'stream.sign-in',
    message: expect.stringMatching(/^The brokers did not/),
  });
  expect(missing).toMatchObject({ code: 'registry.unreachable' });
  expect(scans.words()).not.toContain('an-old-secret');
  // Nothing is left of any.
  expect(await drain(scans.jobs.connector.list(`${scans.jobs.root}/_runs`))).toEqual([]);
  await topics.close();
}
