import { z } from 'zod';
import { named } from './parts';

/** The files of this machine. */
export const localConnectionSchema = z.strictObject({ ...named, kind: z.literal('local') });
export type LocalConnection = z.output<typeof localConnectionSchema>;
