import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, decimal, type Expression } from '../../expression/expression';
import { call } from '../../expression/primitives';
import type { FormField } from '../operation';

const PLAIN = /^-?[0-9]{1,20}(\.[0-9]{1,9})?$/;

/** A number of a step's parameters: text in plain digits, so that it is exact. */
export const plainNumberSchema = z.string().regex(PLAIN, {
  error: 'must be a number in plain digits, such as -12.5: at most 20 digits before the point and 9 after it',
});

/** Numbers of parameters in order: below zero where the first is less; 0 where one is none, which is told elsewhere. */
export function comparePlain(a: string, b: string): number {
  if (!PLAIN.test(a) || !PLAIN.test(b)) return 0;
  const units = (one: string) => {
    const [whole = '', fraction = ''] = one.split('.');
    return BigInt(`${whole}${fraction.padEnd(9, '0')}`);
  };
  const difference = units(a) - units(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** What cells must look like where an operation takes numbers that are already clean. */
export const PLAIN_WORDS =
  'Cells hold numbers in plain digits with a point, as “Read numbers” writes them; white space around them does not ' +
  'matter. They are exact: up to 20 digits before the point and 9 after it.';

/** The number of a cell in plain digits; null where there is none. */
export const plainNumber = (builder: PlanBuilder, value: Expression): ColumnReference =>
  builder.bind(call('parseDecimal', [call('trimWhiteSpace', [value], { sides: 'both' })]));

/** Whether a value is there. */
export const isPresent = (value: Expression): Expression => call('not', [call('isNull', [value])]);

const INTEGER_LEAST = decimal('-9223372036854775808');
const INTEGER_MOST = decimal('9223372036854775807');
/** The number where it is whole and 64 bits hold it; else null. */
export function wholeNumber(builder: PlanBuilder, number: Expression): ColumnReference {
  const fits = call('and', [
    call('equal', [call('floor', [number]), number]),
    call('lessOrEqual', [INTEGER_LEAST, number]),
    call('lessOrEqual', [number, INTEGER_MOST]),
  ]);
  const nothing = { kind: 'literal', type: 'decimal', value: null } as const;
  return builder.bind(call('choose', [call('holds', [fits]), number, nothing]));
}

export const intoField = (help: string): FormField => ({
  name: 'into',
  label: 'Into column',
  control: 'text',
  help,
});
