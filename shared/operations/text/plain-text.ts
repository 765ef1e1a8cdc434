import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import type { Expression } from '../../expression/expression';
import { columnNameSchema } from '../rename';

/** Text that every engine can hold: half a character, which JSON can spell, is none. */
export const plainText = (most = 1000) =>
  z
    .string()
    .max(most)
    .refine((text) => !/\p{Surrogate}/u.test(text), 'holds half of a character');

/** Where the result of a step on one column goes: a new column, or the column itself. */
export const intoSchema = columnNameSchema;

/** Puts a value into the column itself or into a new one. */
export function placeInto(
  builder: PlanBuilder,
  name: string,
  into: string | undefined,
  value: Expression,
): void {
  if (into === undefined || into === name) builder.assign(name, value);
  else builder.add(into, value);
}
