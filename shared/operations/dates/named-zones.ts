import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, type Expression, integer, nothing, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import type { ZoneOptions } from '../../lookup/zone';
import { HOUR, MINUTE, movedBy, SECOND } from './moments';
import type { ZoneReading } from './stated-zones';

/** Microseconds ahead of UTC of a zone's clocks at a time of a day, and whether that time lies in a change of them. */
function distanceAt(
  builder: PlanBuilder,
  moment: ColumnReference,
  options: ZoneOptions,
): { ahead: ColumnReference; changing: Expression } {
  // A day is asked, not a moment: there are few days, and one change on each at most.
  const date = builder.bind(call('dateText', [call('timestampDate', [moment])]));
  const { before, from, until, between, after } = builder.lookup('zone', { date }, options);
  const time = builder.bind(call('microsecondOfDay', [moment]));
  const number = (answer: Expression) =>
    call('multiplyIntegers', [call('parseInteger', [answer]), integer(SECOND)]);
  const comes = (second: Expression) => call('holds', [call('lessOrEqual', [number(second), time])]);
  const [changing, changed] = [builder.bind(comes(from)), builder.bind(comes(until))];
  const ahead = call('choose', [
    changed,
    number(after),
    call('choose', [changing, number(between), number(before)]),
  ]);
  return { ahead: builder.bind(ahead), changing: call('and', [changing, call('not', [changed])]) };
}

/**
 * The moment of a local time, which is given as if its clocks were those of UTC. `unclear` holds where the zone's
 * clocks show it never or twice and that is not valid.
 */
export function localMoment(
  builder: PlanBuilder,
  local: ColumnReference,
  { zone, gap, overlap }: ZoneReading,
): { moment: ColumnReference; unclear: ColumnReference } {
  const { ahead, changing } = distanceAt(builder, local, { zone, clock: 'local', gap, overlap });
  const unclear = builder.bind(call('and', [changing, call('isNull', [ahead])]));
  const behind = call('subtractIntegers', [integer(0), ahead]);
  return { moment: movedBy(builder, local, builder.bind(behind)), unclear };
}

/** The time that a zone's clocks show at a moment, as if it were UTC, and their distance: +05:45, or +00:19:32. */
export function onZoneClock(
  builder: PlanBuilder,
  moment: ColumnReference,
  zone: string,
): { shown: ColumnReference; distance: ColumnReference } {
  const { ahead } = distanceAt(builder, moment, { zone, clock: 'utc', gap: 'invalid', overlap: 'earlier' });
  const behind = call('holds', [call('less', [ahead, integer(0)])]);
  const size = builder.bind(call('choose', [behind, call('subtractIntegers', [integer(0), ahead]), ahead]));
  const two = (value: Expression) => call('integerText', [value], { digits: 2 });
  const part = (by: number) => two(call('floorModulo', [call('floorQuotient', [size], { by })], { by: 60 }));
  const seconds = builder.bind(part(SECOND));
  const distance = call('join', [
    call('choose', [behind, text('-'), text('+')]),
    two(call('floorQuotient', [size], { by: HOUR })),
    text(':'),
    part(MINUTE),
    call('choose', [
      call('isOneOf', [seconds], { values: ['00'] }),
      text(''),
      call('join', [text(':'), seconds]),
    ]),
  ]);
  return { shown: movedBy(builder, moment, ahead), distance: builder.bind(distance) };
}

/** The first of some moments, apart by whether it is a local time; each is null where the other is not. */
export function firstMoment(
  builder: PlanBuilder,
  moments: readonly { readonly moment: ColumnReference; readonly isLocal: boolean }[],
): { local: ColumnReference; told: ColumnReference } {
  const pick = (wanted: boolean): Expression =>
    moments.reduceRight<Expression>(
      (rest, { moment, isLocal }) =>
        call('choose', [call('isNull', [moment]), rest, isLocal === wanted ? moment : nothing('timestamp')]),
      nothing('timestamp'),
    );
  return { local: builder.bind(pick(true)), told: builder.bind(pick(false)) };
}
