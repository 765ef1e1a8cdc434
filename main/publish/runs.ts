import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Plan } from '../../shared/compile/plan';
import { type ClusterRun, clusterRunSchema } from '../../shared/contract/calls/publish';
import { Fault, isFault } from '../../shared/contract/errors';
import type { Job, Publisher, Sighting } from '../../shared/ports/publisher';
import { writeAtomically } from '../project/atomic-file';
import { readJobReport } from './report';

/** Looks between which a run without any trace is still expected to appear. */
const PATIENCE_MS = 120_000;
const POLL_MS = 2000;

/** A run as it is kept: the run itself, and the plan with which its report is read. */
const recordSchema = z.strictObject({
  format: z.literal('dataharmonize/cluster-run'),
  version: z.literal(1),
  run: clusterRunSchema,
  plan: z.custom<Plan>((value) => typeof value === 'object' && value !== null),
  ruleSetHash: z.string(),
});
type Record = z.output<typeof recordSchema>;

export type Request = { job: Job; plan: Plan; ruleSetHash: string; connection: string; source: string };

/** Runs on clusters, kept on disk before anything is submitted, and followed until they end. */
export type Runs = {
  /** Submits a run. The same run id again answers with the same run and submits nothing. */
  submit(request: Request): Promise<ClusterRun>;
  list(): Promise<readonly ClusterRun[]>;
  find(runId: string): Promise<ClusterRun>;
  stop(runId: string): Promise<ClusterRun>;
  log(runId: string): Promise<readonly string[]>;
  /** Looks at every run that has not ended, once. */
  follow(): Promise<void>;
  close(): void;
};

type Options = {
  folder: string;
  publisherFor(connection: string): Promise<Publisher>;
  changed(run: ClusterRun): void;
  /** Told of errors nobody waits for. */
  trouble(error: unknown): void;
  now?: () => number;
  /** Milliseconds between looks; 0 leaves looking to `follow`. */
  pollMs?: number;
};

const ENDED: ReadonlySet<ClusterRun['state']> = new Set(['succeeded', 'failed', 'stopped']);

async function load(folder: string): Promise<Map<string, Record>> {
  await mkdir(folder, { recursive: true });
  const records = new Map<string, Record>();
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
    const parsed = recordSchema.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    if (parsed.success) records.set(parsed.data.run.runId, parsed.data);
  }
  return records;
}

/** Opens the runs kept in a folder and goes on following those that had not ended. */
export async function openRuns({
  folder,
  publisherFor,
  changed,
  trouble,
  now = Date.now,
  pollMs = POLL_MS,
}: Options): Promise<Runs> {
  const records = await load(folder);
  const submitting = new Map<string, Promise<ClusterRun>>();
  let timer: NodeJS.Timeout | null = null;

  async function keep(record: Record, change: Partial<ClusterRun>): Promise<ClusterRun> {
    const run = { ...record.run, ...change };
    const next = { ...record, run };
    records.set(run.runId, next);
    await writeAtomically(join(folder, `${run.runId}.json`), JSON.stringify(next));
    changed(run);
    return run;
  }
  const recordOf = (runId: string): Record => {
    const record = records.get(runId);
    if (record) return record;
    throw new Fault({
      code: 'publish.no-run',
      message: `There is no run ${runId}.`,
      advice: 'Choose a run that is listed.',
    });
  };
  const end = (
    record: Record,
    state: 'succeeded' | 'failed' | 'stopped',
    message: string,
    change: Partial<ClusterRun> = {},
  ) => keep(record, { state, message, finished: new Date(now()).toISOString(), ...change });

  async function settle(record: Record, sighting: Sighting, publisher: Publisher): Promise<ClusterRun> {
    const { run } = record;
    const seen = {
      livyBatch: sighting.batch ?? run.livyBatch,
      applicationId: sighting.applicationId ?? run.applicationId,
      trackingUrl: sighting.trackingUrl,
      progress: sighting.progress,
    };
    if (sighting.state === 'queued')
      return keep(record, { ...seen, state: 'queued', message: 'Waiting for room on the cluster.' });
    if (sighting.state === 'running')
      return keep(record, { ...seen, state: 'running', message: 'The job is running.' });
    const data = await publisher.report(run.runId);
    if (sighting.state === 'absent' && data === null) {
      const waited = now() - Date.parse(run.submitted);
      return waited < PATIENCE_MS
        ? keep(record, { state: 'submitting', message: 'Looking for the run on the cluster.' })
        : keep(record, {
            state: 'unknown',
            message:
              'The cluster has no trace of this run. It is looked for still; no second run is started.',
          });
    }
    if (data === null) {
      const words = sighting.diagnostics.split('\n')[0] ?? '';
      return end(
        record,
        'failed',
        `The job ended without a run report; nothing was published. ${words}`.trim(),
        seen,
      );
    }
    try {
      const report = readJobReport(data, {
        plan: record.plan,
        planHash: run.planHash,
        ruleSetHash: record.ruleSetHash,
      });
      return report.status === 'succeeded'
        ? end(record, 'succeeded', 'Done: counts match and the output is in place.', {
            ...seen,
            report,
            progress: 1,
          })
        : end(record, 'failed', report.failure?.message ?? 'The job failed.', { ...seen, report });
    } catch (error) {
      if (!isFault(error)) throw error;
      return end(record, 'failed', error.message, seen);
    }
  }

  async function lookAt(record: Record): Promise<ClusterRun> {
    const { run } = record;
    try {
      const publisher = await publisherFor(run.connection);
      const sighting = await publisher.look({
        runId: run.runId,
        batch: run.livyBatch,
        applicationId: run.applicationId,
      });
      return await settle(recordOf(run.runId), sighting, publisher);
    } catch (error) {
      if (!isFault(error)) throw error;
      return keep(recordOf(run.runId), { message: `The cluster cannot be asked just now: ${error.message}` });
    }
  }

  async function submitOnce({ job, plan, ruleSetHash, connection, source }: Request): Promise<ClusterRun> {
    const publisher = await publisherFor(connection);
    const run: ClusterRun = {
      runId: job.runId,
      connection,
      source,
      name: plan.name,
      state: 'submitting',
      message: 'Staging the plan and the job.',
      planHash: job.planHash,
      input: job.input,
      output: job.output,
      quarantine: job.quarantine,
      submitted: new Date(now()).toISOString(),
      finished: null,
      livyBatch: null,
      applicationId: null,
      trackingUrl: null,
      progress: null,
      report: null,
    };
    const record: Record = { format: 'dataharmonize/cluster-run', version: 1, run, plan, ruleSetHash };
    await keep(record, {});
    try {
      await publisher.stage(job);
      await keep(recordOf(job.runId), { message: 'Submitting.' });
      const sighting = await publisher.submit(job);
      return await settle(recordOf(job.runId), sighting, publisher);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'publish.reply-lost') return lookAt(recordOf(job.runId));
      return end(recordOf(job.runId), 'failed', error.message);
    }
  }

  const runs: Runs = {
    submit(request) {
      const { runId } = request.job;
      const underWay = submitting.get(runId);
      if (underWay) return underWay;
      const known = records.get(runId);
      if (known) return Promise.resolve(known.run);
      const submitted = submitOnce(request).finally(() => {
        submitting.delete(runId);
        schedule();
      });
      submitting.set(runId, submitted);
      return submitted;
    },
    async list() {
      return [...records.values()]
        .map((one) => one.run)
        .sort((a, b) => b.submitted.localeCompare(a.submitted));
    },
    async find(runId) {
      return recordOf(runId).run;
    },
    async stop(runId) {
      const record = recordOf(runId);
      if (ENDED.has(record.run.state)) return record.run;
      const seen = await lookAt(record);
      if (ENDED.has(seen.state)) return seen;
      const publisher = await publisherFor(seen.connection);
      await publisher.stop({ runId, batch: seen.livyBatch, applicationId: seen.applicationId });
      // It may have finished before the order to stop reached it.
      if ((await publisher.report(runId)) !== null) return lookAt(recordOf(runId));
      return end(recordOf(runId), 'stopped', 'Stopped by the steward; nothing was published.');
    },
    async log(runId) {
      const { run } = recordOf(runId);
      return (await publisherFor(run.connection)).log({ batch: run.livyBatch });
    },
    async follow() {
      for (const record of [...records.values()]) {
        if (!ENDED.has(record.run.state) && !submitting.has(record.run.runId)) await lookAt(record);
      }
    },
    close() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };

  let closed = false;
  const close = runs.close;
  runs.close = () => {
    closed = true;
    close();
  };
  function schedule(): void {
    if (closed || timer || pollMs === 0) return;
    if (![...records.values()].some((one) => !ENDED.has(one.run.state))) return;
    timer = setTimeout(async () => {
      await runs.follow().catch(trouble);
      timer = null;
      schedule();
    }, pollMs);
    timer.unref();
  }
  schedule();
  return runs;
}
