import { z } from 'zod';
import { dialectSchema } from '../../document/rule-set';
import { bytes, call } from '../define';

export const connectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.string().min(1), kind: z.literal('local'), name: z.string().min(1) }),
  z.strictObject({
    id: z.string().min(1),
    kind: z.literal('hdfs'),
    name: z.string().min(1),
    /** `http://host:port`, with no path. */
    webhdfs: z.url(),
    user: z.string().min(1),
    /** Where jobs for this cluster are submitted and watched. */
    livy: z.url().optional(),
    yarn: z.url().optional(),
  }),
]);
export type Connection = z.output<typeof connectionSchema>;

export const entrySchema = z.strictObject({
  path: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'folder']),
  size: z.number(),
  modified: z.string(),
});

export const unreadableSchema = z.strictObject({
  /** Number of the record in the file, from 1, the header not counted. */
  record: z.number().int(),
  line: z.number().int(),
  offset: z.number().int(),
  reason: z.string(),
});
export type Unreadable = z.output<typeof unreadableSchema>;

const place = { connection: z.string(), path: z.string().min(1) };

/** Calls about connections, files and samples. */
export const sourceCalls = {
  'connections.list': call({ input: z.strictObject({}), output: z.array(connectionSchema) }),
  'connections.save': call({
    input: z.strictObject({ connection: connectionSchema }),
    output: z.array(connectionSchema),
  }),
  'connections.remove': call({
    input: z.strictObject({ id: z.string() }),
    output: z.array(connectionSchema),
  }),
  /** Tries a connection step by step and stops at the first that fails. */
  'connections.test': call({
    input: z.strictObject({ connection: connectionSchema }),
    output: z.array(
      z.strictObject({
        step: z.string(),
        ok: z.boolean(),
        message: z.string(),
        advice: z.string().nullable(),
      }),
    ),
  }),
  'files.home': call({
    input: z.strictObject({ connection: z.string() }),
    output: z.strictObject({ path: z.string() }),
  }),
  'files.list': call({
    input: z.strictObject(place),
    /** Folders first, then by name; `more` entries beyond the first 10,000 are not listed. */
    output: z.strictObject({ entries: z.array(entrySchema), more: z.number().int() }),
  }),
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
  /** The first rows of a source, as an Arrow IPC stream of `r` (row number, from 1) and text columns `c0 … cn`. */
  'source.sample': call({
    input: z.strictObject({ ...place, dialect: dialectSchema, rows: z.number().int().min(1).max(1_000_000) }),
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
    }),
    progress: z.strictObject({ rows: z.number(), of: z.number().nullable() }),
  }),
};
