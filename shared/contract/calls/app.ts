import { z } from 'zod';
import { call, event } from '../define';

/** Events of the program itself. */
export const appEvents = {
  /** The steward has started the program again for this project: the window opens it. */
  'app.projectAsked': event(z.strictObject({ path: z.string().min(1) })),
};

/** Calls about the program itself. */
export const appCalls = {
  'app.info': call({
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      shell: z.enum(['electron', 'web']),
      /** Version of the native DuckDB, such as `v1.5.6`. */
      duckdb: z.string(),
      /** Version of the local Spark, or null where there is none. */
      spark: z.string().nullable(),
      phoneMetadata: z.string(),
      cores: z.number().int(),
    }),
  }),
  /** The system's dialog in Electron; the web shell answers `unavailable` and the window browses by itself. */
  'app.choosePath': call({
    input: z.strictObject({
      saving: z.boolean(),
      kind: z.enum(['project', 'data', 'rules', 'report', 'connections']),
      suggested: z.string().optional(),
    }),
    output: z.strictObject({ path: z.string().nullable(), unavailable: z.boolean() }),
  }),
};
