import { z } from 'zod';
import { dialectSchema, sourceDialectSchema } from '../../document/dialect';
import { bytes, call } from '../define';

export const unreadableSchema = z.strictObject({
  /** Number of the record in the file, from 1, the header not counted. */
  record: z.number().int(),
  line: z.number().int(),
  offset: z.number().int(),
  reason: z.string(),
});
export type Unreadable = z.output<typeof unreadableSchema>;

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
  /** The first rows of a source, as an Arrow IPC stream of `r` (row number, from 1) and text columns `c0 … cn`. */
  'source.sample': call({
    input: z.strictObject({
      ...place,
      dialect: sourceDialectSchema,
      rows: z.number().int().min(1).max(1_000_000),
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
    }),
    progress: z.strictObject({ rows: z.number(), of: z.number().nullable() }),
  }),
};
