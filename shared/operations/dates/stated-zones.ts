import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import type { Expression } from '../../expression/expression';
import { GAPS, OVERLAPS } from '../../lookup/zone';
import { ZONE_NAMES, ZONE_VERSION } from '../../lookup/zones/names';
import type { FormField } from '../operation';

const DISTANCE = /^(UTC|[+-](0[0-9]|1[0-4]):[0-5][0-9])$/;
const named = new Map(ZONE_NAMES.map((name) => [name.toLowerCase(), name]));

/** The name of a zone as the database spells it, whatever its letter case; null for UTC and fixed distances. */
export const namedZone = (zone: string): string | null =>
  DISTANCE.test(zone) ? null : (named.get(zone.toLowerCase()) ?? null);

/** UTC, a distance from it, or a zone's name. */
export const zoneSchema = z.string().refine((zone) => DISTANCE.test(zone) || named.has(zone.toLowerCase()), {
  error: `must be UTC, a fixed distance from it such as +02:00, or a zone of the IANA database (${ZONE_VERSION}) such as Europe/Berlin`,
});

/** Minutes ahead of UTC. */
export function minutesOf(zone: string): number {
  if (zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** How times are read that state no distance from UTC. */
export type ZoneReading = {
  readonly zone: string;
  readonly gap: (typeof GAPS)[number];
  readonly overlap: (typeof OVERLAPS)[number];
};
export const gapSchema = z.enum(GAPS).default('invalid');
export const overlapSchema = z.enum(OVERLAPS).default('earlier');

const isNamedZone = (zone: string) => namedZone(zone) !== null;

/** The controls for local times that clocks of a named zone show never or twice. */
export const foldFields = (zone: string): readonly FormField[] => [
  {
    name: 'gap',
    label: 'A time that the clocks skip',
    control: 'choice',
    choices: [
      { value: 'invalid', label: 'Is not valid' },
      { value: 'forward', label: 'Goes forward with the clocks' },
    ],
    when: { name: zone, holds: isNamedZone },
  },
  {
    name: 'overlap',
    label: 'A time that comes twice',
    control: 'choice',
    choices: [
      { value: 'earlier', label: 'Is the earlier one' },
      { value: 'later', label: 'Is the later one' },
      { value: 'invalid', label: 'Is not valid' },
    ],
    when: { name: zone, holds: isNamedZone },
  },
];

export const ZONE_HELP =
  'UTC, a fixed distance such as +02:00, or a place such as Europe/Berlin, with its summer times.';
/** What named zones mean, for the reference. */
export const ZONE_WORDS =
  `Zones are UTC, a fixed distance from it, or a named zone of the IANA database ${ZONE_VERSION}, older names ` +
  'included. The rules of named zones come with the program, never from an engine or a computer, so that they are ' +
  'the same everywhere; a run report tells their version. The rules of today go on for ever; before its first ' +
  'standard time a zone has its local mean time, to the second; before 1970, zones that have gone alike since share ' +
  'one history.';
export const FOLD_WORDS =
  'Where clocks go forward, the times that they skip are not valid, unless they are to go forward too, by as much as ' +
  'the clocks did. Where clocks go back, a time comes twice: the earlier one counts unless told.';

const GAP_WORDS = {
  invalid: 'a time that clocks skip is not valid',
  forward: 'a time that clocks skip goes forward',
};
const OVERLAP_WORDS = {
  earlier: 'of two the earlier one',
  later: 'of two the later one',
  invalid: 'one that comes twice is not valid',
};
/** For a step's sentence: “, in Europe/Berlin (…)”; nothing more than the zone where clocks do not change. */
export function zoneSentence({ zone, gap, overlap }: ZoneReading): string {
  const name = namedZone(zone);
  return name === null ? zone : `${name} (${GAP_WORDS[gap]}, ${OVERLAP_WORDS[overlap]})`;
}

function unclearReason({ zone, gap, overlap }: ZoneReading): string {
  const name = namedZone(zone) ?? zone;
  if (gap === 'forward') return `a time that the clocks of ${name} show twice`;
  return overlap === 'invalid'
    ? `a time that the clocks of ${name} skip or show twice`
    : `a time that the clocks of ${name} skip`;
}

/** Rows leave whose local time is unclear, with a reason of their own. */
export function rejectUnclear(
  builder: PlanBuilder,
  column: string,
  unclear: Expression | null,
  reading: ZoneReading,
): void {
  if (unclear === null) return;
  builder.leave({ fate: 'rejected', column, reason: unclearReason(reading), when: unclear });
}
