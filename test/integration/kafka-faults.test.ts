import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KafkaSettings } from '../../main/connectors/kafka/settings';
import { createTopics } from '../../main/connectors/kafka/topics';
import type { Topics } from '../../shared/ports/topics';
import { type Kafka, type Messaging, startMessaging } from '../cluster/start.mjs';
import { readAll } from '../contract/topics-suite';
import { openAdmin, token } from '../doubles/kafka-admin';
import { faultOf } from '../doubles/outcome';

const PROMISED_MS = 10_000;
let messaging: Messaging;
let kafka: Kafka;
const opened: Topics[] = [];

beforeAll(async () => {
  messaging = await startMessaging({ kafkaNodes: 2 });
  kafka = messaging.kafka;
});

afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await messaging?.stop();
});

function open(settings: KafkaSettings): Topics {
  const topics = createTopics(settings);
  opened.push(topics);
  return topics;
}

/** The fault of a first look with these settings; it must come in time, and say what to do. */
async function faultWith(settings: KafkaSettings) {
  const since = performance.now();
  const fault = await faultOf(open(settings).list());
  expect(performance.now() - since).toBeLessThan(PROMISED_MS);
  expect(fault).toMatchObject({ message: expect.stringMatching(/\S/), advice: expect.stringMatching(/\S/) });
  // What was typed as a secret stands in no fault.
  expect(JSON.stringify(fault)).not.toContain('wrong-secret');
  return fault;
}

describe('settings that do not fit', () => {
  const wrong = { username: 'alice', password: 'wrong-secret' };

  test.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'a wrong password, %s',
    async (mechanism) => {
      const fault = await faultWith({
        brokers: kafka.listeners.SASL_PLAINTEXT,
        sasl: { mechanism, ...wrong },
      });
      expect(fault).toMatchObject({ code: 'kafka.sign-in', message: expect.stringContaining('alice') });
    },
  );

  test('a token that has expired', async () => {
    const { ca } = kafka.tls;
    const fault = await faultWith({
      brokers: kafka.listeners.SASL_SSL,
      tls: { ca },
      sasl: { mechanism: 'oauthbearer', token: token(-3600) },
    });
    expect(fault).toMatchObject({ code: 'kafka.sign-in', message: expect.stringContaining('token') });
  });

  test('a certificate authority that is not known here', async () => {
    const fault = await faultWith({ brokers: kafka.listeners.SSL, tls: {} });
    expect(fault).toMatchObject({ code: 'kafka.tls', message: expect.stringContaining('not trusted') });
  });

  test('a certificate for another name', async () => {
    const brokers = kafka.listeners.SSL.map((address) => address.replace('127.0.0.1', '127.0.0.2'));
    const fault = await faultWith({ brokers, tls: { ca: kafka.tls.ca } });
    expect(['kafka.tls', 'kafka.unreachable']).toContain(fault.code);
  });

  test("no client's certificate where one is asked for", async () => {
    const fault = await faultWith({ brokers: kafka.listeners.MTLS, tls: { ca: kafka.tls.ca } });
    expect(fault).toMatchObject({ code: 'kafka.client-certificate' });
  });

  test('plain text to a port that speaks TLS', async () => {
    const fault = await faultWith({ brokers: kafka.listeners.SSL });
    expect(fault).toMatchObject({ advice: expect.stringContaining('set TLS') });
  });

  test('TLS to a port that speaks plain text', async () => {
    const fault = await faultWith({ brokers: kafka.listeners.PLAINTEXT, tls: { ca: kafka.tls.ca } });
    expect(fault.advice).toMatch(/TLS/);
  });

  test('no sign-in where one is asked for', async () => {
    const fault = await faultWith({ brokers: kafka.listeners.SASL_PLAINTEXT });
    expect(fault).toMatchObject({ code: 'kafka.closed', advice: expect.stringContaining('sign-in') });
  });

  test('a sign-in where none is taken', async () => {
    const fault = await faultWith({
      brokers: kafka.listeners.PLAINTEXT,
      sasl: { mechanism: 'plain', ...kafka.user },
    });
    expect(fault).toMatchObject({ code: 'kafka.no-sign-in' });
  });

  test('nothing listens', async () => {
    const fault = await faultWith({ brokers: ['127.0.0.1:1'] });
    expect(fault).toMatchObject({
      code: 'kafka.unreachable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });

  test('a name that nobody knows', async () => {
    expect(await faultWith({ brokers: ['kafka.example.invalid:9092'] })).toMatchObject({
      code: 'kafka.unreachable',
    });
  });

  test('something that takes connections and never answers', async () => {
    const silent = await listen();
    const fault = await faultWith({ brokers: [silent.address] });
    expect(fault.code).toMatch(/kafka\.(timeout|unreachable)/);
    silent.server.close();
  });

  test('one broker of several is enough', async () => {
    const topics = open({ brokers: ['127.0.0.1:1', 'kafka.example.invalid:9092', ...kafka.brokers] });
    await expect(topics.list()).resolves.toBeInstanceOf(Array);
  });
});

test('a topic that the user may not read is told by its name', async () => {
  const admin = await openAdmin(kafka);
  await kafka.createTopic('payroll', { partitions: 1 });
  await admin.deny('payroll', 'alice');
  await admin.close();
  const topics = open({
    brokers: kafka.listeners.SASL_PLAINTEXT,
    sasl: { mechanism: 'scram-sha-256', ...kafka.user },
  });
  expect(await faultOf(topics.partitions('payroll'))).toMatchObject({
    code: 'kafka.permission',
    place: { path: 'payroll' },
  });
  expect((await topics.list()).map(({ name }) => name)).not.toContain('payroll');
});

test('when a leader goes down reading goes on with the next one; when all are gone it is told in time', async () => {
  await kafka.createTopic('followed', { partitions: 4, replicas: 2 });
  await kafka.produceMany('followed', 40_000);
  const topics = open({ brokers: kafka.brokers });
  const before = await topics.partitions('followed');
  expect(new Set(before.map(({ leader }) => leader)).size).toBe(2);
  const stretches = before.map(({ partition, earliest, latest }) => ({
    partition,
    start: earliest,
    end: latest,
  }));
  const seen: string[] = [];
  let killed = false;
  for await (const batch of topics.read('followed', { stretches, isolation: 'committed' })) {
    seen.push(...batch.messages.map(({ partition, offset }) => `${partition}:${offset}`));
    if (killed) continue;
    killed = true;
    // The second is no controller.
    await kafka.nodes[1]?.kill();
  }
  expect(seen).toHaveLength(40_000);
  expect(new Set(seen).size).toBe(40_000);
  expect(new Set((await topics.partitions('followed')).map(({ leader }) => leader))).toEqual(
    new Set([kafka.brokers[0]]),
  );
  expect(await readAll(topics, 'followed')).toHaveLength(40_000);

  const stop = new AbortController();
  const live = topics.read('followed', {
    stretches: before.map(({ partition, latest }) => ({ partition, start: latest })),
    isolation: 'committed',
    signal: stop.signal,
  });
  const next = live[Symbol.asyncIterator]().next();
  await kafka.nodes[0]?.kill();
  const since = performance.now();
  const fault = await faultOf(next);
  expect(performance.now() - since).toBeLessThan(PROMISED_MS);
  expect(fault.code).toMatch(/kafka\.(unreachable|closed)/);
});

async function listen(): Promise<{ server: Server; address: string }> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { server, address: `127.0.0.1:${address.port}` };
}
