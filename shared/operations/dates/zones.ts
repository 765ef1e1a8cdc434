import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, type Expression, integer, nothing, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { fractionOf, HOUR, MINUTE, moment, movedBy, SECOND, signed, timeOfDay } from './moments';
import { localMoment, onZoneClock } from './named-zones';
import { minutesOf, namedZone, type ZoneReading } from './stated-zones';

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
  const parts: Expression[] = [
    two(timePart(time, HOUR)),
    text(':'),
    two(timePart(time, MINUTE, 60)),
    text(':'),
    two(timePart(time, SECOND, 60)),
  ];
  if (precision === 'seconds') return parts;
  const fraction = call('floorModulo', [timePart(time, UNIT[precision])], { by: SECOND / UNIT[precision] });
  return [...parts, text('.'), call('integerText', [fraction], { digits: DIGITS[precision] })];
}

/** A moment in ISO form, as the clocks of a zone show it; null where that leaves the years 1 to 9999. */
export function momentText(
  builder: PlanBuilder,
  moment: ColumnReference,
  { zone, precision }: { zone: string; precision: Precision },
): ColumnReference {
  const { shown, distance } = onClock(builder, moment, zone);
  const time = builder.bind(call('microsecondOfDay', [shown]));
  return builder.bind(
    call('join', [
      call('dateText', [call('timestampDate', [shown])]),
      text('T'),
      ...timeText(time, precision),
      distance,
    ]),
  );
}

/** The time that a zone's clocks show at a moment, as if it were UTC, and their distance from UTC as it is written. */
function onClock(
  builder: PlanBuilder,
  moment: ColumnReference,
  zone: string,
): { shown: ColumnReference; distance: Expression } {
  const name = namedZone(zone);
  if (name !== null) return onZoneClock(builder, moment, name);
  const minutes = minutesOf(zone);
  const shown = minutes === 0 ? moment : movedBy(builder, moment, integer(minutes * MINUTE));
  return { shown, distance: text(zone === 'UTC' ? 'Z' : zone) };
}

const ISO_TIME =
  '\\A([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.,]([0-9]{1,6})[0-9]*)?)?' +
  ' ?(?:[Zz]|([+-])(0[0-9]|1[0-8])(:?|:?[0-5][0-9]|:[0-5][0-9]:[0-5][0-9]))?\\z';
const HAS_ZONE = '(?:[Zz]|[+-][0-9]{2}:?(?:[0-9]{2}(?::[0-9]{2})?)?)\\z';
const LONGEST = 60;

/** The moment of an ISO text; one without a distance from UTC is read as of UTC. Null for anything else. */
export const readIsoMoment = (builder: PlanBuilder, value: Expression): ColumnReference =>
  isoMoment(builder, value, 0).moment;

/**
 * The moment of an ISO text; one without a distance from UTC is read as of a zone. `unclear` holds where the zone's
 * clocks show the time never or twice and it is not valid for that; null where there is no such time.
 */
export function readZonedMoment(
  builder: PlanBuilder,
  value: Expression,
  reading: ZoneReading,
): { moment: ColumnReference; unclear: Expression | null } {
  const zone = namedZone(reading.zone);
  if (zone === null)
    return { moment: isoMoment(builder, value, minutesOf(reading.zone)).moment, unclear: null };
  const { moment, zoned } = isoMoment(builder, value, 0);
  const local = builder.bind(call('choose', [zoned, nothing('timestamp'), moment]));
  const found = localMoment(builder, local, { ...reading, zone });
  return { moment: builder.bind(call('choose', [zoned, moment, found.moment])), unclear: found.unclear };
}

function isoMoment(
  builder: PlanBuilder,
  value: Expression,
  minutes: number,
): { moment: ColumnReference; zoned: ColumnReference } {
  const at = { pattern: ISO_TIME, sparkPattern: ISO_TIME, longest: LONGEST };
  const group = (index: number) => builder.bind(call('capture', [value], { ...at, group: index }));
  const number = (index: number) => call('parseInteger', [group(index)]);
  // Zero where the group is empty, and null where there is no text: then nothing of all this is computed.
  const orNone = (digits: Expression) => call('parseInteger', [call('join', [text('0'), digits])]);
  const date = builder.bind(call('parseIsoDate', [group(1)]));
  const time = timeOfDay({
    hour: number(2),
    minute: number(3),
    second: orNone(group(4)),
    fraction: fractionOf(builder, group(5)),
  });
  const zoned = builder.bind(
    call('matches', [value], { pattern: HAS_ZONE, sparkPattern: HAS_ZONE, longest: LONGEST }),
  );
  // The local mean times of old have seconds.
  const rest = builder.bind(call('replaceText', [group(8)], { find: ':', replacement: '' }));
  const two = (skip: number) => orNone(call('slice', [rest], { from: 'start', skip, take: 2 }));
  const size = builder.bind(
    timeOfDay({
      hour: orNone(group(7)),
      minute: two(0),
      second: two(2),
      fraction: integer(0),
    }),
  );
  const ahead = call('choose', [zoned, signed(group(6), size), integer(minutes * MINUTE)]);
  return { moment: moment(builder, date, time, ahead), zoned };
}
