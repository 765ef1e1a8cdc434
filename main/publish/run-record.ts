import { z } from 'zod';
import type { Plan } from '../../shared/compile/plan';
import { clusterRunSchema } from '../../shared/contract/calls/publish';
import { dialectSchema } from '../../shared/document/dialect';
import { expectationSchema } from '../../shared/document/rule-set';
import { openRecords, type Records } from './records';

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
export type RunRecords = Records<RunRecord>;

/** Opens a folder of records. A file that cannot be read is told to `trouble` and left where it is. */
export const openRunRecords = (folder: string, trouble: (error: unknown) => void): Promise<RunRecords> =>
  openRecords(folder, { schema: recordSchema, idOf: ({ run }) => run.runId, noun: 'run' }, trouble);
