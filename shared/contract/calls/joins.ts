import { z } from 'zod';
import { joinCountsSchema } from '../../joins/check';
import { call } from '../define';
import { runProgressSchema } from './runs';

const count = z.number().int().min(0);
const joinProgressSchema = runProgressSchema.extend({
  /** Name of the source that is being read. */
  source: z.string(),
});
export type JoinProgress = z.output<typeof joinProgressSchema>;

/** Calls about the keys that join sources. */
export const joinCalls = {
  /** Cleans all rows of both sources of a join by the rules as they are saved, and counts along the key; local files only. */
  'join.check': call({
    input: z.strictObject({ join: z.string() }),
    output: z.strictObject({
      counts: joinCountsSchema,
      /** Records that cannot be read, which are among no counts. */
      unreadable: z.strictObject({ from: count, to: count }),
      seconds: z.number(),
    }),
    progress: joinProgressSchema,
  }),
};
