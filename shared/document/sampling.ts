import { z } from 'zod';

const rows = z.number().int().min(1).max(1_000_000).default(20_000);
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .default(42);

/** How a sample is drawn from a source. The same method, seed and source draw the same rows. */
export const samplingSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('first'), rows }),
]);
export type Sampling = z.output<typeof samplingSchema>;

export const USUAL_SAMPLING: Sampling = { method: 'first', rows: 20_000 };
export { rows as sampleRowsSchema, seed as sampleSeedSchema };
