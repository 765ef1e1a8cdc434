import { z } from 'zod';
import { call, event } from '../define';
import { countsSchema } from './runs';

const count = z.number().int().min(0);

/** What a stream has done so far. Counts and offsets, never values. */
export const streamProgressSchema = z.strictObject({
  /** Messages read: each is a row, unreadable or a tombstone. */
  messages: count,
  tombstones: count,
  unreadable: count,
  /** Rows with filled fields that the rules do not know and that the output therefore lacks. */
  unknownFields: count,
  /** read + added = kept + filtered + rejected + merged; unreadable messages are rejected. */
  counts: countsSchema,
  /** Messages of the topic that were not processed when the job last looked; null while it has not. */
  lag: count.nullable(),
  /** Messages a second over the last batches; null before there are any. */
  perSecond: z.number().min(0).nullable(),
  batches: count,
  lastBatch: z.strictObject({ finished: z.string(), seconds: z.number(), messages: count }).nullable(),
  partitions: z.array(z.strictObject({ partition: z.number().int(), next: count, latest: count.nullable() })),
  /** When the job last told, ISO 8601. */
  updated: z.string(),
});
export type StreamProgress = z.output<typeof streamProgressSchema>;

/** Where a stream begins: at the first message kept, with the next one, or where an earlier stream of the topic stopped. */
export const streamBeginSchema = z.union([
  z.enum(['earliest', 'latest']),
  z.strictObject({ after: z.string().min(1) }),
]);
export type StreamBegin = z.output<typeof streamBeginSchema>;

const targets = {
  /** A topic takes the cleaned rows, another what left, and a folder on HDFS Parquet of the cleaned rows. */
  outputTopic: z.string().min(1).max(249),
  quarantineTopic: z.string().min(1).max(249),
  output: z.string().min(1),
};

/** Rules that run on a topic without end. Its attempts share checkpoint, counts and plan. */
export const streamSchema = z.strictObject({
  streamId: z.string(),
  /** The cluster, and the connection of the topic. */
  connection: z.string(),
  kafka: z.string(),
  source: z.string(),
  name: z.string(),
  state: z.enum(['submitting', 'queued', 'running', 'stopping', 'stopped', 'failed', 'unknown']),
  /** What is being done or what went wrong, in a sentence. */
  message: z.string(),
  planHash: z.string(),
  topic: z.string(),
  ...targets,
  begin: streamBeginSchema,
  /** How often it was started. */
  attempt: z.number().int().min(1),
  created: z.string(),
  started: z.string(),
  finished: z.string().nullable(),
  livyBatch: z.number().int().nullable(),
  applicationId: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  progress: streamProgressSchema.nullable(),
});
export type Stream = z.output<typeof streamSchema>;

const order = {
  source: z.string(),
  connection: z.string(),
  /** The columns that the rules see: those of the sample. */
  columns: z.array(z.string()).min(1).max(10_000),
};
const which = z.strictObject({ streamId: z.string() });

/** Calls that publish rules as a stream and watch it. */
export const streamCalls = {
  'stream.review': call({
    input: z.strictObject(order),
    output: z.strictObject({
      planHash: z.string(),
      steps: z.array(
        z.strictObject({ sentence: z.string(), scope: z.enum(['cell', 'row', 'group', 'table']) }),
      ),
      libraries: z.record(z.string(), z.string()),
      topic: z.string(),
      suggested: z.strictObject(targets),
      /** Streams that have ended and read this topic: a new one can go on where they stopped. */
      earlier: z.array(z.strictObject({ streamId: z.string(), name: z.string(), finished: z.string() })),
      /** What keeps it from being published, a sentence each; empty when nothing does. */
      obstacles: z.array(z.string()),
      /** What a steward should know before, a sentence each. */
      notes: z.array(z.string()),
    }),
  }),
  /** Stages and submits. `streamId` is made by the window, once for each intent: the same id answers the same stream. */
  'stream.start': call({
    input: z.strictObject({
      ...order,
      ...targets,
      streamId: z
        .string()
        .regex(/^[a-z0-9-]{8,60}$/, 'must be 8 to 60 lower-case letters, digits and hyphens'),
      planHash: z.string(),
      begin: streamBeginSchema,
    }),
    output: streamSchema,
  }),
  'stream.list': call({ input: z.strictObject({}), output: z.array(streamSchema) }),
  /** Orders it to end after the batch at hand; `atOnce` ends it in the middle of one, which is then done again. */
  'stream.stop': call({
    input: z.strictObject({ streamId: z.string(), atOnce: z.boolean().default(false) }),
    output: streamSchema,
  }),
  /** Goes on from the checkpoint, with the plan that was approved for it. */
  'stream.restart': call({ input: which, output: streamSchema }),
  /** The end of the log of its last attempt, as the cluster keeps it. */
  'stream.log': call({ input: which, output: z.strictObject({ lines: z.array(z.string()) }) }),
};

export const streamEvents = { 'stream.changed': event(streamSchema) };
