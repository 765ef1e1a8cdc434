import { mkdtemp, open, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import avro from 'avsc';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ensureSparkKafka } from '../../build/setup/spark-kafka.mjs';
import { findSpark } from '../../main/verify/spark-local';
import { decodeTable } from '../../renderer/engine/arrow';
import type { AppContract } from '../../shared/contract/contract';
import type { Output } from '../../shared/contract/define';
import { stepSchema } from '../../shared/document/rule-set';
import type { Sampling } from '../../shared/document/sampling';
import { type Messaging, startMessaging, type Written } from '../cluster/start.mjs';
import { keptMemory } from '../doubles/memory';
import { faultOf } from '../doubles/outcome';
import { openTopicWindow, type TopicWindow } from '../doubles/topic-window';
import { startScans } from './local-scans';
import { proveScans } from './scan-proof';

let messaging: Messaging;
let window: TopicWindow;
const connection = 'test-kafka';

beforeAll(async () => {
  messaging = await startMessaging({ registry: true });
  window = await openTopicWindow(messaging);
});
afterAll(async () => {
  await window?.close();
  await messaging?.stop();
});

/** Registers a schema and answers its id. */
async function register(subject: string, schema: object, schemaType = 'AVRO') {
  const answer = await fetch(`${messaging.registryUrl}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema), schemaType }),
  });
  const { id, message } = (await answer.json()) as { id: number; message?: string };
  expect([answer.status, message]).toEqual([200, undefined]);
  return id;
}

const framed = (id: number, body: Uint8Array) => {
  const head = Buffer.alloc(5);
  head.writeInt32BE(id, 1);
  return Buffer.concat([head, body]);
};

const look = (topic: string) => window.host.call('topics.look', { connection, topic });
async function sample(topic: string, sampling: Sampling = LAST, changed = {}) {
  const { dialect } = await look(topic);
  return window.host.call('source.sample', {
    ...{ connection, path: topic, sampling },
    dialect: { ...dialect, ...changed },
  });
}
type Sampled = Output<AppContract, 'source.sample'>;
const LAST: Sampling = { method: 'last', isolation: 'committed', rows: 20_000 };

function rowsOf({ arrow, columns }: Sampled) {
  const table = decodeTable([arrow]);
  return Array.from({ length: table.rows }, (_, i) =>
    Object.fromEntries(columns.map((name, c) => [name, table.columns[c + 1]?.[i]])),
  );
}
function placesOf({ places }: Sampled) {
  if (places?.kind !== 'offset') throw new Error('the rows have no offsets');
  const [at, partitions] = [places.at, places.partitions].map((one) => [
    ...new Float64Array(one.slice().buffer),
  ]);
  return at?.map((offset, i) => `${partitions?.[i]}:${offset}`);
}

describe('samples of topics', () => {
  test('JSON messages with tombstones, null keys and poison ones: every message is accounted for', async () => {
    await messaging.kafka.createTopic('customers', { partitions: 2 });
    const written: Written[] = [
      { partition: 0, key: 'C1', value: '{"id":1.0,"name":" Ann ","address":{"city":"Oslo"}}' },
      { partition: 0, key: 'C1', value: null },
      { partition: 0, key: null, value: '{"id":2,"tags":["a"]}' },
      { partition: 1, key: 'C3', value: '{"id":3,"id":4}' },
      { partition: 1, key: 'C4', value: 'no json' },
      { partition: 1, key: 'C5', value: Buffer.from([0x7b, 0xff, 0x7d]) },
      { partition: 1, key: 'C6', value: '{"id":12345678901234567890,"name":null}' },
    ];
    await messaging.kafka.produce('customers', written);
    const { dialect, partitions, notes } = await look('customers');
    expect(dialect).toEqual({ format: 'messages', value: 'text', key: 'text', keyColumn: 'key' });
    expect(partitions.map(({ latest }) => latest)).toEqual([3, 4]);
    expect(notes.join()).toContain('One of the last 7');
    const drawn = await sample('customers', LAST, { value: 'json' });
    expect(rowsOf(drawn)).toEqual([
      { key: 'C1', id: '1.0', name: ' Ann ', 'address.city': 'Oslo', tags: null },
      { key: null, id: '2', name: null, 'address.city': null, tags: '["a"]' },
      { key: 'C6', id: '12345678901234567890', name: null, 'address.city': null, tags: null },
    ]);
    expect(placesOf(drawn)).toEqual(['0:0', '0:2', '1:3']);
    expect(drawn.unreadable).toEqual(
      [
        [0, 'a key that stands there twice'],
        [1, 'not valid JSON'],
        [2, 'not valid UTF-8'],
      ].map(([offset, reason]) => ({ record: null, line: null, partition: 1, offset, reason })),
    );
    expect(drawn.unreadableCount).toBe(3);
    expect(drawn.drawn).toMatchObject({ how: 'last-messages', tombstones: 1, parts: { read: 2, of: 2 } });
    expect(drawn.rows + drawn.unreadableCount + (drawn.drawn.tombstones ?? 0)).toBe(written.length);
    const cover = await window.host.call('source.shapes', {
      ...{ connection, path: 'customers', dialect: { ...dialect, value: 'json' as const } },
    });
    expect([cover.rows, cover.unreadableCount]).toEqual([3, 3]);
    expect(cover.columns.find(({ name }) => name === 'id')?.shapes).toMatchObject([
      { shape: '9', rows: 2, first: 2 },
      { shape: '9.9', rows: 1, first: 1 },
    ]);
    expect([...new Float64Array(cover.messages?.offsets.slice().buffer ?? new ArrayBuffer())]).toEqual([
      0, 2,
    ]);
  });

  test('a batch that is damaged on the broker’s disk is told with its offsets; the others are read', async () => {
    const { kafka, directory } = messaging;
    await kafka.createTopic('damaged', { partitions: 1 });
    // Each is written as a batch of its own.
    for (const from of [0, 3, 6])
      await kafka.produce(
        'damaged',
        [0, 1, 2].map((i) => ({ key: null, value: JSON.stringify({ id: from + i }) })),
      );
    const log = path.join(directory, `kafka-${kafka.version}/node-1/data/damaged-0/${'0'.repeat(20)}.log`);
    const file = await open(log, 'r+');
    try {
      const { buffer } = await file.read({ position: 0, length: 4096, buffer: Buffer.alloc(4096) });
      const second = 12 + buffer.readInt32BE(8);
      expect(buffer.readBigInt64BE(second)).toBe(3n);
      // Deep in its records.
      await file.write(Uint8Array.of((buffer[second + 75] as number) ^ 1), 0, 1, second + 75);
    } finally {
      await file.close();
    }
    const drawn = await sample('damaged', LAST, { value: 'json' });
    expect(rowsOf(drawn).map(({ id }) => id)).toEqual(['0', '1', '2', '6', '7', '8']);
    expect(drawn.unreadable).toEqual([
      {
        ...{ record: null, line: null, partition: 0, offset: 3 },
        reason: 'damaged on the broker: the checksum of its batch does not match, up to offset 5',
      },
    ]);
    expect(drawn.unreadableCount).toBe(3);
  });

  test('Avro and JSON Schema messages by the registry, also of unknown ids', async () => {
    const decimal = { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 };
    const city = { type: 'record', name: 'City', fields: [{ name: 'name', type: 'string' }] };
    const fields = [
      { name: 'id', type: 'string' },
      { name: 'balance', type: decimal },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
      { name: 'city', type: ['null', city] },
    ];
    const record = { type: 'record', name: 'Customer', namespace: 'shop', fields };
    const id = await register('orders-value', record);
    const json = await register(
      'other',
      { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' },
      'JSON',
    );
    const type = avro.Type.forSchema(record as never);
    const value = type.toBuffer({
      id: 'C1',
      balance: Buffer.from([1, 2]),
      at: 1767225600000,
      city: { name: 'Oslo' },
    });
    await messaging.kafka.createTopic('orders', { partitions: 1 });
    await messaging.kafka.produce('orders', [
      ...Array.from({ length: 6 }, () => ({ key: 'k', value: framed(id, value) })),
      { key: 'k', value: framed(json, Buffer.from('{"id":"C2"}')) },
      { key: 'k', value: framed(999_999, value) },
      { key: 'k', value: framed(id, value.subarray(0, -2)) },
    ]);
    const { dialect } = await look('orders');
    expect(dialect).toMatchObject({ value: 'registry', key: 'text' });
    const drawn = await sample('orders');
    expect(rowsOf(drawn).at(0)).toEqual({
      ...{ key: 'k', id: 'C1', balance: '2.58', at: '2026-01-01T00:00:00.000Z', 'city.name': 'Oslo' },
    });
    expect(rowsOf(drawn).at(6)).toMatchObject({ id: 'C2', balance: null });
    expect(drawn.unreadable.map(({ offset, reason }) => [offset, reason])).toEqual([
      [7, 'a schema id that the registry does not know'],
      [8, 'it ends too early'],
    ]);
    const { topics } = await window.host.call('topics.list', { connection });
    expect(topics.find(({ name }) => name === 'orders')?.subjects).toEqual(['orders-value']);
  });

  test('a job finds the shapes that a scan here finds, with the place of each example', async () => {
    const spark = findSpark();
    if (!spark) throw expect.fail('There is no Spark: type  npm run setup:spark');
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-scans-')));
    const scans = startScans(spark, await ensureSparkKafka({ log: console.log }), folder);
    onTestFinished(async () => {
      await scans.close();
      await rm(folder, { recursive: true, force: true });
    });
    await proveScans({ messaging, scans, avro: 'orders' });
  });

  test('by last messages, by time and by offsets, shared out among partitions', async () => {
    await messaging.kafka.createTopic('many', { partitions: 3 });
    const timestamp = (i: number) => 1_767_225_600_000 + i * 1000;
    const all = Array.from({ length: 320 }, (_, i) => ({
      // The last partition has few.
      partition: i < 310 ? i % 2 : 2,
      timestamp: timestamp(i),
      value: `{"i":${i}}`,
    }));
    await messaging.kafka.produce('many', all, { codec: 'lz4' });
    const numbers = async (sampling: Sampling) =>
      rowsOf(await sample('many', sampling)).map(({ i }) => Number(i));
    const last = await numbers({ method: 'last', isolation: 'committed', rows: 30 });
    expect(last).toHaveLength(30);
    expect(last.filter((i) => i >= 310)).toHaveLength(10);
    expect(Math.min(...last)).toBe(290);
    const from = timestamp(100);
    const since = await numbers({
      method: 'time',
      from,
      to: timestamp(110),
      isolation: 'committed',
      rows: 1000,
    });
    expect(since.sort((a, b) => a - b)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
    const ranges = [{ partition: 2, start: 3, end: 5 }];
    expect(await numbers({ method: 'offsets', ranges, isolation: 'committed', rows: 10 })).toEqual([
      313, 314,
    ]);
    const some = await numbers({ method: 'last', partitions: [2], isolation: 'committed', rows: 1000 });
    expect(some).toHaveLength(10);
  });

  test('files cannot be sampled so, and topics not as files', async () => {
    const { dialect } = await look('many');
    const first = { method: 'first', rows: 5 } as const;
    expect(
      await faultOf(
        window.host.call('source.sample', { connection, path: 'many', dialect, sampling: first }),
      ),
    ).toMatchObject({ code: 'source.sampling' });
  });
});

describe('a topic in the window', () => {
  test('is followed: new messages go through the rules, what was not promised is marked with its offset', async () => {
    const { kafka } = messaging;
    const { workbench, until, host } = window;
    await kafka.createTopic('followed', { partitions: 2 });
    const row = (i: number, more = {}) => JSON.stringify({ id: `C${i}`, name: ` Ann${i} `, ...more });
    await kafka.produce(
      'followed',
      [0, 1, 2, 3].map((i) => ({ partition: i % 2, value: row(i) })),
    );
    const { dialect } = await look('followed');
    workbench.openProject(
      await host.call('project.addSource', { connection, path: 'followed', name: 'followed', dialect }),
    );
    workbench.selectSource(workbench.store.getState().project?.project.sources.at(-1)?.id ?? null);
    await until('the sample', ({ sample: { status } }) => status === 'ready');
    workbench.edit({
      kind: 'insert-step',
      index: 0,
      step: stepSchema.parse({ id: 't', operation: 'trim', columns: ['name'] }),
    });
    await until(
      'the preview',
      ({ preview }) => preview.status === 'current' && preview.steps.t?.changedCells === 4,
    );

    workbench.live.follow();
    // It begins with what comes after it has begun.
    await until('the first frame', ({ live }) => live.status === 'following');
    await kafka.produce('followed', [
      { partition: 0, value: row(10) },
      { partition: 0, value: row(11, { name: null }) },
      { partition: 1, value: row(12, { id: '12-C' }) },
      { partition: 1, value: row(13, { extra: 'x' }) },
      { partition: 1, value: null },
      { partition: 1, value: 'poison' },
    ]);
    const seen = await until('the messages', ({ live }) => live.counts.messages === 6);
    expect(seen.live.counts).toEqual({ messages: 6, rows: 4, tombstones: 1, unreadable: 1, passed: 0 });
    expect(
      seen.live.marks
        .map(({ kind, name, shape, partition, offset }) => [kind, name, shape, `${partition}:${offset}`])
        .sort(),
    ).toEqual([
      ['field', 'extra', null, '1:3'],
      ['null', 'name', null, '0:3'],
      ['shape', 'id', '9-A', '1:2'],
      ['unreadable', 'not valid JSON', null, '1:5'],
    ]);
    await until(
      'the rows',
      ({ sample, preview }) =>
        sample.status === 'ready' &&
        sample.sample.rows === 4 &&
        preview.status === 'current' &&
        preview.counts?.read === 4,
    );
    const rows = await workbench.preview.rows([1, 2, 3, 4] as never);
    expect(rows).toHaveLength(4);
    const labels = [1, 2, 3, 4].map((number) => workbench.preview.label(number));
    expect(labels.toSorted()).toEqual(['0:2', '0:3', '1:2', '1:3']);

    workbench.live.pause();
    await kafka.produce('followed', [{ partition: 0, value: row(20) }]);
    expect(workbench.store.getState().live.status).toBe('paused');
    workbench.live.follow();
    const on = await until('what came meanwhile', ({ live }) => live.counts.messages === 7);
    expect(on.live.counts).toMatchObject({ rows: 5, tombstones: 1, unreadable: 1 });
    workbench.resample();
    await until('a sample again', (state) => state.live.status === 'off' && state.sample.status === 'ready');
  });

  test('5,000 messages a second for a minute: each is counted and checked, and memory stays flat', async () => {
    const { kafka } = messaging;
    const { workbench, until, host } = window;
    await kafka.createTopic('stream', { partitions: 3 });
    await kafka.produceMany('stream', 5_000);
    const { dialect } = await look('stream');
    workbench.openProject(
      await host.call('project.addSource', { connection, path: 'stream', name: 'stream', dialect }),
    );
    workbench.selectSource(workbench.store.getState().project?.project.sources.at(-1)?.id ?? null);
    await until('the sample', ({ sample: { status } }) => status === 'ready');
    const steps = [
      { id: 't', operation: 'trim', columns: ['first_name', 'email'] },
      { id: 'l', operation: 'change-case', columns: ['email'], parameters: { to: 'lower' } },
    ];
    for (const [index, step] of steps.entries())
      workbench.edit({ kind: 'insert-step', index, step: stepSchema.parse(step) });
    await until('the preview', ({ preview }) => preview.status === 'current');
    workbench.live.follow();
    await until('the first frame', ({ live }) => live.status === 'following');

    const [seconds, each] = [60, 5_000];
    const kept: number[] = [];
    const start = performance.now();
    for (let second = 0; second < seconds; second++) {
      await kafka.produceMany('stream', each, { from: 5_000 + second * each });
      if (second === 40)
        await kafka.produce('stream', [{ partition: 1, key: 'K', value: '{"customer_id":"??"}' }]);
      await new Promise((resolve) => setTimeout(resolve, start + (second + 1) * 1000 - performance.now()));
      if ((second + 1) % 5 === 0) kept.push(keptMemory());
    }
    const sent = seconds * each + 1;
    const { live } = await until('all messages', (state) => state.live.counts.messages === sent, 30);
    expect(live.counts.rows).toBe(sent);
    expect(live.counts.unreadable).toBe(0);
    expect(live.marks).toContainEqual({
      ...{ kind: 'shape', name: 'customer_id', shape: '??', partition: 1, count: 1 },
      offset: expect.any(Number),
    });
    const { sample } = await until('the window', (state) => state.preview.status === 'current');
    expect(sample.status === 'ready' && sample.sample.rows).toBe(5_000);
    workbench.live.stop();
    // What the windows before were computed in is gone.
    const { columns } = await window.engine.query('SELECT count(*) FROM duckdb_tables()');
    expect(Number(columns[0]?.[0])).toBeLessThan(60);
    console.info(
      `memory kept (MB), each 5 s: ${kept.map(Math.round).join(' ')}; not shown: ${live.counts.passed}`,
    );
    // A hundred thousand messages, as read or as rows, would be more than the last twenty seconds may keep.
    const most = (from: number, to: number) => Math.max(...kept.slice(from, to));
    expect(most(8, 12) - most(4, 8)).toBeLessThan(15);
  });
});
