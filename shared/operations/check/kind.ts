import type { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import type { Expression } from '../../expression/expression';
import { call } from '../../expression/primitives';
import type { FormField, OperationExample, Scope } from '../operation';

/** One kind of check. Its parameters, form fields and examples become part of the operation `check`. */
export type CheckKind<P> = {
  /** The value of the parameter `kind`; fixed, rule sets outlive releases. */
  readonly id: string;
  /** What each cell must be, after “Each cell”: “is not empty”. Also the sentence of the step. */
  readonly label: string;
  /** Why a row was rejected: “is empty”. */
  readonly reason: string;
  /** What it means exactly, in a sentence or two. */
  readonly documentation: string;
  /** Parameters beside those of every check. */
  readonly parameters: z.ZodObject;
  /** Faults that lie between the parameters, as sentences; none where they are sound. */
  faults?(parameters: P): readonly string[];
  readonly form: readonly FormField[];
  /** Cells that pass and fail, with the kind's parameters: `onFail` is the example's own. */
  readonly examples: readonly OperationExample[];
  /** What a result depends on; the row unless told. */
  readonly scope?: Scope;
  /** Columns the parameters name besides the target. */
  reads?(parameters: P): readonly string[];
  /** Whether the value of the column `name` fails: true or false, never null. */
  fails(builder: PlanBuilder, value: Expression, parameters: P, name: string): Expression;
};

/** A kind whose parameters are known only at run time. */
export type AnyCheckKind = CheckKind<never>;

/** Declares a kind of check, keeping the type of its parameters. */
export function checkKind<S extends z.ZodObject>(
  definition: CheckKind<z.output<S>> & { readonly parameters: S },
): AnyCheckKind {
  return Object.freeze(definition) as unknown as AnyCheckKind;
}

/** Fails where there is a value and it does not pass: a null passes every kind but “not empty”. */
export const failsUnless = (value: Expression, passes: Expression): Expression =>
  call('and', [call('not', [call('isNull', [value])]), call('not', [passes])]);

/** A row of an example that leaves. */
export const rejected = { left: 'rejected' } as const;
