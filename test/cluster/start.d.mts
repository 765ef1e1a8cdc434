import type { Connection } from '../../shared/contract/calls/connections';

export type KafkaVersion = '3.9.2' | '4.4.0';

export interface MessagingOptions {
  /** Kafka; `true` is the newest version. */
  kafka?: boolean | KafkaVersion;
  /** Brokers, 1 unless told. The first is the controller too. */
  kafkaNodes?: number;
  /** The schema registry; false unless told. It takes 15 s to start. */
  registry?: boolean;
  log?: (line: string) => void;
}

/** Kafka is not started unless told. */
export interface ClusterOptions extends MessagingOptions {
  /** ResourceManager and NodeManager beside HDFS; true unless told. */
  yarn?: boolean;
  /** HttpFS, a gateway before HDFS; false unless told. */
  httpFs?: boolean;
  /** Livy; as `yarn` unless told. Without YARN its batches run in a local[2] Spark. */
  livy?: boolean;
  /** Seconds for which Livy remembers a finished batch (it looks once a minute); 600 unless told. */
  livyRetainSeconds?: number;
}

export interface LivyControl {
  /** Ends Livy in an orderly way: it forgets its batches and kills those that still run. */
  stop(): Promise<void>;
  /** Ends Livy as a crash would: it forgets its batches, which go on in YARN. */
  crash(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
}

export type Listener = 'PLAINTEXT' | 'SASL_PLAINTEXT' | 'SSL' | 'SASL_SSL' | 'MTLS';
export type Codec = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** A message to write. `timestamp` in milliseconds; the time of writing unless told. */
export interface Written {
  partition?: number;
  timestamp?: number;
  key?: string | Uint8Array | null;
  value: string | Uint8Array | null;
  headers?: [string, string | Uint8Array | null][];
}

export interface Kafka {
  version: KafkaVersion;
  /** PLAINTEXT, as `127.0.0.1:PORT`. Whoever comes by it may do anything. */
  brokers: string[];
  /** Addresses of each listener. MTLS asks for a client's certificate. */
  listeners: Record<Listener, string[]>;
  /** Under SCRAM-SHA-256, SCRAM-SHA-512 and PLAIN. OAUTHBEARER takes any unsigned token. */
  user: { username: string; password: string };
  /** PEM: the authority that signed the brokers' certificate and the client's; the client's own. */
  tls: { ca: string; certificate: string; key: string };
  nodes: {
    id: number;
    /** Ends it as a crash would. */
    kill(): Promise<void>;
    stop(): Promise<void>;
    start(): Promise<void>;
    pid(): number | undefined;
  }[];
  /** 3 partitions and 1 replica unless told; `settings` as Kafka names them. */
  createTopic(
    topic: string,
    options?: { partitions?: number; replicas?: number; settings?: Record<string, string> },
  ): Promise<number>;
  /** Removes the messages before an offset, as retention does. */
  deleteRecords(topic: string, partition: number, before: number): Promise<number>;
  /** Writes with the Java client, in a transaction of their own if told; answers the offsets. Topics must exist. */
  produce(
    topic: string,
    messages: readonly Written[],
    options?: { codec?: Codec; transaction?: 'commit' | 'abort' | 'open' },
  ): Promise<number[]>;
  /** Writes made-up customers as JSON of 250 bytes, in turn to each partition, from number `from` (0) on. */
  produceMany(topic: string, count: number, options?: { codec?: Codec; from?: number }): Promise<number>;
}

export interface Messaging {
  kafka: Kafka;
  /** With the Confluent API below it; null without the registry. */
  registryUrl: string | null;
  directory: string;
  /** As Cluster's. */
  stop(): Promise<void>;
}

export interface Cluster {
  /** As the workbench keeps them. */
  connections: Connection[];
  /** Host and port of the file system for Hadoop clients: `hdfs://127.0.0.1:PORT`. */
  hdfsUrl: string;
  /** `http://127.0.0.1:PORT/webhdfs/v1` */
  webhdfsUrl: string;
  /** `http://127.0.0.1:PORT`; null without HttpFS. */
  httpFsUrl: string | null;
  /** `http://127.0.0.1:PORT`, the ResourceManager's; null without YARN. */
  yarnUrl: string | null;
  /** `http://127.0.0.1:PORT`; null without Livy. */
  livyUrl: string | null;
  livy: LivyControl | null;
  /** Null unless it was asked for. */
  kafka: Kafka | null;
  registryUrl: string | null;
  /** HDFS's superuser, under whom Livy's jobs run too. */
  user: string;
  /** Hadoop's client configuration (HADOOP_CONF_DIR). */
  hadoopConfFolder: string;
  /** Everything of the cluster, logs of its services (`logs`) and of YARN's containers (`yarn-logs`) included. */
  directory: string;
  /** Ends all its processes and removes all its files. The death of the process that started it does the same. */
  stop(): Promise<void>;
}

/**
 * Starts real HDFS, YARN and Livy on 127.0.0.1, on free ports, with fresh data. Clusters don't disturb each other.
 * Throws, with the last words of the service at fault and nothing left behind, when one does not start.
 */
export function startCluster(options?: ClusterOptions): Promise<Cluster>;

/** As startCluster, with nothing but Kafka and, if told, the registry. */
export function startMessaging(options?: MessagingOptions): Promise<Messaging>;

/** The connection to a Kafka and its registry, as the workbench keeps it. */
export function topicsConnection(of: Pick<Messaging, 'kafka' | 'registryUrl'>): Connection;
