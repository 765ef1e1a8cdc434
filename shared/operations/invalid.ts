import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import type { FormField } from './operation';

/** What happens to a value that cannot be converted: unchanged, null, or its row goes to quarantine. */
export const invalidSchema = z.enum(['keep', 'null', 'reject']).default('keep');
export type Invalid = z.output<typeof invalidSchema>;

export const invalidField: FormField = {
  name: 'invalid',
  label: 'If it is not valid',
  control: 'choice',
  choices: [
    { value: 'keep', label: 'Keep the cell as it is' },
    { value: 'null', label: 'Empty the cell' },
    { value: 'reject', label: 'Reject the row' },
  ],
};

export const INVALID_WORDS: Record<Invalid, string> = {
  keep: '',
  null: ', emptying what is not valid',
  reject: ', rejecting what is not valid',
};

/** Assigns `converted` where `valid` holds and follows `invalid` where it does not. Null stays null. */
export function assignConverted(
  builder: PlanBuilder,
  name: string,
  {
    valid,
    converted,
    invalid,
    reason,
  }: { valid: Expression; converted: Expression; invalid: Invalid; reason: string },
): void {
  const value = builder.value(name);
  const otherwise = invalid === 'null' ? text(null) : value;
  builder.assign(name, call('choose', [valid, converted, otherwise]));
  if (invalid !== 'reject') return;
  const when = call('and', [call('not', [call('isNull', [value])]), call('not', [valid])]);
  builder.leave({ fate: 'rejected', column: name, reason, when });
}
