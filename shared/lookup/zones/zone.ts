import { ZONES } from './table';

const DAY = 86_400;
/** Where the rule for ever after puts a change: month, week, weekday and second, by the clock before. */
type RuleDate = readonly [month: number, week: number, weekday: number, second: number];
type Rule = {
  readonly standard: number;
  readonly summer: number;
  readonly begin: RuleDate;
  readonly end: RuleDate;
};
/** At a second of 1970-01-01 UTC and later, clocks go so many seconds ahead of UTC instead of `before`. */
export type Change = { readonly at: number; readonly before: number; readonly after: number };
export type Zone = {
  /** Seconds ahead of UTC before the first change. */
  readonly first: number;
  readonly changes: readonly Change[];
  /** Counts after the last change. */
  readonly rule: Rule | null;
};

let lines: Map<string, string> | undefined;

/** A zone by its name as the table spells it; null for no such name. */
export function zoneOf(name: string): Zone | null {
  lines ??= new Map(
    ZONES.trim()
      .split('\n')
      .flatMap((line) =>
        line
          .slice(0, line.indexOf(';'))
          .split(' ')
          .map((one): [string, string] => [one, line]),
      ),
  );
  const line = lines.get(name);
  return line === undefined ? null : parseZone(line);
}

function parseZone(line: string): Zone {
  const [, distances = '', steps = '', rule = ''] = line.split(';');
  const offsets = distances.split(',').map(Number);
  const [first = 0] = offsets;
  let [at, before] = [0, first];
  const changes = [...steps.matchAll(/(-?[0-9a-z]+)([A-Z])/g)].map(([, step = '', letter = '']) => {
    at += Number.parseInt(step, 36);
    const after = offsets[letter.charCodeAt(0) - 65] ?? 0;
    const change = { at, before, after };
    before = after;
    return change;
  });
  return { first, changes, rule: rule === '' ? null : parseRule(rule) };
}

function parseRule(text: string): Rule {
  const [standard = '', summer = '', begin = '', end = ''] = text.split(' ');
  const date = (one: string) => one.split('.').map(Number) as unknown as RuleDate;
  return { standard: Number(standard), summer: Number(summer), begin: date(begin), end: date(end) };
}

/** Days from 1970-01-01 to a day of the Gregorian calendar, which goes on before its beginning. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years from March have the leap day at their end.
  const years = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(years / 400);
  const ofCycle = years - cycle * 400;
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    cycle * 146_097 + ofCycle * 365 + Math.floor(ofCycle / 4) - Math.floor(ofCycle / 100) + ofYear - 719_468
  );
}

/** The second, from 1970-01-01 by a clock, that a date of a rule means in a year; week 5 is the last one. */
function secondOf(year: number, [month, week, weekday, second]: RuleDate): number {
  const first = dayNumber(year, month, 1);
  const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
  let day = first + ((((weekday - first - 4) % 7) + 7) % 7) + (week - 1) * 7;
  while (day >= next) day -= 7;
  return day * DAY + second;
}

function ruledChanges(rule: Rule, year: number): readonly Change[] {
  const { standard, summer, begin, end } = rule;
  return [
    { at: secondOf(year, begin) - standard, before: standard, after: summer },
    { at: secondOf(year, end) - summer, before: summer, after: standard },
  ];
}

function ruledAfter({ changes, rule }: Zone, years: readonly number[]): Change[] {
  const last = changes.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const ruled = rule === null ? [] : years.flatMap((year) => ruledChanges(rule, year));
  return ruled.filter(({ at }) => at > last);
}

/** All changes that no rule tells, and those of the rule in some years. */
export const changesOf = (zone: Zone, years: readonly number[]): readonly Change[] => [
  ...zone.changes,
  ...ruledAfter(zone, years),
];

/** The first change at or after a second, by its place. */
function placeOf(changes: readonly Change[], second: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.at ?? 0) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The change that clocks make on a day, if they make one, and the distance from UTC at the day's start, in seconds;
 * `start` counts from 1970-01-01 by the clock that is meant. A change takes the local times from `low` to `high`,
 * which do not exist or come twice; of UTC's it takes none.
 */
export function onDay(
  zone: Zone,
  { year, start, clock }: { year: number; start: number; clock: 'local' | 'utc' },
): { before: number; change: (Change & { low: number; high: number }) | null } {
  const { first, changes } = zone;
  const place = placeOf(changes, start - 2 * DAY);
  // Three changes after a day are enough, and the rule counts after all others.
  const ruled =
    place + 3 <= changes.length
      ? []
      : ruledAfter(zone, [year - 1, year, year + 1]).sort((a, b) => a.at - b.at);
  const near = [...changes.slice(Math.max(0, place - 1), place + 3), ...ruled];
  let before = near[0]?.before ?? changes.at(-1)?.after ?? first;
  for (const change of near) {
    const shifts = clock === 'utc' ? [0] : [change.before, change.after];
    const [low, high] = [change.at + Math.min(...shifts), change.at + Math.max(...shifts)];
    if (low >= start + DAY) break;
    if (high > start) return { before: change.before, change: { ...change, low, high } };
    before = change.after;
  }
  return { before, change: null };
}
