import { z } from 'zod';
import { lookup, type Text } from './lookup';
import { ZONE_NAMES, ZONE_VERSION } from './zones/names';

export const GAPS = ['invalid', 'forward'] as const;
export const OVERLAPS = ['earlier', 'later', 'invalid'] as const;
export type ZoneOptions = {
  /** As the table spells it. */
  readonly zone: string;
  /** Whose days are asked: those of UTC, or the zone's own. */
  readonly clock: 'local' | 'utc';
  /** What a local time that does not exist becomes. */
  readonly gap: (typeof GAPS)[number];
  /** Which of the two a local time is that comes twice. */
  readonly overlap: (typeof OVERLAPS)[number];
};

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const NOTHING: readonly Text[] = [null, null, null, null, null];

export const zoneLookup = lookup<'date', 'before' | 'from' | 'until' | 'between' | 'after', ZoneOptions>({
  id: 'zone',
  meaning:
    'How many seconds ahead of UTC a zone’s clocks go on a day: before a second of it, from that one until another, ' +
    'and after; only before where they do not change. Between is null where times are not valid there.',
  inputs: ['date'],
  outputs: ['before', 'from', 'until', 'between', 'after'],
  options: z.strictObject({
    zone: z.enum(ZONE_NAMES),
    clock: z.enum(['local', 'utc']),
    gap: z.enum(GAPS),
    overlap: z.enum(OVERLAPS),
  }),
  heavy: false,
  library: { name: 'IANA time zones', job: 'time-zones', version: ZONE_VERSION },
  async load() {
    const { dayNumber, onDay, zoneOf } = await import('./zones/zone');
    const zones = new Map<string, ReturnType<typeof zoneOf>>();
    return ([text = null], { zone: name, clock, gap, overlap }) => {
      const found = DATE.exec(text ?? '');
      if (!zones.has(name)) zones.set(name, zoneOf(name));
      const zone = zones.get(name);
      if (!found || !zone) return NOTHING;
      const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
      if (month < 1 || month > 12) return NOTHING;
      const start = dayNumber(year, month, day) * 86_400;
      const { before, change } = onDay(zone, { year, start, clock });
      if (!change) return [String(before), null, null, null, null];
      const { low, high, after } = change;
      // Times are before + after once in a gap, where the clock before counts; of two, the earlier is by the clock before.
      const between =
        after > before
          ? { invalid: null, forward: before }[gap]
          : { invalid: null, earlier: before, later: after }[overlap];
      return [before, low - start, high - start, between, after].map((one) =>
        one === null ? null : String(one),
      );
    };
  },
  samples: [
    { zone: 'Europe/Berlin', clock: 'local', gap: 'invalid', overlap: 'earlier' },
    { zone: 'Australia/Lord_Howe', clock: 'local', gap: 'forward', overlap: 'later' },
    { zone: 'Pacific/Apia', clock: 'local', gap: 'invalid', overlap: 'invalid' },
    { zone: 'America/St_Johns', clock: 'utc', gap: 'invalid', overlap: 'earlier' },
  ],
});
