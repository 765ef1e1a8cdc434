import { z } from 'zod';
import { call } from '../define';

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

/** Calls about connections. */
export const connectionCalls = {
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
};
