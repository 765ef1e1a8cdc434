import Encoder from 'kafkajs/src/protocol/encoder';
import type { WireRequest } from './internals';
import type { Aborted } from './record-batch';

/** Reads an answer of the protocol, the highest byte first. */
class Answer {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  private step(length: number): number {
    this.at += length;
    return this.at - length;
  }
  int8 = () => this.bytes.readInt8(this.step(1));
  int16 = () => this.bytes.readInt16BE(this.step(2));
  int32 = () => this.bytes.readInt32BE(this.step(4));
  int64 = () => this.bytes.readBigInt64BE(this.step(8));
  bool = () => this.int8() !== 0;

  text(): string {
    const length = this.int16();
    return length < 0 ? '' : this.bytes.toString('utf8', this.step(length), this.at);
  }

  part(): Buffer {
    const length = Math.max(0, this.int32());
    return this.bytes.subarray(this.step(length), this.at);
  }

  list<T>(item: () => T): T[] {
    const length = this.int32();
    return Array.from({ length: Math.max(0, length) }, item);
  }
}

const ANSWER_MS = 5_000;
const CONSUMER = -1;

export type Fetched = {
  readonly partition: number;
  readonly error: number;
  /** The offset after the last message that every replica has, and after the last that no open transaction is before. */
  readonly highWatermark: bigint;
  readonly lastStable: bigint;
  readonly logStart: bigint;
  readonly aborted: readonly Aborted[];
  readonly batches: Buffer;
};

export type FetchQuery = {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly offset: bigint }[];
  readonly isolation: 'committed' | 'uncommitted';
  /** Milliseconds that the broker may wait for a message; 0 where it answers at once. */
  readonly wait: number;
  readonly partitionBytes: number;
  readonly bytes: number;
};

/** Fetch, version 11: Kafka 2.3 and later. */
export function fetchRequest(query: FetchQuery): WireRequest<readonly Fetched[]> {
  const { topic, partitions, isolation, wait, partitionBytes, bytes } = query;
  const parts = partitions.map(({ partition, offset }) =>
    new Encoder()
      .writeInt32(partition)
      .writeInt32(-1)
      .writeInt64(offset)
      .writeInt64(-1n)
      .writeInt32(partitionBytes),
  );
  const body = new Encoder()
    .writeInt32(CONSUMER)
    .writeInt32(wait)
    .writeInt32(wait === 0 ? 0 : 1)
    .writeInt32(bytes)
    .writeInt8(isolation === 'committed' ? 1 : 0)
    .writeInt32(0)
    .writeInt32(-1)
    .writeArray([new Encoder().writeString(topic).writeArray(parts)])
    .writeArray([])
    .writeString('');
  return {
    apiKey: 1,
    apiVersion: 11,
    apiName: 'Fetch',
    body,
    timeout: ANSWER_MS + wait,
    read(buffer) {
      const answer = new Answer(buffer);
      answer.int32();
      answer.int16();
      answer.int32();
      const topics = answer.list(() => {
        answer.text();
        return answer.list((): Fetched => {
          const partition = answer.int32();
          const error = answer.int16();
          const highWatermark = answer.int64();
          const lastStable = answer.int64();
          const logStart = answer.int64();
          const aborted = answer.list(() => ({ producer: answer.int64(), first: answer.int64() }));
          answer.int32();
          const batches = answer.part();
          return { partition, error, highWatermark, lastStable, logStart, aborted, batches };
        });
      });
      return topics.flat();
    },
  };
}

export const EARLIEST = -2n;
export const LATEST = -1n;
export type FoundOffset = {
  readonly topic: string;
  readonly partition: number;
  readonly error: number;
  readonly offset: bigint;
};

/** ListOffsets, version 2, of partitions by topic. An offset of -1: no message is that young. */
export function offsetsRequest(
  asked: ReadonlyMap<string, readonly number[]>,
  time: bigint,
): WireRequest<readonly FoundOffset[]> {
  const topics = [...asked].map(([topic, partitions]) =>
    new Encoder()
      .writeString(topic)
      .writeArray(partitions.map((one) => new Encoder().writeInt32(one).writeInt64(time))),
  );
  const body = new Encoder().writeInt32(CONSUMER).writeInt8(0).writeArray(topics);
  return {
    apiKey: 2,
    apiVersion: 2,
    apiName: 'ListOffsets',
    body,
    timeout: ANSWER_MS,
    read(buffer) {
      const answer = new Answer(buffer);
      answer.int32();
      const topics = answer.list(() => {
        const topic = answer.text();
        return answer.list((): FoundOffset => {
          const partition = answer.int32();
          const error = answer.int16();
          answer.int64();
          return { topic, partition, error, offset: answer.int64() };
        });
      });
      return topics.flat();
    },
  };
}

export type TopicMetadata = {
  readonly error: number;
  readonly name: string;
  readonly internal: boolean;
  /** `leader` is the number of a broker, or -1 while there is none. */
  readonly partitions: readonly { readonly partition: number; readonly leader: number }[];
};
export type Metadata = {
  /** Addresses by the brokers' numbers. */
  readonly brokers: ReadonlyMap<number, string>;
  readonly topics: readonly TopicMetadata[];
};

/** Metadata, version 5, of some topics or (null) all that the user may see. No topic is made by asking for it. */
export function metadataRequest(topics: readonly string[] | null): WireRequest<Metadata> {
  const body = new Encoder();
  if (topics === null) body.writeInt32(-1);
  else body.writeArray(topics.map((topic) => new Encoder().writeString(topic)));
  return {
    apiKey: 3,
    apiVersion: 5,
    apiName: 'Metadata',
    body: body.writeInt8(0),
    timeout: ANSWER_MS,
    read(buffer) {
      const answer = new Answer(buffer);
      answer.int32();
      const brokers = answer.list((): [number, string] => {
        const id = answer.int32();
        const host = answer.text();
        const port = answer.int32();
        answer.text();
        return [id, `${host.includes(':') ? `[${host}]` : host}:${port}`];
      });
      answer.text();
      answer.int32();
      const found = answer.list((): TopicMetadata => {
        const error = answer.int16();
        const name = answer.text();
        const internal = answer.bool();
        const partitions = answer.list(() => {
          answer.int16();
          const partition = answer.int32();
          const leader = answer.int32();
          for (let i = 0; i < 3; i++) answer.list(answer.int32);
          return { partition, leader };
        });
        return { error, name, internal, partitions };
      });
      return { brokers: new Map(brokers), topics: found };
    },
  };
}

const TOPIC = 2;

export type TopicConfig = {
  readonly topic: string;
  readonly error: number;
  /** Values by name; one that is not told is left out. */
  readonly values: ReadonlyMap<string, string>;
};

/** DescribeConfigs, version 1, of topics. */
export function configsRequest(
  topics: readonly string[],
  names: readonly string[],
): WireRequest<readonly TopicConfig[]> {
  const body = new Encoder()
    .writeArray(
      topics.map((topic) =>
        new Encoder()
          .writeInt8(TOPIC)
          .writeString(topic)
          .writeArray(names.map((name) => new Encoder().writeString(name))),
      ),
    )
    .writeInt8(0);
  return {
    apiKey: 32,
    apiVersion: 1,
    apiName: 'DescribeConfigs',
    body,
    timeout: ANSWER_MS,
    read(buffer) {
      const answer = new Answer(buffer);
      answer.int32();
      return answer.list((): TopicConfig => {
        const error = answer.int16();
        answer.text();
        answer.int8();
        const topic = answer.text();
        const entries = answer.list((): [string, string] => {
          const name = answer.text();
          const value = answer.text();
          answer.bool();
          answer.int8();
          answer.bool();
          answer.list(() => {
            answer.text();
            answer.text();
            answer.int8();
          });
          return [name, value];
        });
        return { topic, error, values: new Map(entries) };
      });
    },
  };
}

export type LogSize = { readonly topic: string; readonly bytes: bigint };

/** DescribeLogDirs, version 1, of all topics that a broker holds. */
export function logSizesRequest(): WireRequest<readonly LogSize[]> {
  return {
    apiKey: 35,
    apiVersion: 1,
    apiName: 'DescribeLogDirs',
    // No list of topics: all of them.
    body: new Encoder().writeInt32(-1),
    timeout: ANSWER_MS,
    read(buffer) {
      const answer = new Answer(buffer);
      answer.int32();
      const folders = answer.list(() => {
        answer.int16();
        answer.text();
        return answer.list((): LogSize => {
          const topic = answer.text();
          const sizes = answer.list(() => {
            answer.int32();
            const bytes = answer.int64();
            answer.int64();
            answer.bool();
            return bytes;
          });
          return { topic, bytes: sizes.reduce((sum, one) => sum + one, 0n) };
        });
      });
      return folders.flat();
    },
  };
}
