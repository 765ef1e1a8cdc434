import { z } from 'zod';
import type { Plan } from '../../shared/compile/plan';
import type { StreamPlan } from '../../shared/compile/stream';
import { streamSchema } from '../../shared/contract/calls/streams';
import { openRecords, type Records } from './records';

const recordSchema = z.strictObject({
  format: z.literal('dataharmonize/stream'),
  version: z.literal(1),
  stream: streamSchema,
  /** With which the job's counts are read. */
  plan: z.custom<Plan>((value) => typeof value === 'object' && value !== null),
  /** What runs on the cluster, staged before each start. */
  streamPlan: z.custom<StreamPlan>((value) => typeof value === 'object' && value !== null),
  ruleSetHash: z.string(),
  brokers: z.array(z.string()),
  registry: z.string().nullable(),
  /** As it was first submitted; later starts must say the same. */
  begin: z.union([z.enum(['earliest', 'latest']), z.record(z.string(), z.number().int())]),
  /** Set before a submission leaves: from then on this attempt may exist on the cluster. */
  sent: z.boolean(),
  /** Whether a steward ordered it to end, after the batch at hand or at once. */
  stopping: z.enum(['no', 'after-batch', 'at-once']),
});

/** A stream as it is kept on disk. */
export type StreamRecord = z.output<typeof recordSchema>;

/** Opens the records of streams in a folder; as openRecords. */
export const openStreamRecords = (
  folder: string,
  trouble: (error: unknown) => void,
): Promise<Records<StreamRecord>> =>
  openRecords(
    folder,
    { schema: recordSchema, idOf: ({ stream }) => stream.streamId, noun: 'stream' },
    trouble,
  );
