import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hashOf } from '../../shared/compile/hash';
import type { DrawnHow, ShapeCover } from '../../shared/contract/calls/source';
import { Fault, isFault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/dialect';
import type { FileSampling } from '../../shared/document/sampling';
import type { Connector } from '../../shared/ports/connector';
import type { Publisher } from '../../shared/ports/publisher';
import { shareBefore } from '../../shared/sampling/groups';
import { surveyPlan } from '../../shared/sampling/survey';
import { giveUp, untilEnded } from '../publish/follow';
import { inspect, type Sample, sample } from './sample';

const count = z.number().int();
const looked = { rows: count, unreadable: count, kept: count };
const drawnSchema = z.object({ ...looked, matches: count, end: z.string().nullable() });
const shapesSchema = z.object({
  ...looked,
  columns: z.array(
    z.object({
      different: count,
      shapes: z.array(z.object({ shape: z.string().nullable(), rows: count, example: count.nullable() })),
    }),
  ),
});
const reportSchema = z.looseObject({
  status: z.enum(['succeeded', 'failed']),
  code: z.string().optional(),
  message: z.string().optional(),
});

/** A cluster that a source is on, and how to read what a job leaves there. */
export type SurveyPlace = {
  readonly publisher: Publisher;
  readonly connector: Connector;
  /** Folder on HDFS that holds `_runs`. */
  readonly root: string;
  /** Makes a folder there that its user alone may look into. */
  readonly makePrivate: (path: string) => Promise<void>;
  readonly path: string;
  readonly dialect: Dialect;
  readonly signal: AbortSignal;
  readonly tell: (words: string) => void;
  /** Milliseconds between looks. */
  readonly pollMs?: number;
};

const failed = (code: string, message: string, advice: string) =>
  new Fault({ code, message, unaffected: 'The source and the rules are as they were.', advice });
const lost = () =>
  failed('sample.lost', 'The cluster has no trace of the job.', 'Look at the cluster, then try again.');

async function readJson<T>(
  { connector, signal }: SurveyPlace,
  path: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const parts: Uint8Array[] = [];
  for await (const part of connector.open(path, { signal })) parts.push(part.slice());
  return schema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
}

/** Runs a job that looks at all rows of a source, lets `read` read what it has left, and removes that again. */
async function survey<T>(
  place: SurveyPlace,
  asked: FileSampling | 'shapes',
  read: (folder: string, columns: readonly string[]) => Promise<T>,
): Promise<T> {
  const { publisher, connector, root, makePrivate, path, dialect, signal, tell, pollMs = 2000 } = place;
  const { columns } = await inspect(connector, path, signal, dialect);
  const plan = surveyPlan(columns, dialect, asked);
  const runId = `survey-${randomUUID()}`;
  const folder = `${root}/_runs/${runId}`;
  // Nothing is made visible there: what the job finds stays in its own folder.
  const none = { output: `${folder}/none`, quarantine: `${folder}/none-either` };
  const job = { runId, plan, planHash: hashOf(plan), input: path, ...none, outputFormat: 'parquet' as const };
  let over = false;
  try {
    tell('Submitting a job to the cluster…');
    await makePrivate(folder);
    await publisher.stage(job, signal);
    // Whether or not the reply was lost: the run's id is unique, so it is looked for.
    await publisher.submit(job, signal).catch((error: unknown) => {
      if (!isFault(error, 'publish.reply-lost')) throw error;
    });
    tell('The cluster looks at all rows…');
    await untilEnded(publisher, runId, { pollMs, lost, signal });
    over = true;
    const report = reportSchema.safeParse(await publisher.report(runId, signal));
    if (!report.success)
      throw failed('sample.no-report', 'The job ended without a report.', 'Look at its log on the cluster.');
    const { status, code = 'job.failed', message = 'The job failed.' } = report.data;
    if (status === 'failed') throw failed(code, message, 'Correct what it says, then try again.');
    tell('Reading what the job found…');
    return await read(folder, columns);
  } finally {
    over ||= await giveUp(publisher, runId, pollMs).catch(() => false);
    // It holds values: no trace stays, unless a job that starts late must still find its claim.
    await publisher.clear(runId, over ? 'all' : 'rows').catch(() => undefined);
  }
}

/** The rows that a job has left. */
async function rowsLeft(place: SurveyPlace, folder: string, rows: number): Promise<Sample> {
  const { connector, signal } = place;
  for await (const entry of connector.list(`${folder}/output`, signal)) {
    if (!entry.name.endsWith('.parquet')) continue;
    const sampling: FileSampling = { method: 'first', rows: Math.max(1, rows) };
    return sample({ connector, path: entry.path, dialect: { format: 'parquet' }, sampling, signal });
  }
  throw failed('sample.no-report', 'The job left no rows.', 'Look at its log on the cluster.');
}

const HOW: Record<FileSampling['method'], DrawnHow> = {
  first: 'random-rows',
  random: 'random-rows',
  groups: 'whole-groups',
  filter: 'filtered',
};

/** Draws a sample by a job where the source is. */
export async function sampleOnCluster(place: SurveyPlace, sampling: FileSampling): Promise<Sample> {
  const [began, at] = [performance.now(), new Date().toISOString()];
  return survey(place, sampling, async (folder, columns) => {
    const found = await readJson(place, `${folder}/survey.json`, drawnSchema);
    const left = await rowsLeft(place, folder, found.kept);
    const total = found.rows + found.unreadable;
    const share =
      sampling.method === 'groups' ? (found.end === null ? sampling.share : shareBefore(found.end)) : null;
    return {
      ...left,
      columns: [...columns],
      complete: left.rows === total,
      total: { rows: total, exact: true },
      unreadable: [],
      unreadableCount: found.unreadable,
      drawn: {
        ...{ how: HOW[sampling.method], sampling, at, on: 'cluster', parts: null, share },
        milliseconds: Math.round(performance.now() - began),
        bytes: left.drawn.bytes,
        matches: sampling.method === 'filter' ? found.matches : null,
      },
      places: { kind: 'unknown', at: new Uint8Array() },
    };
  });
}

/** Lists the shapes of all values by a job where the source is. */
export async function coverOnCluster(place: SurveyPlace): Promise<ShapeCover> {
  const [began, at] = [performance.now(), new Date().toISOString()];
  return survey(place, 'shapes', async (folder, columns) => {
    const found = await readJson(place, `${folder}/survey.json`, shapesSchema);
    const left = await rowsLeft(place, folder, found.kept);
    return {
      at,
      milliseconds: Math.round(performance.now() - began),
      bytes: left.drawn.bytes,
      rows: found.rows,
      unreadableCount: found.unreadable,
      columns: found.columns.map(({ different, shapes }, i) => ({
        name: columns[i] ?? '',
        different,
        shapes: shapes.map((one) => ({ ...one, first: null })),
      })),
      examples: left.arrow,
    };
  });
}
