import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KafkaSettings } from '../../main/connectors/kafka/settings';
import { createTopics } from '../../main/connectors/kafka/topics';
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
  });
});
