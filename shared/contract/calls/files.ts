import { z } from 'zod';
import { call } from '../define';

export const entrySchema = z.strictObject({
  path: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'folder']),
  size: z.number(),
  modified: z.string(),
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
    /** Folders first, then by name; `more` entries beyond the first 10,000 are not listed. */
    output: z.strictObject({ entries: z.array(entrySchema), more: z.number().int() }),
  }),
};
