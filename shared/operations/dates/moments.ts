import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, type Expression, integer, text } from '../../expression/expression';
import { call } from '../../expression/primitives';

/** In microseconds. */
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Microseconds of the digits after the decimal mark; null for none. */
export function fractionOf(builder: PlanBuilder, digits: Expression): Expression {
  const six = builder.bind(
    call('slice', [call('join', [digits, text('000000')])], { from: 'start', skip: 0, take: 6 }),
  );
  return call('parseInteger', [six]);
}

/** Microseconds since midnight. */
export function timeOfDay(parts: {
  hour: Expression;
  minute: Expression;
  second: Expression;
  fraction: Expression;
}): Expression {
  const minutes = call('addIntegers', [call('multiplyIntegers', [parts.hour, integer(60)]), parts.minute]);
  const seconds = call('addIntegers', [call('multiplyIntegers', [minutes, integer(60)]), parts.second]);
  return call('addIntegers', [call('multiplyIntegers', [seconds, integer(SECOND)]), parts.fraction]);
}

/** So many microseconds ahead of UTC, or behind where the sign is a minus. */
export const signed = (sign: Expression, size: Expression): Expression =>
  call('choose', [
    call('isOneOf', [sign], { values: ['-'] }),
    call('subtractIntegers', [integer(0), size]),
    size,
  ]);

/** The moment when a clock so many microseconds ahead of UTC shows a date and a time of day. */
export const moment = (
  builder: PlanBuilder,
  date: Expression,
  time: Expression,
  ahead: Expression,
): ColumnReference =>
  builder.bind(call('makeTimestamp', [date, builder.bind(call('subtractIntegers', [time, ahead]))]));

/** A moment so many microseconds later; null outside the years 1 to 9999. */
export function movedBy(builder: PlanBuilder, moment: Expression, microseconds: Expression): ColumnReference {
  const time = builder.bind(call('addIntegers', [call('microsecondOfDay', [moment]), microseconds]));
  return builder.bind(call('makeTimestamp', [call('timestampDate', [moment]), time]));
}
