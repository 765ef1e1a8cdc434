import { z } from 'zod';
import { connectionSchema } from '../../connections/connection';
import { secretPartSchema } from '../../connections/parts';
import { call } from '../define';

export { type Connection, connectionSchema } from '../../connections/connection';

const connections = z.array(connectionSchema);
const id = z.string().min(1);
/** Secrets as typed, by their part of the connection. They go to the host and never come back. */
const typedSecrets = z.partialRecord(secretPartSchema, z.string().min(1).max(200_000));

export const testedStepSchema = z.strictObject({
  step: z.string(),
  ok: z.boolean(),
  /** What was found, or the cause of the failure. */
  message: z.string(),
  /** What to try next. */
  advice: z.string().nullable(),
});
export type TestedStep = z.output<typeof testedStepSchema>;

/** Calls about connections. */
export const connectionCalls = {
  'connections.list': call({ input: z.strictObject({}), output: connections }),
  /**
   * Adds a connection or replaces the one of its id. Secrets that are not given stay as they were; those given are
   * kept in the keyring if asked for, else for the session. Faults: `connection.keyring` where there is none.
   */
  'connections.save': call({
    input: z.strictObject({
      connection: connectionSchema,
      secrets: typedSecrets.default({}),
      keep: z.boolean().default(false),
    }),
    output: connections,
  }),
  /** Removes a connection and its secrets. */
  'connections.remove': call({ input: z.strictObject({ id }), output: connections }),
  /** Writes all connections, without secrets, to a new file. Faults: those of writing, `file.exists` among them. */
  'connections.export': call({
    input: z.strictObject({ path: z.string().min(1) }),
    output: z.strictObject({ path: z.string(), count: z.number().int() }),
  }),
  /**
   * Takes in the connections of a file, without secrets. One that is there already as it is stays; one whose id is
   * taken by another gets a new id.
   */
  'connections.import': call({
    input: z.strictObject({ path: z.string().min(1) }),
    output: z.strictObject({
      connections,
      added: z.array(z.strictObject({ id: z.string(), name: z.string(), asksFor: z.array(z.string()) })),
      /** Connections of the file that were there already. */
      present: z.number().int(),
    }),
  }),
  /** Which secrets of a connection the host knows, and whether there is a keyring to keep them in. */
  'connections.secrets': call({
    input: z.strictObject({ id }),
    output: z.strictObject({ known: z.array(secretPartSchema), keyring: z.boolean() }),
  }),
  /**
   * Tries a connection step by step and stops at the first that fails; each step is told as it is done. Secrets
   * that are not given are those known of this connection.
   */
  'connections.test': call({
    input: z.strictObject({ connection: connectionSchema, secrets: typedSecrets.default({}) }),
    output: z.array(testedStepSchema),
    progress: testedStepSchema,
  }),
};
