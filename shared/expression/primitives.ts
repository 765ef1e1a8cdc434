import type { Call, Constants, Expression } from './expression';
import type { Primitive } from './primitive';
import { asciiDigits, capitalizeFirst, capitalizeWords, lower, upper } from './primitives/letter-case';
import {
  and,
  atMost,
  choose,
  contains,
  countPresent,
  isMissing,
  isNull,
  isOneOf,
  matches,
  not,
  or,
} from './primitives/tests';
import { collapseWhiteSpace, join, length, removeText, splitPart, trimWhiteSpace } from './primitives/text';

/** Every primitive, by id: the one place where the meaning of an expression meets the engines. */
export const primitives = {
  and,
  asciiDigits,
  atMost,
  capitalizeFirst,
  capitalizeWords,
  choose,
  collapseWhiteSpace,
  contains,
  countPresent,
  isMissing,
  isNull,
  isOneOf,
  join,
  length,
  lower,
  matches,
  not,
  or,
  removeText,
  splitPart,
  trimWhiteSpace,
  upper,
} as const;

export type PrimitiveId = keyof typeof primitives;
type ConstantsOf<Id extends PrimitiveId> = (typeof primitives)[Id] extends Primitive<infer C> ? C : never;

/** Looks a primitive up with its constants' type widened, for code that walks any expression. */
export function primitiveOf(id: PrimitiveId): Primitive {
  return primitives[id] as unknown as Primitive;
}

/** Builds a call and checks the types of its operands; a mismatch is a fault of the operation that asked. */
export function call<Id extends PrimitiveId>(
  id: Id,
  operands: readonly Expression[],
  ...constants: ConstantsOf<Id> extends Record<string, never> ? [] : [ConstantsOf<Id>]
): Call {
  const { takes, returns } = primitiveOf(id);
  const repeats = takes.at(-1) === '*';
  const fixed = repeats ? takes.length - 1 : takes.length;
  if (operands.length < fixed || (!repeats && operands.length > fixed)) {
    throw new TypeError(`The primitive ${id} takes ${fixed} operands, not ${operands.length}.`);
  }
  for (const [index, operand] of operands.entries()) {
    const expected = takes[Math.min(index, fixed - 1)];
    if (operand.type !== expected) {
      throw new TypeError(`Operand ${index + 1} of ${id} is ${operand.type}, not ${expected}.`);
    }
  }
  const settings: Constants = constants[0] ?? {};
  return Object.freeze({ kind: 'call', primitive: id, type: returns, operands, constants: settings });
}
