import type { SparkPlan } from '../compile/spark';
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
  stage(job: Job, signal?: CancelSignal): Promise<void>;
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
