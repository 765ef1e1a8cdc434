import { Kafka, logLevel } from 'kafkajs';

/** A message as a test looks at it; headers as text. */
export type Read = {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** Every message of a topic. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<Read[]> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const left = new Map(
    ends.flatMap(({ partition, high }) => (high === '0' ? [] : [[partition, BigInt(high)]])),
  );
  const found: Read[] = [];
  if (left.size === 0) return found;
  const consumer = kafka.consumer({ groupId: `test-${topic}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    const run = consumer.run({
      eachBatch: async ({ batch }) => {
        for (const { key, value, headers = {} } of batch.messages)
          found.push({
            key: key?.toString() ?? null,
            value: value?.toString() ?? null,
            headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
          });
        const end = left.get(batch.partition);
        if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end) left.delete(batch.partition);
        if (left.size === 0) resolve();
      },
    });
    run.catch(reject);
  });
  await consumer.disconnect();
  return found;
}
