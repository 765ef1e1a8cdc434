import { z } from 'zod';

const columnSchema = z.string().min(1).max(200);

/** One side of a join: columns of a source as its rules leave them. */
export const joinSideSchema = z.strictObject({
  source: z.string().min(1),
  columns: z.array(columnSchema).min(1).max(8),
});
export type JoinSide = z.output<typeof joinSideSchema>;

/** How many rows of either side may share a key; `many-to-one`: each key once on the `to` side. */
export const cardinalitySchema = z.enum(['many-to-one', 'one-to-one', 'many-to-many']);
export type Cardinality = z.output<typeof cardinalitySchema>;

const differ = (from: JoinSide, to: JoinSide) => JSON.stringify(from) !== JSON.stringify(to);

const sides = {
  /** The side that refers, such as transactions. */
  from: joinSideSchema,
  /** The side that is referred to, such as customers. Its columns are in the order of those of `from`. */
  to: joinSideSchema,
  cardinality: cardinalitySchema.default('many-to-one'),
};

/** A join that is not in a project yet. */
export const newJoinSchema = z
  .strictObject(sides)
  .refine(({ from, to }) => from.columns.length === to.columns.length, 'both sides need as many columns')
  .refine(({ from, to }) => differ(from, to), 'a column is not joined with itself');
export type NewJoin = z.output<typeof newJoinSchema>;

/** Keys by which the rows of two sources belong together. */
export const joinSchema = z.strictObject({ id: z.string().min(1), ...sides });
export type Join = z.output<typeof joinSchema>;
