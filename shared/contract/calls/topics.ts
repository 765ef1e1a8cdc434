import { z } from 'zod';
import { messagesDialectSchema } from '../../messages/dialect';
import { bytes, call } from '../define';

const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const positionSchema = z.strictObject({ partition: z.number().int().min(0), offset });

export const topicSchema = z.strictObject({
  name: z.string(),
  internal: z.boolean(),
  partitions: z.number().int(),
  /** Milliseconds for which messages are kept; null for without limit. Left out where it is not told. */
  retention: z.number().nullable().optional(),
  /** Bytes on the brokers, of all replicas. */
  bytes: z.number().optional(),
  compacted: z.boolean().optional(),
  /** Names in the schema registry that belong to it. */
  subjects: z.array(z.string()),
});
export type ToldTopic = z.output<typeof topicSchema>;

export const partitionSchema = z.strictObject({
  partition: z.number().int(),
  earliest: offset,
  latest: offset,
  leader: z.string().nullable(),
});

/** What a sample lets expect of each column; `shapes` is null where they are too many to promise any. */
export const promiseSchema = z.array(
  z.strictObject({ column: z.string(), shapes: z.array(z.string()).nullable(), nulls: z.boolean() }),
);

/** Something that the sample did not promise, with the message where it was first seen and how often it was since. */
export const markSchema = z.strictObject({
  kind: z.enum(['shape', 'null', 'field', 'schema', 'unreadable']),
  /** The column, the field for which there is none, the id of the schema, or the reason. */
  name: z.string(),
  shape: z.string().nullable(),
  ...positionSchema.shape,
  count: z.number().int(),
});
export type Mark = z.output<typeof markSchema>;

export const followCountsSchema = z.strictObject({
  messages: z.number().int(),
  rows: z.number().int(),
  tombstones: z.number().int(),
  unreadable: z.number().int(),
  /** Rows that passed while the window was busy: counted and checked, never shown. */
  passed: z.number().int(),
});
export type FollowCounts = z.output<typeof followCountsSchema>;

/** What has come since the last frame; counts and positions are those since following began. */
export const frameSchema = z.strictObject({
  follow: z.string(),
  frame: z.number().int(),
  /** New rows as an Arrow IPC stream of `r` and text columns, with their partitions and offsets as doubles. */
  arrow: bytes,
  rows: z.number().int(),
  partitions: bytes,
  offsets: bytes,
  positions: z.array(positionSchema),
  counts: followCountsSchema,
  /** Those that are new or were counted on, and how many more there are than are kept. */
  marks: z.array(markSchema),
  moreMarks: z.number().int(),
  /** Messages that are there and not read yet; null where it is not known. */
  lag: z.number().nullable(),
});
export type FollowFrame = z.output<typeof frameSchema>;

/** Calls about topics. */
export const topicCalls = {
  'topics.list': call({
    input: z.strictObject({ connection: z.string() }),
    output: z.strictObject({
      topics: z.array(topicSchema),
      /** Why schemas are not told, where a registry is set up and fails. */
      registryFault: z.string().nullable(),
    }),
  }),
  /**
   * Where topics end, the sum of their partitions, and when the host looked: milliseconds of a clock of its own. Two looks
   * tell how many messages come. Topics that cannot be told are left out.
   */
  'topics.ends': call({
    input: z.strictObject({ connection: z.string(), topics: z.array(z.string().min(1)).max(1_000) }),
    output: z.strictObject({ at: z.number(), ends: z.record(z.string(), z.number()) }),
  }),
  /** Guesses how a topic's messages are read, for the steward to confirm, and tells its partitions. */
  'topics.look': call({
    input: z.strictObject({ connection: z.string(), topic: z.string().min(1) }),
    output: z.strictObject({
      dialect: messagesDialectSchema,
      partitions: z.array(partitionSchema),
      notes: z.array(z.string()),
    }),
  }),
  /**
   * Follows a topic until it is cancelled; what comes is told as progress. The next frame is sent when the last was
   * taken (`topics.taken`), so that a busy window is not overrun.
   */
  'topics.follow': call({
    input: z.strictObject({
      connection: z.string(),
      topic: z.string().min(1),
      dialect: messagesDialectSchema,
      isolation: z.enum(['committed', 'uncommitted']),
      columns: z.array(z.string()),
      promise: promiseSchema,
      /** Where following goes on; what is not named begins with the next message that comes. */
      positions: z.array(positionSchema),
      /** Rows of a frame at the most; older ones pass without being shown. */
      window: z.number().int().min(1).max(100_000),
    }),
    output: z.strictObject({}),
    progress: frameSchema,
  }),
  'topics.taken': call({
    input: z.strictObject({ follow: z.string(), frame: z.number().int() }),
    output: z.strictObject({}),
  }),
};
