import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import type { Expression } from '../expression/expression';
import { call } from '../expression/primitives';

/** A column to order rows by. */
export const orderBySchema = z.strictObject({
  column: z.string().min(1),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
  nulls: z.enum(['first', 'last']).default('last'),
});

/** How keys of rows compare. */
export const compareSchema = z.enum(['none', 'trim', 'lower', 'trim-lower']).default('none');
type Compare = z.output<typeof compareSchema>;

export const COMPARE_CHOICES = [
  { value: 'none', label: 'As they are' },
  { value: 'trim', label: 'Without white space around' },
  { value: 'lower', label: 'Ignoring letter case' },
  { value: 'trim-lower', label: 'Ignoring white space around and letter case' },
];

const COMPARED: Record<Exclude<Compare, 'none'>, (value: Expression) => Expression> = {
  trim: (value) => call('trimWhiteSpace', [value], { sides: 'both' }),
  lower: (value) => call('lower', [value]),
  'trim-lower': (value) => call('lower', [call('trimWhiteSpace', [value], { sides: 'both' })]),
};

/** The keys of rows as they compare. */
export const comparedKeys = (
  builder: PlanBuilder,
  keys: readonly string[],
  compare: Compare,
): readonly Expression[] =>
  keys.map((name) =>
    compare === 'none' ? builder.value(name) : builder.bind(COMPARED[compare](builder.value(name))),
  );
