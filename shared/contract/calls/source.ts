import { z } from 'zod';
import { dialectSchema, sourceDialectSchema } from '../../document/dialect';
import { samplingSchema } from '../../document/sampling';
import { topicScanSchema } from '../../document/topic-sampling';
import { bytes, call } from '../define';

export const unreadableSchema = z.strictObject({
  /** Which file of a data set, by its path in it; record, line and offset are that file's. */
  file: z.string().optional(),
  /** Number of the record in the file, from 1, the header not counted; null where only its offset is known. */
  record: z.number().int().nullable(),
  line: z.number().int().nullable(),
  /** Of the byte it begins at; of a message, in its partition. */
  offset: z.number().int(),
  partition: z.number().int().optional(),
  reason: z.string(),
});
export type Unreadable = z.output<typeof unreadableSchema>;

export const DRAWN_HOW = [
  'first-rows',
  'random-rows',
  'random-blocks',
  'random-row-groups',
  'whole-groups',
  'filtered',
  'last-messages',
  'messages-of-time',
  'messages-by-offset',
  'followed',
] as const;
export type DrawnHow = (typeof DRAWN_HOW)[number];

/** What stands beside a message's value: its time in ms since 1970, key and headers as text, what is not UTF-8 in base64. */
export const besideSchema = z.strictObject({
  timestamp: z.number(),
  key: z.string().nullable(),
  headers: z.array(z.tuple([z.string(), z.string().nullable()])),
});
export type Beside = z.output<typeof besideSchema>;

/** How a sample was drawn in the end: what its method came to with this source. */
export const drawnSchema = z.strictObject({
  how: z.enum(DRAWN_HOW),
  sampling: samplingSchema,
  /** When, in ISO 8601, and how long it took. */
  at: z.string(),
  milliseconds: z.number(),
  /** Bytes of the source that were read. */
  bytes: z.number(),
  /** Blocks, row groups or partitions that were read, of how many. */
  parts: z.strictObject({ read: z.number().int(), of: z.number().int() }).nullable(),
  /** Partitions of a data set of which parts were read, of how many. */
  partitions: z.strictObject({ read: z.number().int(), of: z.number().int() }).optional(),
  /** The share of groups in the sample: less than asked for where their rows were too many. */
  share: z.number().nullable(),
  /** Rows of the source that meet the conditions. */
  matches: z.number().int().nullable(),
  /** Messages without a value that were met, which are no rows. */
  tombstones: z.number().int().optional(),
  /** Whether a job on the cluster drew it. */
  on: z.enum(['here', 'cluster']).optional(),
});
export type Drawn = z.output<typeof drawnSchema>;

/** Rows looked at so far; `words` for what a job on the cluster does. */
const progressSchema = z.strictObject({
  rows: z.number(),
  of: z.number().nullable(),
  words: z.string().optional(),
});

const shapeSchema = z.strictObject({
  /** Null: missing cells. */
  shape: z.string().nullable(),
  rows: z.number().int(),
  /** Number of the first row that has it, from 1, where known; and a row's place among the examples, from 0. */
  first: z.number().int().nullable(),
  example: z.number().int().nullable(),
});

/** The shapes of all values of a source, column by column, the most frequent first. */
export const shapeCoverSchema = z.strictObject({
  at: z.string(),
  milliseconds: z.number(),
  bytes: z.number(),
  rows: z.number().int(),
  unreadableCount: z.number().int(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      /** How many shapes there are: more than are listed where it is free text. */
      different: z.number().int(),
      shapes: z.array(shapeSchema),
    }),
  ),
  /** A row for each shape, as an Arrow IPC stream of `r` and text columns in the order of `columns`. */
  examples: bytes,
  /** Of messages: the partition and offset of each example, as doubles; and how many were without a value. */
  messages: z.strictObject({ partitions: bytes, offsets: bytes, tombstones: z.number().int() }).optional(),
});
export type ShapeCover = z.output<typeof shapeCoverSchema>;
export type ColumnShapes = ShapeCover['columns'][number];

const place = { connection: z.string(), path: z.string().min(1) };

/** Calls that look into a source. */
export const sourceCalls = {
  /** Guesses a file's dialect from its name and first part, for the steward to confirm. */
  'source.inspect': call({
    input: z.strictObject(place),
    output: z.strictObject({
      dialect: dialectSchema,
      columns: z.array(z.string()),
      size: z.number(),
      modified: z.string(),
      notes: z.array(z.string()),
    }),
  }),
  /** Rows of a source, as an Arrow IPC stream of `r` (place in the sample, from 1) and text columns `c0 … cn`. */
  'source.sample': call({
    input: z.strictObject({
      ...place,
      dialect: sourceDialectSchema,
      sampling: samplingSchema,
      /** Of a topic: tells what stands beside the values as well. */
      withMessages: z.boolean().optional(),
    }),
    output: z.strictObject({
      arrow: bytes,
      columns: z.array(z.string()),
      rows: z.number().int(),
      /** Whether the sample is the whole source. */
      complete: z.boolean(),
      /** Rows of the whole source, where known; otherwise estimated from its size. */
      total: z.strictObject({ rows: z.number().int(), exact: z.boolean() }),
      unreadable: z.array(unreadableSchema),
      unreadableCount: z.number().int(),
      drawn: drawnSchema,
      /**
       * For each row its number in the source, from 1, the byte it begins at, or its offset in its partition, as
       * doubles; null where it is `r`. `unknown`: there are none.
       */
      places: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.enum(['row', 'byte', 'unknown']), at: bytes }),
          z.strictObject({ kind: z.literal('offset'), at: bytes, partitions: bytes }),
        ])
        .nullable(),
      /** For each row, where it was asked for. */
      messages: z.array(besideSchema).optional(),
    }),
    progress: progressSchema,
  }),
  /** Reads all of a source, or messages of a topic, for the shapes of its values. */
  'source.shapes': call({
    input: z.strictObject({
      ...place,
      dialect: sourceDialectSchema,
      /** `cluster`: by a Spark job where the source is, or on the stated cluster. */
      on: z.enum(['here', 'cluster']).default('here'),
      /** Of a topic: connection of the cluster whose job reads it. */
      cluster: z.string().optional(),
      /** Of a topic: which messages are read; all that are there unless stated. */
      messages: topicScanSchema.optional(),
    }),
    output: shapeCoverSchema,
    progress: progressSchema,
  }),
};
