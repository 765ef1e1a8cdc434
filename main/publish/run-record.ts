import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Plan } from '../../shared/compile/plan';
import { clusterRunSchema } from '../../shared/contract/calls/publish';
import { Fault } from '../../shared/contract/errors';
import { dialectSchema } from '../../shared/document/dialect';
import { expectationSchema } from '../../shared/document/rule-set';
import { writeAtomically } from '../project/atomic-file';

const recordSchema = z.strictObject({
  format: z.literal('dataharmonize/cluster-run'),
  version: z.literal(1),
  run: clusterRunSchema,
  /** With which the job's report is read. */
  plan: z.custom<Plan>((value) => typeof value === 'object' && value !== null),
  ruleSetHash: z.string(),
  /** How the input is read, and what must hold of the counts. */
  dialect: dialectSchema,
  expectations: z.array(expectationSchema),
  /** Set before the submission leaves: from then on the run may exist on the cluster. */
  sent: z.boolean(),
  /** Set when a steward stops the run, until it has ended. */
  stopping: z.boolean(),
});

/** A run as it is kept on disk. */
export type RunRecord = z.output<typeof recordSchema>;

/** Records of runs in a folder, a file each. */
export type RunRecords = {
  get(runId: string): RunRecord | undefined;
  all(): readonly RunRecord[];
  /** Keeps a record; on disk when it returns. */
  put(record: RunRecord): Promise<void>;
};

/** Opens a folder of records. A file that cannot be read is told to `trouble` and left where it is. */
export async function openRunRecords(folder: string, trouble: (error: unknown) => void): Promise<RunRecords> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const records = new Map<string, RunRecord>();
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const record = recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      records.set(record.run.runId, record);
    } catch (cause) {
      trouble(
        new Fault({
          code: 'publish.record',
          message: `${file}: this record of a run cannot be read.`,
          place: { file },
          unaffected: 'The run itself and all other runs are as they were.',
          advice: 'Look for the run on the cluster by the file’s name.',
          cause,
        }),
      );
    }
  }
  return {
    get: (runId) => records.get(runId),
    all: () => [...records.values()],
    async put(record) {
      records.set(record.run.runId, record);
      await writeAtomically(join(folder, `${record.run.runId}.json`), `${JSON.stringify(record)}\n`);
    },
  };
}
