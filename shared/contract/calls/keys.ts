import { z } from 'zod';
import { keyNameSchema } from '../../lookup/key';
import { call } from '../define';

/** Secret keys of rules: the host keeps them, the window asks for one when the preview needs it. */
export const keyCalls = {
  /** The key, or null where the host does not know it; and whether there is a keyring to keep one in. */
  'keys.find': call({
    input: z.strictObject({ name: keyNameSchema }),
    output: z.strictObject({ key: z.string().nullable(), keyring: z.boolean() }),
  }),
  /** Remembers a key for the session, or in the system's keyring. Faults: `key.short`, `key.keyring`. */
  'keys.give': call({
    input: z.strictObject({ name: keyNameSchema, key: z.string().max(10_000), keep: z.boolean() }),
    output: z.strictObject({}),
  }),
};
