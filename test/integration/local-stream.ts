import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jobFolder, LOCAL_SPARK, type Spark, sparkEnvironment } from '../../main/verify/spark-local';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import type { StreamPlan } from '../../shared/compile/stream';
import type { StreamAccess } from '../../shared/ports/publisher';

const uri = (file: string) => `file://${file}`;

export type Counts = Readonly<
  Record<
    | 'messages'
    | 'tombstones'
    | 'unreadable'
    | 'unknownFields'
    | 'read'
    | 'added'
    | 'kept'
    | 'filtered'
    | 'rejected'
    | 'merged',
    number
  >
>;
export type ProgressFile = {
  readonly batch: number;
  readonly attempt: number;
  readonly totals: { readonly counts: Counts; readonly measures: Readonly<Record<string, number>> };
  readonly lag: number | null;
  readonly recent: readonly { readonly batch: number; readonly counts: Counts; readonly seconds: number }[];
};

type Given = {
  spark: Spark;
  jars: readonly string[];
  plan: StreamPlan;
  /** Where everything of the stream is; absolute. */
  folder: string;
  brokers: readonly string[];
  topic: string;
  outputTopic: string;
  quarantineTopic: string;
  /** Most messages of a batch. */
  most: number;
};

/** The stream's job on Spark in local mode, attempt after attempt. */
export function localStream(given: Given) {
  const { folder, spark, plan } = given;
  const own = path.join(folder, '_runs', 's');
  const attemptFolder = (attempt: number) => path.join(folder, '_runs', `s-${attempt}`);
  let child: ChildProcess | null = null;
  let attempt = 0;
  let words = '';

  const ended = async (process: ChildProcess) => {
    while (process.exitCode === null && process.signalCode === null) await wait(50);
    return process.exitCode;
  };
  const stream = {
    output: path.join(folder, 'output'),
    /** `via`: other brokers than the stream's own, and what is signed in with there. */
    async start(
      changed: { plan?: StreamPlan; via?: { brokers: readonly string[]; access: StreamAccess } } = {},
    ) {
      attempt++;
      words = '';
      const scratch = path.join(folder, `scratch-${attempt}`);
      await mkdir(scratch, { recursive: true });
      await mkdir(own, { recursive: true });
      await writeFile(path.join(own, 'plan.json'), canonicalJson(changed.plan ?? plan));
      if (changed.via) await writeFile(path.join(own, 'access.json'), JSON.stringify(changed.via.access));
      const { brokers } = changed.via ?? given;
      child = spawn(
        path.join(spark.sparkHome, 'bin', 'spark-submit'),
        [
          ...Object.entries(LOCAL_SPARK).flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
          ...['--conf', 'spark.eventLog.enabled=true', '--conf', `spark.eventLog.dir=${uri(scratch)}`],
          // So that it can be searched.
          ...['--conf', 'spark.eventLog.compress=false'],
          ...['--jars', given.jars.map(uri).join(',')],
          path.join(jobFolder(), 'stream.py'),
          ...['--approved-hash', hashOf(changed.plan ?? plan), '--stream-id', 's'],
          ...['--attempt', String(attempt), '--root', uri(folder), '--brokers', brokers.join()],
          ...['--topic', given.topic, '--output-topic', given.outputTopic],
          ...['--quarantine-topic', given.quarantineTopic, '--output', uri(stream.output)],
          ...['--from', 'earliest', '--seconds', '0', '--most', String(given.most)],
          ...(changed.via ? ['--signs-in'] : []),
        ],
        {
          cwd: scratch,
          env: { ...process.env, ...sparkEnvironment(spark, scratch) },
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: true,
        },
      );
      for (const output of [child.stdout, child.stderr])
        output?.on('data', (chunk: Buffer) => {
          words = (words + chunk.toString()).slice(-20_000);
        });
    },
    async progress(): Promise<ProgressFile | null> {
      const file = path.join(own, 'progress.json');
      return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as ProgressFile) : null;
    },
    async report() {
      const file = path.join(attemptFolder(attempt), 'report.json');
      return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : null;
    },
    /** Waits until the progress is enough; throws the job's last words where it ends first. */
    async until(enough: (progress: ProgressFile) => boolean): Promise<ProgressFile> {
      for (const deadline = Date.now() + 600_000; ; ) {
        const found = await stream.progress();
        if (found && enough(found)) return found;
        if (child?.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
          throw new Error(`the stream did not come so far: ${JSON.stringify(found)}\n${words}`);
        await wait(10);
      }
    },
    /** Ends it as a crash would. */
    async kill() {
      if (!child?.pid) return;
      if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended(child);
    },
    /** Orders it to stop; answers its exit code. */
    async stop() {
      await writeFile(path.join(attemptFolder(attempt), 'stop.json'), '{}');
      return child && ended(child);
    },
    /** Waits for its end; answers its exit code. */
    ended: () => child && ended(child),
    words: () => words,
  };
  return stream;
}
