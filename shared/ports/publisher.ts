import type { SparkPlan } from '../compile/spark';
import type { StreamPlan } from '../compile/stream';
import type { CancelSignal } from './signal';

/** One run of a plan on a cluster. Paths are the cluster's own. */
export type Job = {
  /** Names the run everywhere: batch name, tag, folder, claim. */
  readonly runId: string;
  readonly plan: SparkPlan;
  readonly planHash: string;
  readonly input: string;
  readonly output: string;
  readonly quarantine: string;
  readonly outputFormat: 'csv' | 'parquet';
};

/** What a stream's job signs in to brokers and registry with. PEM texts; the key is PKCS #8. Secret: it is never kept. */
export type StreamAccess = {
  /** The connection is encrypted; without `ca` the authorities that Java knows are trusted. */
  readonly tls?: { readonly ca?: string; readonly certificate?: string; readonly key?: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly user: string;
    readonly password: string;
  };
  readonly registry?: { readonly user: string; readonly password: string };
};

/** One start of a stream. Its run's id is `runId`; what its attempts share is kept under `streamId`. */
export type StreamJob = {
  readonly runId: string;
  readonly streamId: string;
  /** Counts the starts, from 1. */
  readonly attempt: number;
  readonly planHash: string;
  readonly brokers: readonly string[];
  /** Address of the schema registry, where the messages need one. */
  readonly registry: string | null;
  /** Null where brokers and registry are spoken to openly. */
  readonly access: StreamAccess | null;
  readonly topic: string;
  readonly outputTopic: string;
  readonly quarantineTopic: string;
  /** Folder for Parquet. */
  readonly output: string;
  /** `earliest`, `latest`, or where each partition begins. */
  readonly begin: 'earliest' | 'latest' | Readonly<Record<string, number>>;
};

/** A look at messages of a topic, whose plan was staged under the run's id; secrets as a stream's. */
export type TopicScanJob = Pick<
  StreamJob,
  'runId' | 'planHash' | 'brokers' | 'registry' | 'access' | 'topic'
>;

/** What a cluster knows of a run. */
export type Sighting = {
  /** `absent`: the cluster has no trace of it. `ended`: it runs no more; the run report tells how. */
  readonly state: 'absent' | 'queued' | 'running' | 'ended';
  readonly batch: number | null;
  readonly applicationId: string | null;
  readonly trackingUrl: string | null;
  /** 0 to 1, or null where the cluster does not say. */
  readonly progress: number | null;
  /** What it is doing, in a sentence, where the job says. */
  readonly doing: string | null;
  /** The cluster's own words on how it ended. */
  readonly diagnostics: string;
};

/** A run as far as it is known on the cluster. */
export type RunOnCluster = {
  readonly runId: string;
  readonly batch: number | null;
  readonly applicationId: string | null;
};

/** Carries plans to a cluster. */
export type Publisher = {
  readonly kind: 'livy';
  /** Puts plan, job and libraries where the cluster reads them; doing it again changes nothing. */
  stage(
    job: { readonly runId: string; readonly plan: SparkPlan | StreamPlan },
    signal?: CancelSignal,
  ): Promise<void>;
  /**
   * Submits a staged job once. Throws a Fault; when it may have been submitted all the same, its code is
   * `publish.reply-lost` and the run must be looked for, never submitted again.
   */
  submit(job: Job, signal?: CancelSignal): Promise<Sighting>;
  look(run: RunOnCluster, signal?: CancelSignal): Promise<Sighting>;
  /** The job's own report as it stands, or null while there is none. */
  report(runId: string, signal?: CancelSignal): Promise<unknown>;
  /** The end of what the run has logged, oldest line first. */
  log(run: RunOnCluster, signal?: CancelSignal): Promise<readonly string[]>;
  /** Orders a run to end, and keeps one that has not begun from ever beginning. Doing it again is harmless. */
  stop(run: RunOnCluster, signal?: CancelSignal): Promise<void>;
  /**
   * Removes what a run left behind on the cluster: the rows it had staged, once it has ended without success; or all
   * of its folder, when it was never submitted.
   */
  clear(runId: string, what: 'rows' | 'all', signal?: CancelSignal): Promise<void>;
  close(): void;
};

/** Carries streams to a cluster. Each start is a run; see Publisher. */
export type StreamPublisher = Pick<Publisher, 'stage' | 'look' | 'report' | 'log' | 'stop'> & {
  /**
   * Submits one start of a stream whose plan was staged under the stream's id; as `submit`. Throws `publish.jars` where
   * the cluster lacks Spark's connector for Kafka. What it signs in with is put where only this user's jobs find it.
   */
  startStream(job: StreamJob, signal?: CancelSignal): Promise<Sighting>;
  /** What the cluster lacks of Spark's connector for Kafka, a file each; and where it is looked for. */
  lackingJars(signal?: CancelSignal): Promise<{ readonly folder: string; readonly files: readonly string[] }>;
  /** Removes what a stream was to sign in with, should its job not have done so. Doing it again is harmless. */
  forgetAccess(streamId: string, signal?: CancelSignal): Promise<void>;
  /** What a stream has told of its progress, or null while it has not. */
  streamProgress(streamId: string, signal?: CancelSignal): Promise<unknown>;
  /** Asks a start of a stream to end after the batch at hand. Doing it again is harmless. */
  askToStop(runId: string, signal?: CancelSignal): Promise<void>;
};

/** Has a cluster look at topics. */
export type TopicScanner = Pick<StreamPublisher, 'forgetAccess'> & {
  /** Submits a scan once; as `startStream`. */
  scanTopic(job: TopicScanJob, signal?: CancelSignal): Promise<Sighting>;
};
