import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isFault } from '../../shared/contract/errors';
import type { WebHdfs } from '../connectors/hdfs/webhdfs';

/** Stands in the claim in place of an application's id. */
const STOPPED = 'none: stopped by the steward';
/** In each result: the run that wrote it. */
const MARK = '_dataharmonize.json';

const markSchema = z.object({ runId: z.string() });
const interruptedSchema = z.looseObject({
  status: z.literal('failed'),
  code: z.literal('job.interrupted'),
  runId: z.string(),
  output: z.looseObject({ path: z.string() }),
  quarantine: z.looseObject({ path: z.string() }),
});
const progressSchema = z.object({ phase: z.string(), rows: z.number().int().nullable() });
export type JobProgress = z.output<typeof progressSchema>;

type Cancel = { signal?: AbortSignal | undefined };

/** What a job and its watchers keep in a run's folder on HDFS. */
export function openRunFiles(hdfs: WebHdfs, folder: string) {
  /** A small JSON file; null while there is none; `broken` where a job was killed while it wrote. */
  async function read(path: string, cancel: Cancel): Promise<unknown> {
    if ((await hdfs.status(path, cancel)) === null) return null;
    return hdfs.readJson(path, z.unknown(), cancel).catch((error: unknown) => {
      if (isFault(error, 'hdfs.not-json', 'hdfs.not-text', 'hdfs.too-large')) return 'broken';
      throw error;
    });
  }

  async function isOf(runId: string, result: string, cancel: Cancel): Promise<boolean> {
    // A job names its results by URL, with the file system's own address.
    const path = result.replace(/^hdfs:\/\/[^/]*/, '');
    const mark = markSchema.safeParse(await read(`${path}/${MARK}`, cancel));
    return mark.success && mark.data.runId === runId;
  }

  return {
    /**
     * The job's report, or null. A job that ended while it put its verified result in place has succeeded if all of
     * the result is in place all the same.
     */
    async report(cancel: Cancel): Promise<unknown> {
      const data = await read(`${folder}/report.json`, cancel);
      const interrupted = interruptedSchema.safeParse(data);
      if (!interrupted.success) return data;
      const { runId, output, quarantine, code: _, message: __, ...rest } = interrupted.data;
      const stand = [await isOf(runId, output.path, cancel), await isOf(runId, quarantine.path, cancel)];
      return stand.every(Boolean) ? { ...rest, runId, output, quarantine, status: 'succeeded' } : data;
    },

    /** A file of the run's folder as JSON; null while there is none. */
    json: (name: string, cancel: Cancel): Promise<unknown> => read(`${folder}/${name}`, cancel),

    /** How far the job is, by its own word; null where it has not said. */
    async progress(cancel: Cancel): Promise<JobProgress | null> {
      return progressSchema.safeParse(await read(`${folder}/progress.json`, cancel)).data ?? null;
    },

    /** Takes the run's claim, without which the job does nothing; answers whether it was still to be had. */
    async claim(cancel: Cancel): Promise<boolean> {
      const path = `${folder}/claim.json`;
      if ((await hdfs.status(path, cancel)) !== null) return false;
      const aside = `${path}.${randomUUID()}.part`;
      const content = new TextEncoder().encode(JSON.stringify({ applicationId: STOPPED }));
      await hdfs.create(aside, content, { overwrite: false, ...cancel });
      try {
        await hdfs.rename(aside, path, cancel);
        return true;
      } catch (error) {
        await hdfs.remove(aside, { recursive: false, ...cancel });
        if (isFault(error, 'hdfs.exists')) return false;
        throw error;
      }
    },
  };
}
