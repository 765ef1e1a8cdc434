import type { PlanBuilder } from '../../compile/builder';
import type { Expression } from '../../expression/expression';
import type { FormulaType } from '../types';

/** A value that is needed when the plan is compiled: it must be written out. */
export type ConstantKind =
  | { readonly constant: 'text' }
  | { readonly constant: 'pattern' }
  | { readonly constant: 'whole'; readonly least: number; readonly most: number };
/** `any` is of any type by itself; all that are `same` are of one type. */
export type Parameter = {
  readonly name: string;
  readonly type: FormulaType | 'any' | 'same' | ConstantKind;
};
export type Given = {
  readonly builder: PlanBuilder;
  readonly operands: readonly Expression[];
  /** Constants in order, texts and numbers apart from the operands. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
};
export type FormulaFunction = {
  readonly name: string;
  readonly group: 'Text' | 'Choice' | 'Numbers' | 'Dates';
  readonly takes: readonly Parameter[];
  /** The last parameter may be repeated. */
  readonly repeats?: true;
  readonly returns: FormulaType | 'same';
  readonly documentation: string;
  readonly example: string;
  build(given: Given): Expression;
};

export const value = (operands: readonly Expression[], index = 0): Expression => {
  const found = operands[index];
  if (!found) throw new TypeError(`Operand ${index + 1} is missing.`);
  return found;
};
export const textParameter = { name: 'text', type: 'text' } as const;
export const numberParameter = { name: 'number', type: 'number' } as const;
export const dateParameter = { name: 'date', type: 'date' } as const;
export const count = (name: string, least: number, most: number) =>
  ({ name, type: { constant: 'whole', least, most } }) as const;
export const written = (name: string) => ({ name, type: { constant: 'text' } }) as const;
export const LONGEST = 100_000;
