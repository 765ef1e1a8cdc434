import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hashOf } from '../../shared/compile/hash';
import type { Counts } from '../../shared/compile/measures';
import { Fault, isFault } from '../../shared/contract/errors';
import type { Job, Publisher } from '../../shared/ports/publisher';
import type { WebHdfs } from '../connectors/hdfs/webhdfs';
import { abortable } from '../http/abortable';
import { giveUp, untilEnded } from '../publish/follow';
import { readJobReport } from '../publish/report';
import type { SparkRunner, SparkTask } from './spark';

type Cluster = {
  readonly publisher: Publisher;
  readonly hdfs: WebHdfs;
  /** Folder on HDFS that holds `_verify` while something is verified. */
  readonly root: string;
  /** Milliseconds between looks. */
  readonly pollMs?: number;
};

const NOTHING_PUBLISHED = 'Nothing was published; no output of a run was touched.';

function failed(code: string, message: string, advice: string): Fault {
  return new Fault({ code, message, unaffected: NOTHING_PUBLISHED, advice });
}

/**
 * Runs tasks through the very job that publishing uses: the file is put on HDFS for its user alone, the job writes
 * beside it, the result is fetched, and all of it is removed again. Cancelling stops the job.
 */
export function createSparkOnCluster({ publisher, hdfs, root, pollMs = 2000 }: Cluster): SparkRunner {
  const lost = () =>
    failed('verify.lost', 'The cluster has no trace of the job.', 'Look at the cluster, then verify again.');

  async function fetchFolder(from: string, to: string, signal: AbortSignal): Promise<void> {
    await mkdir(to, { recursive: true });
    for await (const { name, path } of hdfs.list(from, { signal })) {
      if (name.startsWith('_') || name.startsWith('.')) continue;
      await pipeline(Readable.from(hdfs.open(path, { signal })), createWriteStream(join(to, name)), {
        signal,
      });
    }
  }

  async function carryOut(job: Job, { plan, input, folder, tell }: SparkTask, signal: AbortSignal) {
    const { runId, planHash } = job;
    tell('submitting');
    await hdfs.create(job.input, createReadStream(input), { overwrite: false, permission: '600', signal });
    await publisher.stage(job, signal);
    // Whether or not the reply was lost: the run's id is unique, so it is looked for.
    await publisher.submit(job, signal).catch((error: unknown) => {
      if (!isFault(error, 'publish.reply-lost')) throw error;
    });
    tell('waiting');
    await untilEnded(publisher, runId, { pollMs, lost, signal });
    const data = await publisher.report(runId, signal);
    if (data === null) {
      throw failed(
        'verify.no-report',
        'The job ended without a run report.',
        'Look at its log on the cluster, then verify again.',
      );
    }
    const report = readJobReport(data, {
      run: { runId, planHash },
      plan,
      ruleSetHash: '',
      dialect: job.plan.source,
      expectations: [],
    });
    if (report.failure)
      throw failed(report.failure.code, report.failure.message, 'Correct what it says, then verify again.');
    const answer = { output: join(folder, 'output'), quarantine: join(folder, 'quarantine') };
    await fetchFolder(job.output, answer.output, signal);
    await fetchFolder(job.quarantine, answer.quarantine, signal);
    return { ...answer, version: report.engine.version, counts: report.counts as Counts };
  }

  return async (task) => {
    const runId = `verify-${randomUUID()}`;
    const folder = `${root}/_verify/${runId}`;
    const planHash = hashOf(task.sparkPlan);
    const job: Job = {
      runId,
      plan: task.sparkPlan,
      planHash,
      input: `${folder}/input`,
      output: `${folder}/output`,
      quarantine: `${folder}/quarantine`,
      outputFormat: 'csv',
    };
    const signal = abortable(task.signal) ?? new AbortController().signal;
    let over = false;
    try {
      await hdfs.mkdirs(folder, { permission: '700', signal });
      const answer = await carryOut(job, task, signal);
      over = true;
      return answer;
    } finally {
      // Without its claim a job that starts late would run: the claim stays where it may not be over.
      over ||= await giveUp(publisher, runId, pollMs).catch(() => false);
      await Promise.allSettled([
        hdfs.remove(folder, { recursive: true }),
        publisher.clear(runId, over ? 'all' : 'rows'),
      ]);
    }
  };
}
