import { z } from 'zod';
import { whereSchema } from '../operations/conditions';
import { isFiles, type SourceDialect } from './dialect';
import { isClusterOnly } from './formats';
import { type TopicSampling, topicSamplingSchemas, USUAL_TOPIC_SAMPLING } from './topic-sampling';

export const MOST_SAMPLE_ROWS = 1_000_000;

const rows = z.number().int().min(1).max(MOST_SAMPLE_ROWS).default(20_000);
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .default(42);

/** Where all rows are looked at: here, or by a Spark job where the source is. Random rows are others there. */
const on = z.enum(['here', 'cluster']).default('here');

/** How a sample is drawn from files. The same method, seed and source draw the same rows. */
export const fileSamplingSchema = z.discriminatedUnion('method', [
  /** The first rows that can be read. */
  z.strictObject({ method: z.literal('first'), rows }),
  /** Rows from all over the source; of large files from blocks that are spread over it. */
  z.strictObject({ method: z.literal('random'), rows, seed, on }),
  /**
   * Every row whose keys' hash falls into a share, so that rows of like keys are drawn together or not at all; see
   * `groupHash`. Where these are more than `rows`, the share is lowered.
   */
  z.strictObject({
    method: z.literal('groups'),
    keys: z.array(z.string().min(1)).min(1).max(16),
    share: z.number().gt(0).max(1),
    rows,
    seed,
    on,
  }),
  /** The first rows that meet conditions. */
  z.strictObject({ method: z.literal('filter'), where: whereSchema, rows, on }),
]);
export type FileSampling = z.output<typeof fileSamplingSchema>;

/** How a sample is drawn from a source of any kind. */
export const samplingSchema = z.discriminatedUnion('method', [
  ...fileSamplingSchema.options,
  ...topicSamplingSchemas,
]);
export type Sampling = z.output<typeof samplingSchema>;

export const USUAL_SAMPLING: FileSampling = { method: 'first', rows: 20_000 };

const FILE_METHODS: ReadonlySet<Sampling['method']> = new Set(
  fileSamplingSchema.options.map(({ shape }) => shape.method.value),
);
/** Whether samples of files are drawn so. */
export const isFileSampling = (sampling: Sampling): sampling is FileSampling =>
  FILE_METHODS.has(sampling.method);

/** Whether samples of topics are drawn so. */
export const isTopicSampling = (sampling: Sampling): sampling is TopicSampling => !isFileSampling(sampling);

/** How samples of a source are drawn before a steward chooses. */
export function usualSampling(dialect: SourceDialect): Sampling {
  if (!isFiles(dialect)) return USUAL_TOPIC_SAMPLING;
  return isClusterOnly(dialect)
    ? fileSamplingSchema.parse({ method: 'random', on: 'cluster' })
    : USUAL_SAMPLING;
}

/** Whether a job on a cluster draws the sample of a source. */
export const isByJob = ({ dialect, sampling }: { dialect: SourceDialect; sampling: Sampling }): boolean =>
  ('on' in sampling && sampling.on === 'cluster') || (isFiles(dialect) && isClusterOnly(dialect));

/** The same with another seed, where the method has one. */
export const reseeded = (sampling: Sampling, next: number): Sampling =>
  'seed' in sampling ? { ...sampling, seed: next } : sampling;
