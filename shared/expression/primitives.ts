import type { Call, Constants, Expression, ValueType } from './expression';
import type { Primitive } from './primitive';
import { capture } from './primitives/capture';
import { removeCharacters, straightenPunctuation, stripAccents } from './primitives/characters';
import { decimalRemainder, hybridRemainder, weightedRemainder } from './primitives/check-digits';
import { comparedKey } from './primitives/compared-key';
import { equal, firstPresent, holds, less, lessOrEqual } from './primitives/comparisons';
import {
  addDays,
  addMonths,
  datePart,
  dateText,
  daysBetween,
  makeDate,
  makeTimestamp,
  microsecondOfDay,
  microsecondsBetween,
  parseIsoDate,
  timestampDate,
} from './primitives/dates';
import {
  absolute,
  decimalOf,
  decimalText,
  dividedBy,
  floor,
  integerOf,
  minus,
  parseDecimal,
  plus,
  remainder,
  roundDecimal,
  times,
} from './primitives/decimals';
import {
  addIntegers,
  elementOf,
  floorModulo,
  floorQuotient,
  integerText,
  multiplyIntegers,
  parseInteger,
  placeIn,
  subtractIntegers,
} from './primitives/integers';
import {
  asciiDigits,
  capitalizeFirst,
  capitalizeWords,
  isOneOfInAnyCase,
  lower,
  upper,
} from './primitives/letter-case';
import { maskMiddle, redactMatches, sha256 } from './primitives/privacy';
import { joinPresent, pad, replaceMatches, replaceText, replaceWhole } from './primitives/replacing';
import { valueShape } from './primitives/shape';
import { slice } from './primitives/slice';
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
import {
  collapseWhiteSpace,
  join,
  length,
  removeText,
  splitPart,
  textAfter,
  trimWhiteSpace,
} from './primitives/text';

/** Every primitive, by id: the one place where the meaning of an expression meets the engines. */
export const primitives = {
  decimalRemainder,
  hybridRemainder,
  absolute,
  addDays,
  addIntegers,
  addMonths,
  and,
  asciiDigits,
  atMost,
  capitalizeFirst,
  capitalizeWords,
  capture,
  choose,
  collapseWhiteSpace,
  comparedKey,
  contains,
  countPresent,
  datePart,
  dateText,
  daysBetween,
  decimalOf,
  decimalText,
  dividedBy,
  elementOf,
  equal,
  firstPresent,
  floor,
  floorModulo,
  floorQuotient,
  holds,
  integerOf,
  integerText,
  isMissing,
  isNull,
  isOneOf,
  isOneOfInAnyCase,
  join,
  joinPresent,
  length,
  less,
  lessOrEqual,
  lower,
  makeDate,
  makeTimestamp,
  matches,
  microsecondOfDay,
  microsecondsBetween,
  minus,
  multiplyIntegers,
  not,
  or,
  pad,
  parseDecimal,
  parseInteger,
  parseIsoDate,
  placeIn,
  plus,
  remainder,
  removeCharacters,
  removeText,
  replaceMatches,
  replaceText,
  replaceWhole,
  roundDecimal,
  slice,
  splitPart,
  straightenPunctuation,
  stripAccents,
  subtractIntegers,
  times,
  textAfter,
  timestampDate,
  trimWhiteSpace,
  upper,
  valueShape,
  weightedRemainder,
  maskMiddle,
  redactMatches,
  sha256,
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
  let same: ValueType | undefined;
  for (const [index, operand] of operands.entries()) {
    const kind = takes[Math.min(index, fixed - 1)];
    if (kind === 'same') same ??= operand.type;
    const expected = kind === 'same' ? same : kind;
    if (operand.type !== expected) {
      throw new TypeError(`Operand ${index + 1} of ${id} is ${operand.type}, not ${expected}.`);
    }
  }
  const type = returns === 'same' ? same : returns;
  if (type === undefined) throw new TypeError(`The type of ${id} is open.`);
  const settings: Constants = constants[0] ?? {};
  return Object.freeze({ kind: 'call', primitive: id, type, operands, constants: settings });
}
