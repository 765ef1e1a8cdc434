import type { KafkaConnection } from '../../../shared/connections/kafka';
import type { Topic, Topics } from '../../../shared/ports/topics';
import type { FindSecret, TestStep } from '../kind';
import { networkSteps, type Target } from '../probe';
import { createRegistry } from './registry';
import { kafkaSettings } from './settings';
import { createTopics } from './topics';

function targetOf(broker: string): Target {
  const colon = broker.lastIndexOf(':');
  return { host: broker.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(broker.slice(colon + 1)) };
}

/** A topic of the stewards' own, rather than of Kafka. */
const topicToTry = (topics: readonly Topic[]): string | null =>
  topics.find(({ internal }) => !internal)?.name ?? null;

const NONE = 'There is no topic to try yet.';

async function readOne(topics: Topics, topic: string, signal: AbortSignal): Promise<string> {
  const held = (await topics.partitions(topic, signal)).find(({ earliest, latest }) => latest > earliest);
  if (held === undefined) return `The topic ${topic} is empty: no message was asked for.`;
  const stretches = [{ partition: held.partition, start: held.latest - 1n, end: held.latest }];
  for await (const _ of topics.read(topic, { stretches, isolation: 'committed', signal })) break;
  return `Messages of the topic ${topic} can be read.`;
}

/** The steps of testing a connection to Kafka. No group is joined and nothing is written. */
export function* kafkaSteps(connection: KafkaConnection, secret: FindSecret): Generator<TestStep> {
  const trust = async () => (await kafkaSettings(connection, secret)).tls ?? {};
  const targets = connection.brokers.map(targetOf);
  yield* networkSteps(targets, connection.tls ? targets : [], trust);

  const withTopics = (
    title: string,
    ask: (topics: Topics, signal: AbortSignal) => Promise<string>,
  ): TestStep => ({
    title,
    async run(signal) {
      const topics = createTopics(await kafkaSettings(connection, secret));
      try {
        return await ask(topics, signal);
      } finally {
        await topics.close();
      }
    },
  });
  yield withTopics('Signed in', async (topics, signal) => {
    const own = (await topics.list(signal)).filter(({ internal }) => !internal);
    return `The brokers answer; ${own.length} ${own.length === 1 ? 'topic' : 'topics'} can be seen.`;
  });
  yield withTopics('Permission', async (topics, signal) => {
    const topic = topicToTry(await topics.list(signal));
    if (topic === null) return NONE;
    const { length } = await topics.partitions(topic, signal);
    return `The topic ${topic} may be looked at; it has ${length} ${length === 1 ? 'partition' : 'partitions'}.`;
  });
  yield withTopics('First read', async (topics, signal) => {
    const topic = topicToTry(await topics.list(signal));
    return topic === null ? NONE : readOne(topics, topic, signal);
  });
  if (connection.registry !== undefined) {
    yield {
      title: 'Schema registry answers',
      async run(signal) {
        const { registry } = await kafkaSettings(connection, secret);
        if (registry === undefined) return 'There is none.';
        const { length } = await createRegistry(registry).subjects(signal);
        return `It holds the schemas of ${length} ${length === 1 ? 'subject' : 'subjects'}.`;
      },
    };
  }
}
