import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SparkPlan } from '../../shared/compile/spark';
import type { StreamPlan } from '../../shared/compile/stream';
import { Fault, isFault } from '../../shared/contract/errors';
import type { FileSampling } from '../../shared/document/sampling';
import type { Connector } from '../../shared/ports/connector';
import type { Publisher } from '../../shared/ports/publisher';
import { giveUp, untilEnded } from '../publish/follow';
import { type Sample, sample } from './sample';

const reportSchema = z.looseObject({
  status: z.enum(['succeeded', 'failed']),
  code: z.string().optional(),
  message: z.string().optional(),
});

/** A cluster whose jobs look at rows, and how to read what they leave there. */
export type SurveyJobs = {
  readonly publisher: Publisher;
  /** Reads HDFS. */
  readonly connector: Connector;
  /** Folder on HDFS that holds `_runs`. */
  readonly root: string;
  /** Makes a folder there that its user alone may look into. */
  readonly makePrivate: (path: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly tell: (words: string) => void;
  /** Milliseconds between looks. */
  readonly pollMs?: number;
};

/** What a job is to look for, and how it is sent off; `looks` says what it does. */
export type Survey = {
  readonly plan: SparkPlan | StreamPlan;
  readonly submit: (runId: string, folder: string) => Promise<unknown>;
  readonly looks: string;
};

const failed = (code: string, message: string, advice: string) =>
  new Fault({ code, message, unaffected: 'The source and the rules are as they were.', advice });
const lost = () =>
  failed('sample.lost', 'The cluster has no trace of the job.', 'Look at the cluster, then try again.');

/** Runs a job that looks at all rows of a source, lets `read` read what it has left, and removes that again. */
export async function runSurvey<T>(
  { publisher, root, makePrivate, signal, tell, pollMs = 2000 }: SurveyJobs,
  { plan, submit, looks }: Survey,
  read: (folder: string) => Promise<T>,
): Promise<T> {
  const runId = `survey-${randomUUID()}`;
  const folder = `${root}/_runs/${runId}`;
  let over = false;
  try {
    tell('Submitting a job to the cluster…');
    await makePrivate(folder);
    await publisher.stage({ runId, plan }, signal);
    // Whether or not the reply was lost: the run's id is unique, so it is looked for.
    await submit(runId, folder).catch((error: unknown) => {
      if (!isFault(error, 'publish.reply-lost')) throw error;
    });
    tell(looks);
    await untilEnded(publisher, runId, { pollMs, lost, signal, doing: tell });
    over = true;
    const report = reportSchema.safeParse(await publisher.report(runId, signal));
    if (!report.success)
      throw failed('sample.no-report', 'The job ended without a report.', 'Look at its log on the cluster.');
    const { status, code = 'job.failed', message = 'The job failed.' } = report.data;
    if (status === 'failed') throw failed(code, message, 'Correct what it says, then try again.');
    tell('Reading what the job found…');
    return await read(folder);
  } finally {
    over ||= await giveUp(publisher, runId, pollMs).catch(() => false);
    // It holds values: no trace stays, unless a job that starts late must still find its claim.
    await publisher.clear(runId, over ? 'all' : 'rows').catch(() => undefined);
  }
}

/** What a job has found, beside rows. */
export async function readFound<T>(
  { connector, signal }: SurveyJobs,
  folder: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const parts: Uint8Array[] = [];
  for await (const part of connector.open(`${folder}/survey.json`, { signal })) parts.push(part.slice());
  return schema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
}

/** The rows that a job has left. */
export async function rowsLeft(
  { connector, signal }: SurveyJobs,
  folder: string,
  rows: number,
): Promise<Sample> {
  for await (const entry of connector.list(`${folder}/output`, signal)) {
    if (!entry.name.endsWith('.parquet')) continue;
    const sampling: FileSampling = { method: 'first', rows: Math.max(1, rows) };
    return sample({ connector, path: entry.path, dialect: { format: 'parquet' }, sampling, signal });
  }
  throw failed('sample.no-report', 'The job left no rows.', 'Look at its log on the cluster.');
}
