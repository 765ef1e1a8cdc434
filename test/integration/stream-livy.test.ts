import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ensureSparkKafka } from '../../build/setup/spark-kafka.mjs';
import { createWebHdfs, type WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { openNative } from '../../main/engine/native';
import { createHost } from '../../main/host/create';
import type { Host } from '../../main/host/host';
import type { Stream } from '../../shared/contract/calls/streams';
import { type AppContract, contract } from '../../shared/contract/contract';
import type { CallContext, CallName, Handler, Input } from '../../shared/contract/define';
import { messagesDialectSchema } from '../../shared/messages/dialect';
import { type Cluster, type Kafka, startCluster, type Written } from '../cluster/start.mjs';
import { drain, faultOf } from '../doubles/outcome';
import { decodePlaces, decodeSample } from '../files/sampling/decode';
import { rulesOf, step } from '../unit/stream/rules';
import { readTopic } from './read-topic';

const TOPIC = 'customers';
const COLUMNS = ['key', 'id', 'name', 'address.city'];
const SCAN = {
  ...{ connection: 'test-kafka', path: TOPIC, dialect: messagesDialectSchema.parse({ format: 'messages' }) },
  ...{ on: 'cluster' as const, cluster: 'test-cluster' },
};

let cluster: Cluster;
let kafka: Kafka;
let hdfs: WebHdfs;
let host: Host;
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);

async function ask<N extends CallName<AppContract>>(
  name: N,
  input: Input<AppContract, N>,
  given: { signal?: AbortSignal; progress?: (told: { words?: string }) => void } = {},
) {
  const handler = host.handlers[name] as Handler<AppContract, N>;
  const context = { signal: new AbortController().signal, progress: () => {}, emit: () => {}, ...given };
  const answer = await handler(
    contract.calls[name].input.parse(input) as Parameters<typeof handler>[0],
    context as unknown as CallContext<AppContract, N>,
  );
  return contract.calls[name].output.parse(answer) as Awaited<ReturnType<typeof handler>>;
}

/** The connection to the listener that is encrypted and asks for a password. */
const giveKafka = (password: string) =>
  ask('connections.save', {
    connection: {
      ...{ id: 'test-kafka', kind: 'kafka', name: 'Test Kafka', brokers: kafka.listeners.SASL_SSL },
      tls: { ca: { text: kafka.tls.ca } },
      sasl: { mechanism: 'scram-sha-512', user: kafka.user.username },
    },
    secrets: { password },
  });

/** Waits until a stream is enough; one that fails meanwhile fails the test with its log. */
async function follow(streamId: string, enough: (stream: Stream) => boolean): Promise<Stream> {
  for (const deadline = Date.now() + 600_000; ; ) {
    const found = (await ask('stream.list', {})).find((one) => one.streamId === streamId);
    if (found && enough(found)) return found;
    if (found?.state === 'failed' || Date.now() > deadline) {
      const { lines } = await ask('stream.log', { streamId });
      throw new Error(
        `the stream did not come so far: ${JSON.stringify(found)}\n${lines.slice(-30).join('\n')}`,
      );
    }
    await wait(200);
  }
}

const customer = (i: number): Written => ({
  partition: i % 3,
  key: `c${i}`,
  value: JSON.stringify({
    id: `c${i}`,
    name: i % 10 === 0 ? null : `  Ann ${i} `,
    address: { city: 'Köln' },
  }),
});
const customers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => customer(from + i));

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-streams-')));
  vi.stubEnv('DATAHARMONIZE_HOME', at('home'));
  cluster = await startCluster({ kafka: true });
  if (!cluster.kafka) throw new Error('the cluster came without Kafka');
  kafka = cluster.kafka;
  hdfs = createWebHdfs({ url: cluster.webhdfsUrl, user: cluster.user });
  for (const topic of [TOPIC, `${TOPIC}.cleaned`, `${TOPIC}.quarantine`])
    await kafka.createTopic(topic, { partitions: 3 });
  host = await createHost({ shell: 'web', version: '0.0.0', log: (record) => expect.fail(record.error) });
  for (const connection of cluster.connections) await ask('connections.save', { connection });
  await giveKafka(kafka.user.password);
  await ask('project.create', { path: at('shop.dhz'), name: 'Shop' });
  const dialect = messagesDialectSchema.parse({ format: 'messages' });
  await ask('project.addSource', { connection: 'test-kafka', path: TOPIC, dialect });
  const rules = rulesOf(
    step('trim', ['name', 'address.city']),
    step('check', ['name'], { kind: 'not-empty', onFail: 'reject' }),
  );
  await writeFile(at('rules.json'), JSON.stringify(rules));
  await ask('project.importRules', { source: TOPIC, path: at('rules.json') });
});
afterAll(async () => {
  await host?.close();
  hdfs?.close();
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

test('a stream is reviewed, started, followed and stopped through Livy', async () => {
  const order = { source: TOPIC, connection: 'test-cluster', columns: COLUMNS };
  const lacking = await ask('stream.review', order);
  expect(lacking.obstacles).toEqual([
    expect.stringMatching(
      /lacks spark-sql-kafka-0-10, spark-token-provider-kafka-0-10, kafka-clients, commons-pool2/,
    ),
  ]);
  await kafka.produce(TOPIC, [
    ...customers(0, 300),
    { partition: 0, key: 'gone', value: null },
    { partition: 1, key: 'poison', value: '{"id": 1' },
  ]);
  const unable = await faultOf(ask('source.shapes', SCAN));
  expect(unable).toMatchObject({
    code: 'publish.jars',
    message: expect.stringMatching(/lacks spark-sql-kafka/),
  });
  for (const jar of await ensureSparkKafka({ log: console.log }))
    await hdfs.create(
      `/user/${cluster.user}/dataharmonize/jars/${path.basename(jar)}`,
      createReadStream(jar),
      {
        overwrite: false,
      },
    );
  const review = await ask('stream.review', order);
  expect(review).toMatchObject({ obstacles: [], topic: TOPIC, earlier: [] });
  expect(review.notes.join()).toMatch(
    /hands the password of “Test Kafka” to the job .* \(http\): the password/,
  );

  const start = {
    ...order,
    ...review.suggested,
    ...{ streamId: 'stream-of-customers', planHash: review.planHash, begin: 'earliest' as const },
  };
  const { streamId } = start;
  const same = { ...start, outputTopic: TOPIC };
  expect((await faultOf(ask('stream.start', { ...same, streamId: 'another-one' }))).code).toBe(
    'publish.targets',
  );
  const nowhere = await faultOf(ask('stream.start', { ...start, outputTopic: 'no-such-topic' }));
  expect(nowhere).toMatchObject({
    code: 'publish.topics-missing',
    message: expect.stringContaining('no-such-topic'),
  });
  const [first, second] = await Promise.all([ask('stream.start', start), ask('stream.start', start)]);
  expect(second.streamId).toBe(first.streamId);
  const other = await faultOf(ask('stream.start', { ...start, streamId: 'another-one' }));
  expect(other.code).toBe('publish.stream-runs');

  await follow(streamId, ({ progress }) => progress?.messages === 302);
  await kafka.produce(TOPIC, customers(300, 500));
  const all = await follow(streamId, ({ progress }) => progress?.messages === 502 && progress.lag === 0);
  expect(all).toMatchObject({
    state: 'running',
    attempt: 1,
    applicationId: expect.stringMatching(/^application_/),
  });
  expect(all.progress).toMatchObject({ tombstones: 1, unreadable: 1, unknownFields: 0 });
  expect(all.progress?.counts).toMatchObject({ read: 501, kept: 450, rejected: 51 });
  expect(all.progress?.counts.steps.map(({ changedCells, rejected }) => [changedCells, rejected])).toEqual([
    [450, 0],
    [0, 50],
  ]);
  expect(all.progress?.partitions.reduce((sum, { next }) => sum + next, 0)).toBe(502);

  expect(await ask('stream.stop', { streamId })).toMatchObject({ state: 'stopping' });
  const stopped = await follow(streamId, ({ state }) => state === 'stopped');
  expect(stopped).toMatchObject({ message: 'Stopped after a whole batch.', finished: expect.any(String) });
  expect((await ask('stream.review', order)).earlier).toMatchObject([{ streamId }]);

  const cleaned = await readTopic(kafka.brokers, start.outputTopic);
  expect(cleaned).toHaveLength(451);
  expect(cleaned.find(({ key }) => key === 'c7')?.value).toBe(
    '{"key":"c7","id":"c7","name":"Ann 7","address.city":"Köln"}',
  );
  expect(await readTopic(kafka.brokers, start.quarantineTopic)).toHaveLength(51);
  expect(await parquetRows(start.output)).toBe(450);

  // Started again with a password that the brokers no longer take.
  await giveKafka('an-old-secret');
  expect(await ask('stream.restart', { streamId })).toMatchObject({ attempt: 2 });
  const failed = await follow(streamId, ({ state }) => state === 'failed');
  expect(failed.message).toMatch(
    /^The brokers did not accept the sign-in: check user, password and mechanism/,
  );
  const secrets = new RegExp(`${kafka.user.password}|an-old-secret`);
  const runs = `/user/${cluster.user}/dataharmonize/_runs`;
  for (const run of [streamId, `${streamId}-1`, `${streamId}-2`])
    for (const { name, path: file, kind } of await drain(hdfs.list(`${runs}/${run}`)))
      if (kind === 'file') expect(await textOf(file), name).not.toMatch(secrets);
  expect((await ask('stream.log', { streamId })).lines.join('\n')).not.toMatch(secrets);
});

test('a job lists the shapes of the topic as a scan here does; of it and of a cancelled one nothing is left', async () => {
  await giveKafka(kafka.user.password);
  const said: string[] = [];
  const there = await ask('source.shapes', SCAN, { progress: ({ words = '' }) => said.push(words) });
  const here = await ask('source.shapes', { ...SCAN, on: 'here' });
  expect(there).toMatchObject({ rows: 500, unreadableCount: 1, messages: { tombstones: 1 } });
  const told = ({ rows, unreadableCount, bytes, columns }: typeof there) => ({
    ...{ rows, unreadableCount, bytes },
    columns: columns
      .map(({ name, different, shapes }) => [
        ...[name, different],
        ...shapes.map(({ shape, rows: found, example }) => [shape, found, example !== null]),
      ])
      .sort(),
  });
  expect(told(there)).toEqual(told(here));
  const at = decodePlaces(there.messages?.partitions ?? new Uint8Array());
  const offsets = decodePlaces(there.messages?.offsets ?? new Uint8Array());
  const key = there.columns.findIndex(({ name }) => name === 'key');
  for (const [i, cells] of decodeSample(there.examples).entries())
    expect(cells[key]).toBe(`c${(offsets[i] ?? 0) * 3 + (at[i] ?? 0)}`);
  expect(said).toContain('The cluster looks at the messages…');

  const cancelled = new AbortController();
  const given = {
    signal: cancelled.signal,
    progress: ({ words = '' }) =>
      words.startsWith('The cluster looks') && cancelled.abort(new Error('cancelled')),
  };
  await expect(ask('source.shapes', SCAN, given)).rejects.toThrow('cancelled');
  const runs = await drain(hdfs.list(`/user/${cluster.user}/dataharmonize/_runs`));
  expect(runs.map(({ name }) => name).filter((name) => name.startsWith('survey-'))).toEqual([]);
  const response = await fetch(`${cluster.yarnUrl}/ws/v1/cluster/apps?states=NEW,SUBMITTED,ACCEPTED,RUNNING`);
  expect(await response.text()).not.toContain('application_');
});

async function textOf(file: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of hdfs.open(file)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Counts the rows of a stream's folder on HDFS. */
async function parquetRows(output: string): Promise<number> {
  await mkdir(at('parquet'));
  let files = 0;
  for (const { name } of await drain(hdfs.list(output))) {
    if (!name.startsWith('batch=')) continue;
    for (const part of await drain(hdfs.list(`${output}/${name}`)))
      if (part.name.endsWith('.parquet'))
        await pipeline(
          Readable.from(hdfs.open(part.path)),
          createWriteStream(at('parquet', `${files++}.parquet`)),
        );
  }
  const engine = await openNative({ folders: [at('parquet')], temporaryFolder: at('parquet') });
  try {
    const { columns } = await engine.query(`SELECT count(*) FROM read_parquet('${at('parquet')}/*.parquet')`);
    return Number(columns[0]?.[0]);
  } finally {
    await engine.close();
  }
}
