import { createTopics } from '../../main/connectors/kafka/topics';

/** A message as a test looks at it; key, value and headers as text. */
export type Read = {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('utf8'));

/** Every message of a topic. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<Read[]> {
  const topics = createTopics({ brokers });
  try {
    const partitions = await topics.partitions(topic);
    const stretches = partitions.map(({ partition, earliest, latest }) => ({
      ...{ partition, start: earliest, end: latest },
    }));
    const found: Read[] = [];
    for await (const { messages } of topics.read(topic, { stretches, isolation: 'committed' }))
      for (const { key, value, headers } of messages)
        found.push({
          key: text(key),
          value: text(value),
          headers: Object.fromEntries(headers.map(([name, bytes]) => [name, text(bytes) ?? ''])),
        });
    return found;
  } finally {
    await topics.close();
  }
}
