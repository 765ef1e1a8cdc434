import type { Plan } from '../../shared/compile/plan';
import type { ClusterRun } from '../../shared/contract/calls/publish';
import { Fault, isFault } from '../../shared/contract/errors';
import type { Job, Publisher } from '../../shared/ports/publisher';
import { hasEnded, judge, told } from './judge';
import { openRunRecords, type RunRecord } from './run-record';
import { createWatch } from './watch';

const POLL_MS = 2000;

export type Request = { job: Job; plan: Plan; ruleSetHash: string; connection: string; source: string };

/** Runs on clusters: kept on disk before anything is submitted, and followed until they end. */
export type Runs = {
  /**
   * Submits a run. The same run id again answers with the same run and submits nothing; a Fault
   * (`publish.run-id`) when it was for another plan or other paths.
   */
  submit(request: Request): Promise<ClusterRun>;
  /** Newest first. */
  list(): readonly ClusterRun[];
  /** The run of an id, if there is one. */
  find(runId: string): ClusterRun | undefined;
  /** Orders a run to end; it is `stopped` once the cluster says that it has, or has succeeded meanwhile. */
  stop(runId: string): Promise<ClusterRun>;
  log(runId: string): Promise<readonly string[]>;
  /** Looks at every run that has not ended, once. */
  follow(): Promise<void>;
  /** Ends following; runs on the cluster go on. Resolved when nothing is written any more. */
  close(): Promise<void>;
};

type Options = {
  folder: string;
  publisherFor(connection: string): Promise<Publisher>;
  /** Told of each change of a run. */
  changed(run: ClusterRun): void;
  /** Told of errors nobody waits for. */
  trouble(error: unknown): void;
  now?: () => number;
  /** Milliseconds between looks; 0 leaves looking to `follow`. */
  pollMs?: number;
};

function beginRecord({ job, plan, ruleSetHash, connection, source }: Request, now: number): RunRecord {
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
    submitted: new Date(now).toISOString(),
    finished: null,
    livyBatch: null,
    applicationId: null,
    trackingUrl: null,
    progress: null,
    report: null,
  };
  return {
    format: 'dataharmonize/cluster-run',
    version: 1,
    run,
    plan,
    ruleSetHash,
    dialect: job.plan.source,
    expectations: [...job.plan.expectations],
    sent: false,
    stopping: false,
  };
}

type Intent = Pick<ClusterRun, 'planHash' | 'input' | 'output' | 'quarantine'>;

/** Throws a Fault (`publish.run-id`) unless a run is of this plan and these paths. */
export function assertSameIntent(run: ClusterRun, intent: Intent): void {
  const parts = ['planHash', 'input', 'output', 'quarantine'] as const;
  if (parts.every((part) => run[part] === intent[part])) return;
  throw new Fault({
    code: 'publish.run-id',
    message: `The run id ${run.runId} belongs to a run with another plan or other paths.`,
    unaffected: 'Nothing was submitted; that run is as it was.',
    advice: 'Publish again under a new run id.',
  });
}

/** Whether a run that has ended may have left rows that nobody will ask for: not while its result may stand. */
const leftRows = ({ state, report }: ClusterRun): boolean =>
  (state === 'failed' || state === 'stopped') && report?.failure?.code !== 'job.interrupted';

/** Opens the runs kept in a folder and goes on following those that had not ended. */
export async function openRuns({
  folder,
  publisherFor,
  changed,
  trouble,
  now = Date.now,
  pollMs = POLL_MS,
}: Options): Promise<Runs> {
  const records = await openRunRecords(folder, trouble);
  const submitting = new Map<string, Promise<ClusterRun>>();
  const watch = createWatch({
    pollMs,
    trouble,
    lookAt,
    goesOn: () => records.all().some(({ run }) => !hasEnded(run)),
    open: () =>
      records.all().flatMap(({ run }) => (hasEnded(run) || submitting.has(run.runId) ? [] : [run.runId])),
  });
  const { signal, inTurn, tell, schedule } = watch;

  const recordOf = (runId: string): RunRecord => {
    const record = records.get(runId);
    if (record) return record;
    throw new Fault({
      code: 'publish.no-run',
      message: `There is no run ${runId}.`,
      advice: 'Choose a run that is listed.',
    });
  };
  const refOf = ({ run }: RunRecord) => ({
    runId: run.runId,
    batch: run.livyBatch,
    applicationId: run.applicationId,
  });

  async function keep(
    runId: string,
    change: Partial<ClusterRun>,
    marks: Partial<Pick<RunRecord, 'sent' | 'stopping'>> = {},
  ): Promise<ClusterRun> {
    const record = recordOf(runId);
    const next = { ...record, ...marks, run: { ...record.run, ...change } };
    if (JSON.stringify(next) === JSON.stringify(record)) return record.run;
    await records.put(next);
    changed(next.run);
    return next.run;
  }
  const fail = (runId: string, message: string) =>
    keep(runId, { state: 'failed', message, finished: new Date(now()).toISOString() });

  /** What stays behind where this fails is told, but does no harm. */
  const clear = (publisher: Publisher, runId: string, what: 'rows' | 'all') =>
    publisher.clear(runId, what, signal).catch(tell);

  async function lookAt(runId: string): Promise<ClusterRun> {
    const record = recordOf(runId);
    if (hasEnded(record.run)) return record.run;
    try {
      const publisher = await publisherFor(record.run.connection);
      const sighting = await publisher.look(refOf(record), signal);
      // An order to stop may get lost, and a run that is absent may be on its way.
      if (record.stopping && sighting.state !== 'ended') await publisher.stop(refOf(record), signal);
      const over = sighting.state === 'ended' || sighting.state === 'absent';
      const report = over ? await publisher.report(runId, signal) : null;
      const run = await keep(runId, judge(record, sighting, report, now()));
      if (sighting.state === 'ended' && leftRows(run)) await clear(publisher, runId, 'rows');
      return run;
    } catch (error) {
      if (!isFault(error)) throw error;
      return keep(runId, { message: `The cluster cannot be asked just now: ${error.message}` });
    }
  }

  async function submitOnce(request: Request): Promise<ClusterRun> {
    const { job } = request;
    const publisher = await publisherFor(request.connection);
    const record = beginRecord(request, now());
    await records.put(record);
    changed(record.run);
    try {
      await publisher.stage(job, signal);
      await keep(job.runId, { message: 'Submitting.' }, { sent: true });
      const sighting = await publisher.submit(job, signal);
      return await keep(job.runId, judge(recordOf(job.runId), sighting, null, now()));
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'publish.reply-lost') return lookAt(job.runId);
      const run = await fail(job.runId, told(error));
      await clear(publisher, job.runId, 'all');
      return run;
    }
  }

  const runs: Runs = {
    submit(request) {
      const { runId } = request.job;
      const known = records.get(runId)?.run;
      if (known) assertSameIntent(known, request.job);
      const underWay = submitting.get(runId);
      if (underWay) return underWay;
      if (known) return Promise.resolve(known);
      const submitted = inTurn(runId, () => submitOnce(request)).finally(() => {
        submitting.delete(runId);
        schedule();
      });
      submitting.set(runId, submitted);
      return submitted;
    },
    list: () =>
      records
        .all()
        .map(({ run }) => run)
        .sort((a, b) => b.submitted.localeCompare(a.submitted)),
    find: (runId) => records.get(runId)?.run,
    stop: (runId) =>
      inTurn(runId, async () => {
        if (hasEnded(recordOf(runId).run)) return recordOf(runId).run;
        const { connection } = await keep(runId, { message: 'Stopping.' }, { stopping: true });
        schedule();
        await (await publisherFor(connection)).stop(refOf(recordOf(runId)), signal);
        return lookAt(runId);
      }),
    async log(runId) {
      const record = recordOf(runId);
      return (await publisherFor(record.run.connection)).log(refOf(record), signal);
    },
    follow: watch.follow,
    close: watch.close,
  };

  for (const { run, sent } of records.all()) {
    if (!sent && !hasEnded(run))
      await fail(run.runId, 'The program ended before the job was submitted; nothing was published.');
  }
  schedule();
  return runs;
}
