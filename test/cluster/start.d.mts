import type { Connection } from '../../shared/contract/calls/sources';

export interface ClusterOptions {
  /** ResourceManager and NodeManager beside HDFS; true unless told. */
  yarn?: boolean;
  /** Livy; as `yarn` unless told. Without YARN its batches run in a local[2] Spark. */
  livy?: boolean;
  /** Seconds for which Livy remembers a finished batch (it looks once a minute); 600 unless told. */
  livyRetainSeconds?: number;
  log?: (line: string) => void;
}

export interface LivyControl {
  /** Ends Livy in an orderly way: it forgets its batches and kills those that still run. */
  stop(): Promise<void>;
  /** Ends Livy as a crash would: it forgets its batches, which go on in YARN. */
  crash(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
}

export interface Cluster {
  /** As the workbench keeps them. */
  connections: Connection[];
  /** Host and port of the file system for Hadoop clients: `hdfs://127.0.0.1:PORT`. */
  hdfsUrl: string;
  /** `http://127.0.0.1:PORT/webhdfs/v1` */
  webhdfsUrl: string;
  /** `http://127.0.0.1:PORT`, the ResourceManager's; null without YARN. */
  yarnUrl: string | null;
  /** `http://127.0.0.1:PORT`; null without Livy. */
  livyUrl: string | null;
  livy: LivyControl | null;
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
