import type { Quoting } from '../compile/sql/quote';
import type { Constants, ValueType } from './expression';

/** Inputs of a template: operands already rendered in the dialect, constants, and the dialect's quoting. */
export type TemplateInput<C> = { operands: readonly string[]; constants: C; quote: Quoting };

/**
 * Where engines meet: one meaning, one template per dialect, side by side.
 * Every primitive answers for every input and never throws.
 */
export type Primitive<C extends Constants = Constants> = {
  /** Types of the operands; `'*'` at the end repeats the type before it. `'same'` is any one type. */
  readonly takes: readonly (ValueType | 'same' | '*')[];
  readonly returns: ValueType | 'same';
  /** `propagates`: null if any operand is null. `total`: the answer for null is part of the meaning. */
  readonly nulls: 'propagates' | 'total';
  /** The meaning, in one sentence. */
  readonly meaning: string;
  readonly duckdb: (input: TemplateInput<C>) => string;
  readonly spark: (input: TemplateInput<C>) => string;
  /** Sets of constants with which the conformance test runs the primitive on its corpus. */
  readonly samples: readonly C[];
};

/** Declares a primitive, keeping the types of its constants. */
export function primitive<C extends Constants>(definition: Primitive<C>): Primitive<C> {
  return Object.freeze(definition);
}

/** The n-th operand of a template; a missing one is a fault of the compiler. */
export function operand(operands: readonly string[], index: number): string {
  const found = operands[index];
  if (found === undefined) throw new RangeError(`Operand ${index + 1} is missing.`);
  return found;
}
