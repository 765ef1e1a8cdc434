import { z } from 'zod';
import { call } from '../define';

export const entrySchema = z.strictObject({
  path: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'folder']),
  size: z.number(),
  modified: z.string(),
  owner: z.string().optional(),
  group: z.string().optional(),
  /** Octal, such as `644`. */
  permission: z.string().optional(),
});

const place = { connection: z.string(), path: z.string().min(1) };

/** Calls about the files of a connection. */
export const fileCalls = {
  'files.home': call({
    input: z.strictObject({ connection: z.string() }),
    output: z.strictObject({ path: z.string() }),
  }),
  'files.list': call({
    input: z.strictObject(place),
    /** Entries as they come, in no stated order; `count` is how many have been told in all. */
    progress: z.strictObject({ entries: z.array(entrySchema) }),
    output: z.strictObject({ count: z.number().int() }),
  }),
};
