import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, type Expression, integer } from '../../expression/expression';
import { call } from '../../expression/primitives';

const OFFSET = /^(UTC|[+-](0[0-9]|1[0-4]):[0-5][0-9])$/;
/** A distance from UTC. */
export const zoneSchema = z.string().regex(OFFSET, {
  error:
    'must be UTC or a fixed distance from it, such as +02:00; named zones are refused, as their rules differ between engines',
});
export const ZONE_HELP =
  'UTC, or a fixed distance such as +02:00. Named zones are refused: engines carry different rules for them.';

/** Minutes ahead of UTC. */
export function minutesOf(zone: string): number {
  if (zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

export const MINUTE = 60_000_000;
export const HOUR = 60 * MINUTE;
export const SECOND = 1_000_000;

/** How fine the seconds of a time are written. */
export const PRECISIONS = ['seconds', 'milliseconds', 'microseconds'] as const;
export type Precision = (typeof PRECISIONS)[number];
const UNIT: Record<Precision, number> = { seconds: SECOND, milliseconds: 1000, microseconds: 1 };
const DIGITS: Record<Precision, number> = { seconds: 0, milliseconds: 3, microseconds: 6 };

/** Part of a time of day in microseconds: whole units, from 0. */
export function timePart(time: Expression, unit: number, within?: number): Expression {
  const whole = call('floorQuotient', [time], { by: unit });
  return within === undefined ? whole : call('floorModulo', [whole], { by: within });
}

/** “14:05:09.250” of a time of day in microseconds; what is finer than the precision is cut off. */
export function timeText(time: Expression, precision: Precision): readonly Expression[] {
  const two = (part: Expression) => call('integerText', [part], { digits: 2 });
  const colon = { kind: 'literal', type: 'text', value: ':' } as const;
  const parts: Expression[] = [
    two(timePart(time, HOUR)),
    colon,
    two(timePart(time, MINUTE, 60)),
    colon,
    two(timePart(time, SECOND, 60)),
  ];
  if (precision === 'seconds') return parts;
  const fraction = call('floorModulo', [timePart(time, UNIT[precision])], { by: SECOND / UNIT[precision] });
  return [
    ...parts,
    { kind: 'literal', type: 'text', value: '.' },
    call('integerText', [fraction], { digits: DIGITS[precision] }),
  ];
}

/** A moment in ISO form, as a clock so many minutes ahead of UTC shows it; null where that leaves the years 1 to 9999. */
export function momentText(
  builder: PlanBuilder,
  moment: Expression,
  { zone, precision }: { zone: string; precision: Precision },
): ColumnReference {
  const shown = minutesOf(zone) === 0 ? moment : shifted(builder, moment, integer(minutesOf(zone)));
  const time = builder.bind(call('microsecondOfDay', [shown]));
  const literal = (value: string) => ({ kind: 'literal', type: 'text', value }) as const;
  return builder.bind(
    call('join', [
      call('dateText', [call('timestampDate', [shown])]),
      literal('T'),
      ...timeText(time, precision),
      literal(zone === 'UTC' ? 'Z' : zone),
    ]),
  );
}

/** A moment so many minutes later; null outside the years 1 to 9999. */
export function shifted(builder: PlanBuilder, moment: Expression, minutes: Expression): ColumnReference {
  const microseconds = call('multiplyIntegers', [minutes, integer(MINUTE)]);
  const time = call('addIntegers', [call('microsecondOfDay', [moment]), microseconds]);
  return builder.bind(call('makeTimestamp', [call('timestampDate', [moment]), builder.bind(time)]));
}

const ISO_TIME =
  '\\A([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.,]([0-9]{1,6})[0-9]*)?)?' +
  ' ?(?:[Zz]|([+-])(0[0-9]|1[0-8]):?([0-5][0-9])?)?\\z';
const HAS_ZONE = '(?:[Zz]|[+-][0-9]{2}:?(?:[0-9]{2})?)\\z';
const LONGEST = 60;

/** The moment of an ISO text; one without a distance from UTC is read as of `zone`. Null for anything else. */
export function readIsoMoment(builder: PlanBuilder, value: Expression, zone: string): ColumnReference {
  const group = (index: number) =>
    call('capture', [value], { pattern: ISO_TIME, sparkPattern: ISO_TIME, group: index, longest: LONGEST });
  const number = (index: number) => call('parseInteger', [group(index)]);
  const date = call('parseIsoDate', [group(1)]);
  const time = builder.bind(
    timeOfDay(builder, {
      hour: number(2),
      minute: number(3),
      second: orZero(number(4)),
      fraction: orZero(fractionOf(builder, group(5))),
    }),
  );
  const zoned = call('matches', [value], { pattern: HAS_ZONE, sparkPattern: HAS_ZONE, longest: LONGEST });
  const ahead = minutesAhead(builder, group(6), number(7), number(8));
  const minutes = call('choose', [zoned, ahead, integer(minutesOf(zone))]);
  return moment(builder, date, time, builder.bind(minutes));
}

const orZero = (value: Expression) => call('firstPresent', [value, integer(0)]);

/** Microseconds of the digits after the decimal mark; null for none. */
export function fractionOf(builder: PlanBuilder, digits: Expression): Expression {
  const six = builder.bind(
    call('slice', [call('join', [digits, { kind: 'literal', type: 'text', value: '000000' }])], {
      from: 'start',
      skip: 0,
      take: 6,
    }),
  );
  return call('parseInteger', [six]);
}

/** Minutes ahead of UTC from a sign, hours and minutes; 0 without hours. */
export function minutesAhead(
  builder: PlanBuilder,
  sign: Expression,
  hours: Expression,
  minutes: Expression,
): ColumnReference {
  const size = call('addIntegers', [call('multiplyIntegers', [orZero(hours), integer(60)]), orZero(minutes)]);
  const ahead = builder.bind(size);
  return builder.bind(
    call('choose', [
      call('isOneOf', [sign], { values: ['-'] }),
      call('subtractIntegers', [integer(0), ahead]),
      ahead,
    ]),
  );
}

/** Microseconds since midnight. */
export function timeOfDay(
  builder: PlanBuilder,
  parts: { hour: Expression; minute: Expression; second: Expression; fraction: Expression },
): Expression {
  const minutes = builder.bind(
    call('addIntegers', [call('multiplyIntegers', [parts.hour, integer(60)]), parts.minute]),
  );
  const seconds = builder.bind(
    call('addIntegers', [call('multiplyIntegers', [minutes, integer(60)]), parts.second]),
  );
  return call('addIntegers', [call('multiplyIntegers', [seconds, integer(SECOND)]), parts.fraction]);
}

/** The moment when a clock so many minutes ahead of UTC shows a date and a time of day. */
export function moment(
  builder: PlanBuilder,
  date: Expression,
  time: Expression,
  ahead: Expression,
): ColumnReference {
  const behind = call('multiplyIntegers', [ahead, integer(-MINUTE)]);
  return builder.bind(call('makeTimestamp', [date, builder.bind(call('addIntegers', [time, behind]))]));
}
