import { z } from 'zod';

/** How records are brought together before they are compared. */
export const BLOCK_KEYS = ['same', 'beginning', 'fingerprint', 'cologne', 'soundex'] as const;
export const MEASURES = ['exact', 'normalized', 'jaro-winkler'] as const;
export type BlockKey = (typeof BLOCK_KEYS)[number];
export type Measure = (typeof MEASURES)[number];

/** Records of one block that are compared with each other, at most: 2,000 make two million pairs. */
export const LARGEST_BLOCK = 2000;

const ranges = z.array(z.tuple([z.int(), z.int()]));
const points = z.int().min(-100_000).max(100_000);

/** What records are matched by. Fields are counted from 0; the tables are those of keys of variants. */
export const matchOptionsSchema = z.strictObject({
  blocks: z.array(z.strictObject({ fields: z.array(z.int().min(0)), by: z.enum(BLOCK_KEYS) })),
  compare: z.array(
    z.strictObject({
      name: z.string(),
      field: z.int().min(0),
      by: z.enum(MEASURES),
      /** From this similarity on, in thousandths, values count as near. */
      close: z.int().min(0).max(1000),
      agree: points,
      near: points,
      differ: points,
    }),
  ),
  threshold: points,
  largest: z.int().min(2),
  longest: z.int().min(1),
  /** Pairs of records, by their ids, that a person decided. */
  decided: z.array(z.strictObject({ records: z.tuple([z.string(), z.string()]), same: z.boolean() })),
  separators: ranges,
  dropped: ranges,
  folds: z.record(z.string(), z.string()),
});
export type MatchOptions = z.output<typeof matchOptionsSchema>;
export type Comparison = MatchOptions['compare'][number];
