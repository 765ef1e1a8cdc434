import type { RegisteredSchema } from '../messages/message';
import type { CancelSignal } from './signal';

/** A part of a topic. `earliest` and `latest`: the first offset kept, and the one that the next message gets. */
export type Partition = {
  readonly partition: number;
  readonly earliest: bigint;
  readonly latest: bigint;
  /** Host and port of its leader; null while it has none. */
  readonly leader: string | null;
};

/**
 * A topic. Where they are known: `retention` in milliseconds, null for without limit; `bytes` that all replicas take on
 * the brokers; whether it is `compacted` (only the last message of a key is kept in the end).
 */
export type Topic = {
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: number;
  readonly retention?: number | null;
  readonly bytes?: number;
  readonly compacted?: boolean;
};

/** A message as the broker holds it. `timestamp`: milliseconds since 1970. A null value is a tombstone. */
export type Message = {
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly (readonly [string, Uint8Array | null])[];
};

/**
 * Which messages of a partition: from `start`, below `end`; it ends before it where no more are there. Without an end, it
 * goes on as they come.
 */
export type Stretch = { readonly partition: number; readonly start: bigint; readonly end?: bigint };

export type ReadMessages = {
  readonly stretches: readonly Stretch[];
  /** `committed`: messages of open and aborted transactions are left out. */
  readonly isolation: 'committed' | 'uncommitted';
  readonly signal?: CancelSignal | undefined;
};

/**
 * Messages that the brokers hold but that cannot be taken out: from offset `start`, below `end`. Why: the checksum of
 * their batch does not match, or what it holds is packed in a way that is not understood.
 */
export type Damaged = {
  readonly start: bigint;
  readonly end: bigint;
  readonly why: 'checksum' | 'packing';
};

/** Messages of one answer of a broker, in order within their partition; `next` is where reading goes on there. */
export type Batch = {
  readonly partition: number;
  readonly messages: readonly Message[];
  /** What stands between them and is lost, in order. */
  readonly damaged: readonly Damaged[];
  readonly next: bigint;
  /** The offset that the next message of the partition gets, as far as the broker told. */
  readonly latest?: bigint;
};

/** A schema registry. Failures are `Fault`s with codes `registry.…`. */
export interface SchemaRegistry {
  /** The schema of an id with those that it names; null for an id that is not there. */
  schema(id: number, signal?: CancelSignal): Promise<RegisteredSchema | null>;
  /** Names under which schemas are registered, such as `customers-value`. */
  subjects(signal?: CancelSignal): Promise<readonly string[]>;
}

/**
 * Read access to topics, without joining a group and without committing anything.
 *
 * Failures are `Fault`s with codes `kafka.…`. An aborted call throws its signal's reason.
 */
export interface Topics {
  list(signal?: CancelSignal): Promise<readonly Topic[]>;
  partitions(topic: string, signal?: CancelSignal): Promise<readonly Partition[]>;
  /** By topic, the sum of the offsets that its partitions' next messages get. One that cannot be told is left out. */
  ends(topics: readonly string[], signal?: CancelSignal): Promise<ReadonlyMap<string, bigint>>;
  /** The first offset of each partition whose message is not older than a time (ms); `latest` where all are older. */
  offsetsAt(topic: string, time: number, signal?: CancelSignal): Promise<ReadonlyMap<number, bigint>>;
  /** Messages of each stretch, partitions in turn; ends when all stretches have ended. */
  read(topic: string, which: ReadMessages): AsyncIterable<Batch>;
  /** The registry beside it; null where none is set up. */
  readonly registry: SchemaRegistry | null;
  close(): Promise<void>;
}
