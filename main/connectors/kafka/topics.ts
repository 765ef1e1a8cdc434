import type { CancelSignal } from '../../../shared/ports/signal';
import type { Partition, Topic, Topics } from '../../../shared/ports/topics';
import { ProtocolError } from './faults';
import { readMessages } from './read';
import { createRegistry } from './registry';
import { createSession, type Session } from './session';
import type { KafkaSettings } from './settings';
import {
  configsRequest,
  EARLIEST,
  LATEST,
  logSizesRequest,
  metadataRequest,
  offsetsRequest,
  type TopicMetadata,
} from './wire';

/** Topics whose settings are asked for at a time. */
const AT_A_TIME = 500;

/** Kafka's own topics, and those that services keep beside them by custom: `__consumer_offsets`, `_schemas`. */
const isInternal = ({ internal, name }: TopicMetadata) => internal || name.startsWith('_');

type Facts = Pick<Topic, 'retention' | 'bytes' | 'compacted'>;

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** What is known of topics beside their names. What the user may not see is left out. */
async function factsOf(
  session: Session,
  names: readonly string[],
  brokers: Iterable<string>,
): Promise<Map<string, Facts>> {
  const facts = new Map<string, Facts>();
  const merge = (name: string, more: Facts) => facts.set(name, { ...facts.get(name), ...more });
  const configs = async (some: readonly string[]) => {
    for (const { topic, error, values } of await session.ask(
      configsRequest(some, ['retention.ms', 'cleanup.policy']),
    )) {
      if (error !== 0) continue;
      const retention = numberOf(values.get('retention.ms'));
      const policy = values.get('cleanup.policy');
      merge(topic, {
        ...(retention !== undefined && { retention: retention < 0 ? null : retention }),
        ...(policy !== undefined && { compacted: policy.includes('compact') }),
      });
    }
  };
  const sizes = async () => {
    const held = await Promise.all([...brokers].map((address) => session.askAt(address, logSizesRequest())));
    const sums = new Map<string, bigint>();
    for (const { topic, bytes } of held.flat()) sums.set(topic, (sums.get(topic) ?? 0n) + bytes);
    for (const [topic, bytes] of sums) merge(topic, { bytes: Number(bytes) });
  };
  const portions: (readonly string[])[] = [];
  for (let i = 0; i < names.length; i += AT_A_TIME) portions.push(names.slice(i, i + AT_A_TIME));
  await Promise.allSettled([sizes(), ...portions.map(configs)]);
  return facts;
}

/** Offsets of partitions as their leaders know them: for each partition, the answers to each of the times. */
async function offsetsOf(
  session: Session,
  topic: string,
  times: readonly bigint[],
): Promise<Map<number, readonly bigint[]>> {
  const { addresses } = await session.leaders(topic);
  const groups = new Map<string, number[]>();
  for (const [partition, address] of addresses) {
    if (address === null) throw new ProtocolError(5, topic, partition);
    groups.set(address, [...(groups.get(address) ?? []), partition]);
  }
  const found = new Map<number, bigint[]>();
  await Promise.all(
    [...groups].map(async ([address, partitions]) => {
      for (const [i, time] of times.entries()) {
        for (const { partition, error, offset } of await session.askAt(
          address,
          offsetsRequest(new Map([[topic, partitions]]), time),
        )) {
          if (error !== 0) throw new ProtocolError(error, topic, partition);
          const offsets = found.get(partition) ?? [];
          offsets[i] = offset;
          found.set(partition, offsets);
        }
      }
    }),
  );
  return found;
}

/** Where topics end, the sum of their partitions; those of which a partition cannot be asked are left out. */
async function endsOf(session: Session, names: readonly string[]): Promise<Map<string, bigint>> {
  const { brokers, topics } = await session.ask(metadataRequest(names));
  const asked = new Map<string, Map<string, number[]>>();
  const ends = new Map<string, bigint>();
  for (const { name, error, partitions } of topics) {
    const leaders = partitions.map(({ partition, leader }) => [partition, brokers.get(leader)] as const);
    if (error !== 0 || leaders.some(([, address]) => address === undefined)) continue;
    ends.set(name, 0n);
    for (const [partition, address = ''] of leaders) {
      const of = asked.get(address) ?? new Map<string, number[]>();
      asked.set(address, of.set(name, [...(of.get(name) ?? []), partition]));
    }
  }
  const answers = await Promise.all(
    [...asked].map(([address, of]) => session.askAt(address, offsetsRequest(of, LATEST))),
  );
  for (const { topic, error, offset } of answers.flat()) {
    const sum = ends.get(topic);
    if (sum === undefined) continue;
    if (error === 0) ends.set(topic, sum + offset);
    else ends.delete(topic);
  }
  return ends;
}

/** Topics of a Kafka cluster. Connects when it is first asked; no group is ever joined. */
export function createTopics(settings: KafkaSettings): Topics {
  const session = createSession(settings);
  const offsets = (topic: string, times: readonly bigint[], signal?: CancelSignal) =>
    session.patiently(() => offsetsOf(session, topic, times), signal);
  return {
    async list(signal) {
      const { brokers, topics } = await session.patiently(() => session.ask(metadataRequest(null)), signal);
      const readable = topics.filter(({ error }) => error === 0 || error === 5);
      const names = readable.map(({ name }) => name);
      const facts = await session.patiently(() => factsOf(session, names, brokers.values()), signal);
      return readable
        .map((topic) => ({
          name: topic.name,
          internal: isInternal(topic),
          partitions: topic.partitions.length,
          ...facts.get(topic.name),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async partitions(topic, signal) {
      const { addresses } = await session.patiently(() => session.leaders(topic), signal);
      const found = await offsets(topic, [EARLIEST, LATEST], signal);
      return [...addresses]
        .map(([partition, leader]): Partition => {
          const [earliest = 0n, latest = 0n] = found.get(partition) ?? [];
          return { partition, earliest, latest, leader };
        })
        .sort((a, b) => a.partition - b.partition);
    },
    ends: (names, signal) => session.patiently(() => endsOf(session, names), signal),
    async offsetsAt(topic, time, signal) {
      const found = await offsets(topic, [BigInt(time), LATEST], signal);
      return new Map(
        [...found].map(([partition, [at = -1n, latest = 0n]]) => [partition, at < 0n ? latest : at]),
      );
    },
    registry: settings.registry ? createRegistry(settings.registry) : null,
    read: (topic, which) => readMessages(session, settings, topic, which),
    close: () => session.close(),
  };
}
