import { z } from 'zod';

const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const rows = z.number().int().min(1).max(1_000_000).default(20_000);
/** Milliseconds since 1970. */
const time = z.number().int();

const messages = {
  /** Those sampled; all unless stated. */
  partitions: z.array(z.number().int().min(0)).min(1).max(10_000).optional(),
  /** `committed`: messages of open and aborted transactions are left out. */
  isolation: z.enum(['committed', 'uncommitted']).default('committed'),
  /** Messages at the most, an equal share of each partition as far as it has them. */
  rows,
};

/** How a sample of a topic is drawn. No group is joined and nothing is committed. */
export const topicSamplingSchemas = [
  /** The last messages. */
  z.strictObject({ method: z.literal('last'), ...messages }),
  /** Messages from a time on, and before another where one is stated. */
  z.strictObject({ method: z.literal('time'), from: time, to: time.optional(), ...messages }),
  /** Messages between offsets: from `start`, below `end`. */
  z.strictObject({
    method: z.literal('offsets'),
    ranges: z
      .array(
        z
          .strictObject({ partition: z.number().int().min(0), start: offset, end: offset })
          .refine(({ start, end }) => start < end, { path: ['end'], message: 'must be after start' }),
      )
      .min(1)
      .max(10_000),
    isolation: messages.isolation,
    rows,
  }),
] as const;
export const topicSamplingSchema = z.discriminatedUnion('method', topicSamplingSchemas);
export type TopicSampling = z.output<typeof topicSamplingSchema>;

export const USUAL_TOPIC_SAMPLING: TopicSampling = { method: 'last', isolation: 'committed', rows: 20_000 };

/** Which messages are looked through when all of them count. */
export const topicScanSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('all'), isolation: messages.isolation }),
  /** The last ones, an equal share of each partition as far as it has them. */
  z.strictObject({
    method: z.literal('last'),
    rows: z.number().int().min(1).max(1_000_000_000),
    isolation: messages.isolation,
  }),
  z.strictObject({
    method: z.literal('time'),
    from: time,
    to: time.optional(),
    isolation: messages.isolation,
  }),
]);
export type TopicScan = z.output<typeof topicScanSchema>;
