import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KafkaSettings } from '../../main/connectors/kafka/settings';
import { createTopics } from '../../main/connectors/kafka/topics';
import { testConnection } from '../../main/host/connection-test';
import { kafkaConnectionSchema } from '../../shared/connections/kafka';
import { type Kafka, type Listener, type Messaging, startMessaging } from '../cluster/start.mjs';
import { readAll, type TopicsUnderTest, testTopics } from '../contract/topics-suite';
import { openAdmin, token } from '../doubles/kafka-admin';

describe.each(['3.9.2', '4.4.0'] as const)('Kafka %s', (version) => {
  let messaging: Messaging;
  let under: TopicsUnderTest;
  let admin: Awaited<ReturnType<typeof openAdmin>>;

  beforeAll(async () => {
    messaging = await startMessaging({ kafka: version });
    admin = await openAdmin(messaging.kafka);
    under = { ...admin, kafka: messaging.kafka, topics: createTopics({ brokers: messaging.kafka.brokers }) };
  });

  afterAll(async () => {
    await under?.topics.close();
    await admin?.close();
    await messaging?.stop();
  });

  testTopics(() => under);

  describe('its listeners', () => {
    const cases: {
      name: string;
      listener: Listener;
      with: (kafka: Kafka) => Omit<KafkaSettings, 'brokers'>;
    }[] = [
      ...(['plain', 'scram-sha-256', 'scram-sha-512'] as const).flatMap((mechanism) => [
        {
          name: `SASL_PLAINTEXT, ${mechanism}`,
          listener: 'SASL_PLAINTEXT' as const,
          with: ({ user }: Kafka) => ({ sasl: { mechanism, ...user } }),
        },
        {
          name: `SASL_SSL, ${mechanism}`,
          listener: 'SASL_SSL' as const,
          with: ({ user, tls }: Kafka) => ({ sasl: { mechanism, ...user }, tls: { ca: tls.ca } }),
        },
      ]),
      {
        name: 'SASL_SSL, oauthbearer',
        listener: 'SASL_SSL',
        with: ({ tls }) => ({ sasl: { mechanism: 'oauthbearer', token: token(3600) }, tls: { ca: tls.ca } }),
      },
      { name: 'SSL', listener: 'SSL', with: ({ tls }) => ({ tls: { ca: tls.ca } }) },
      {
        name: "SSL with a client's certificate",
        listener: 'MTLS',
        with: ({ tls }) => ({ tls: { ca: tls.ca, cert: tls.certificate, key: tls.key } }),
      },
    ];
    beforeAll(async () => {
      await messaging.kafka.createTopic('secured', { partitions: 1 });
      await messaging.kafka.produce('secured', [{ value: 'x' }]);
    });

    test.each(cases)('$name', async ({ listener, with: settings }) => {
      const { kafka } = messaging;
      const topics = createTopics({ brokers: kafka.listeners[listener], ...settings(kafka) });
      try {
        expect(await readAll(topics, 'secured')).toHaveLength(1);
        const [partition] = await topics.partitions('secured');
        expect(partition?.leader).toBe(kafka.listeners[listener][0]);
      } finally {
        await topics.close();
      }
    });

    test('testing a connection names the step that fails: each works, a wrong password, plain text to TLS', async () => {
      const { kafka } = messaging;
      const { username, password } = kafka.user;
      const tryOne = (brokers: string[], more: object, secret = password) => {
        const base = { id: 'k', kind: 'kafka', name: 'Topics', brokers };
        return testConnection(kafkaConnectionSchema.parse({ ...base, ...more }), {
          secret: async () => secret,
        });
      };
      const secured = {
        tls: { ca: { text: kafka.tls.ca } },
        sasl: { mechanism: 'scram-sha-512', user: username },
      };
      const good = await tryOne(kafka.listeners.SASL_SSL, secured);
      expect(good.map(({ step, ok }) => [step, ok])).toEqual(
        ['Name found', 'Port open', 'TLS', 'Signed in', 'Permission', 'First read'].map((step) => [
          step,
          true,
        ]),
      );
      const wrong = (await tryOne(kafka.listeners.SASL_SSL, secured, 'wrong')).at(-1);
      expect(wrong).toMatchObject({
        step: 'Signed in',
        ok: false,
        advice: expect.stringContaining('password'),
      });
      const unknown = (await tryOne(kafka.listeners.SSL, { tls: {} })).at(-1);
      expect(unknown).toMatchObject({ step: 'TLS', ok: false, advice: expect.stringContaining('own CA') });
      const plain = (await tryOne(kafka.listeners.SSL, {})).at(-1);
      expect(plain).toMatchObject({ step: 'Signed in', ok: false });
    });
  });
});
