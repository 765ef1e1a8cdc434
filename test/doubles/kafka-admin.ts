import { Kafka as KafkaJs } from 'kafkajs';
import { kafkaConfig } from '../../main/connectors/kafka/internals';
import type { Kafka } from '../cluster/start.mjs';
import type { TopicsUnderTest } from '../contract/topics-suite';

/** What a test changes or looks up on a broker with another client than the one under test. */
export async function openAdmin({ brokers }: Kafka): Promise<
  Omit<TopicsUnderTest, 'topics' | 'kafka'> & {
    deny(topic: string, user: string): Promise<void>;
    close(): Promise<void>;
  }
> {
  const admin = new KafkaJs(kafkaConfig({ brokers })).admin();
  await admin.connect();
  return {
    groups: async () => (await admin.listGroups()).groups.map(({ groupId }) => groupId).sort(),
    async deny(topic, user) {
      const rule = {
        resourceType: 2,
        resourceName: topic,
        resourcePatternType: 3,
        principal: `User:${user}`,
        host: '*',
        operation: 2,
        permissionType: 2,
      };
      await admin.createAcls({ acl: [rule, { ...rule, operation: 8 }] });
    },
    close: () => admin.disconnect(),
  };
}

/** An unsigned token, which the test's brokers take, that expires in some seconds. */
export function token(seconds: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: 'none' })}.${part({ sub: 'alice', iat: now, exp: now + seconds })}.`;
}
