// Reads a topic from its first message to its last in a process of its own, and tells time and memory. Arguments:
// address of a broker, topic, `raw` (messages as they are) or `rows` (made into rows).
import { createTopics } from '../../../main/connectors/kafka/topics';
import { createDecoder } from '../../../main/messages/decoder';
import { messagesDialectSchema } from '../../../shared/messages/dialect';

const [address = '', topic = '', mode = 'raw'] = process.argv.slice(2);
const topics = createTopics({ brokers: [address] });
const decoder = createDecoder(messagesDialectSchema.parse({ format: 'messages' }), null);
const began = performance.now();
const partitions = await topics.partitions(topic);
const stretches = partitions.map(({ partition, earliest, latest }) => ({
  partition,
  start: earliest,
  end: latest,
}));
let [messages, cells] = [0, 0];
for await (const batch of topics.read(topic, { stretches, isolation: 'committed' })) {
  messages += batch.messages.length;
  if (mode === 'raw') continue;
  for (const reading of await decoder.read(batch.messages))
    if (reading.kind === 'row') cells += reading.row.values.length;
}
const seconds = (performance.now() - began) / 1000;
await topics.close();
console.log(JSON.stringify({ messages, cells, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
