import { setTimeout as sleep } from 'node:timers/promises';
import type { CancelSignal } from '../../../shared/ports/signal';
import { ERRORS, isPassing, kafkaFault, ProtocolError } from './faults';
import { type BrokerConnection, connectBroker, type WireRequest } from './internals';
import type { KafkaSettings } from './settings';
import { type Metadata, metadataRequest, type TopicMetadata } from './wire';

/** Milliseconds for which what may pass is tried again. With one answer more it stays below ten seconds. */
export const PATIENCE_MS = 5_000;
const PAUSE_MS = 150;
const AT_ONCE = 5;

/** What is known of a topic's leaders: addresses by partition; null where there is none at the moment. */
export type Leaders = {
  readonly topic: TopicMetadata;
  readonly addresses: ReadonlyMap<number, string | null>;
};

/** Connections to the brokers of one cluster, made when they are needed. */
export type Session = {
  /** Asks any broker. */
  ask<T>(request: WireRequest<T>, signal?: CancelSignal): Promise<T>;
  /** Asks the broker at an address. */
  askAt<T>(address: string, request: WireRequest<T>): Promise<T>;
  leaders(topic: string): Promise<Leaders>;
  /** Does the work again while it fails by something that may pass; what it throws in the end is a Fault. */
  patiently<T>(work: () => Promise<T>, signal?: CancelSignal): Promise<T>;
  close(): Promise<void>;
};

/** Waits for work unless the signal is aborted meanwhile; then throws its reason. */
export async function unlessAborted<T>(work: Promise<T>, signal?: CancelSignal): Promise<T> {
  if (!signal) return work;
  if (signal.aborted) throw signal.reason;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => {});
  }
}

/** Of several failures the one that says most: a refused sign-in before a closed port. */
function worst(errors: readonly unknown[]): unknown {
  return errors.find((error) => !isPassing(error)) ?? errors[0];
}

/** Makes a session; nothing is connected before it is needed. */
export function createSession(settings: KafkaSettings): Session {
  const connections = new Map<string, Promise<BrokerConnection>>();
  const brokers = new Set<string>();
  let closed = false;
  /** Before anything was ever answered, a refusal is no passing trouble. */
  let hasAnswered = false;

  async function connection(address: string): Promise<BrokerConnection> {
    const known = await connections.get(address)?.catch(() => null);
    if (known?.isOpen()) return known;
    const connecting = connectBroker(settings, address);
    connections.set(address, connecting);
    try {
      const made = await connecting;
      if (closed) await made.close();
      return made;
    } catch (error) {
      connections.delete(address);
      throw error;
    }
  }

  /** Those that are connected first, then those told by the cluster, then those of the settings. */
  async function anyConnection(): Promise<BrokerConnection> {
    for (const made of connections.values()) {
      const known = await made.catch(() => null);
      if (known?.isOpen()) return known;
    }
    const candidates = [...new Set([...settings.brokers, ...brokers])];
    const errors: unknown[] = [];
    for (let i = 0; i < candidates.length; i += AT_ONCE) {
      try {
        return await Promise.any(candidates.slice(i, i + AT_ONCE).map(connection));
      } catch (error) {
        errors.push(...(error instanceof AggregateError ? error.errors : [error]));
        if (!isPassing(worst(errors))) break;
      }
    }
    throw worst(errors);
  }

  async function send<T>(to: Promise<BrokerConnection>, request: WireRequest<T>): Promise<T> {
    const answer = await (await to).send(request);
    hasAnswered = true;
    return answer;
  }

  const ask = <T>(request: WireRequest<T>, signal?: CancelSignal): Promise<T> =>
    unlessAborted(send(anyConnection(), request), signal);

  async function metadata(topics: readonly string[] | null): Promise<Metadata> {
    const found = await ask(metadataRequest(topics));
    for (const address of found.brokers.values()) brokers.add(address);
    return found;
  }

  return {
    ask,
    askAt: (address, request) => send(connection(address), request),
    async leaders(name) {
      const found = await metadata([name]);
      const topic = found.topics.find((one) => one.name === name);
      if (!topic) throw new ProtocolError(ERRORS.unknownTopic, name);
      if (topic.error !== 0 && topic.error !== ERRORS.leaderNotAvailable)
        throw new ProtocolError(topic.error, name);
      const addresses = topic.partitions.map(({ partition, leader }): [number, string | null] => [
        partition,
        found.brokers.get(leader) ?? null,
      ]);
      return { topic, addresses: new Map(addresses) };
    },
    async patiently(work, signal) {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        try {
          return await unlessAborted(work(), signal);
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          if (!hasAnswered || !isPassing(error) || Date.now() > deadline) throw kafkaFault(error, settings);
          await unlessAborted(sleep(PAUSE_MS), signal);
        }
      }
    },
    async close() {
      closed = true;
      const all = [...connections.values()];
      connections.clear();
      await Promise.allSettled(all.map(async (one) => (await one).close()));
    },
  };
}
