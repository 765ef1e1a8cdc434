// The table of time zones against Python's zoneinfo with the same version of the database, and the job's twin against
// the preview's: every name, at every change of its clocks and the seconds around it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSpark } from '../../main/verify/spark-local';
import type { Texts } from '../../shared/lookup/lookup';
import { answerHere } from '../../shared/lookup/registry';
import type { ZoneOptions } from '../../shared/lookup/zone';
import { ZONE_NAMES, ZONE_VERSION } from '../../shared/lookup/zones/names';
import { changesOf, zoneOf } from '../../shared/lookup/zones/zone';

const DAY = 86_400;
/** By the rules of today, to the end of the years that there are. */
const YEARS = [...Array.from({ length: 60 }, (_, i) => 1981 + i), 2099, 2100, 2400, 9998];
const DEFAULTS: Omit<ZoneOptions, 'zone'> = { clock: 'local', gap: 'invalid', overlap: 'earlier' };

function run(python: string, args: readonly string[], input: unknown, folder = ''): unknown {
  const { stdout, stderr, status } = spawnSync(python, args, {
    env: { ...process.env, PYTHONPATH: folder },
    input: JSON.stringify(input),
    maxBuffer: 1 << 29,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Around each change by a clock of UTC, and by the zone's own before and after it; of UTC's every other month too. */
function timesOf(name: string, years: readonly number[] = YEARS): { utc: number[]; local: number[] } {
  const zone = zoneOf(name);
  if (!zone) throw new Error(`There is no ${name}.`);
  const changes = changesOf(zone, years);
  const around = (second: number) => [second - 1, second, second + 1];
  const months = Array.from({ length: 6 * 270 }, (_, i) => Date.UTC(1840, 2 * i, 11, 5, 7) / 1000);
  const utc = [...changes.flatMap(({ at }) => around(at)), ...months];
  const local = changes.flatMap(({ at, before, after }) => [
    ...around(at + before),
    ...around(at + after),
    at + (before + after) / 2,
  ]);
  return { utc, local: local.map(Math.floor) };
}

const dateText = (second: number): string => new Date(second * 1000).toISOString().slice(0, 10);

/** Distances as an operation finds them: by the answers for the day, and the second of it. */
async function distances(options: ZoneOptions, seconds: readonly number[]): Promise<(number | null)[]> {
  const answers = await answerHere({ lookup: 'zone', options }, [seconds.map(dateText)]);
  const at = (output: number, row: number) => {
    const answer = answers[output]?.[row] ?? null;
    return answer === null ? null : Number(answer);
  };
  return seconds.map((second, row) => {
    const time = ((second % DAY) + DAY) % DAY;
    const [from, until] = [at(1, row), at(2, row)];
    if (from === null || until === null || time < from) return at(0, row);
    return time < until ? at(3, row) : at(4, row);
  });
}

type Peer = {
  readonly version: string;
  readonly names: readonly string[];
  readonly answers: Record<string, { utc: number[]; local: [number | null, number][] }>;
};

test('every zone at every change is as in zoneinfo', async () => {
  const asked = Object.fromEntries(ZONE_NAMES.map((name) => [name, timesOf(name)]));
  const python = path.join(import.meta.dirname, '../../.cache/spark4/bin/python');
  const peer = run(python, [path.join(import.meta.dirname, 'zones.py')], asked) as Peer;
  const [year, letter = ''] = [ZONE_VERSION.slice(0, 4), ZONE_VERSION.slice(4)];
  expect(peer.version).toBe(`${year}.${letter.charCodeAt(0) - 96}`);
  expect(peer.names.filter((name) => name !== 'Factory')).toEqual([...ZONE_NAMES]);
  const differing: string[] = [];
  let compared = 0;
  for (const zone of ZONE_NAMES) {
    const { utc, local } = asked[zone] ?? { utc: [], local: [] };
    const theirs = peer.answers[zone];
    const compare = (ours: readonly (number | null)[], expected: readonly (number | null)[] | undefined) => {
      compared += ours.length;
      const at = ours.findIndex((one, i) => one !== expected?.[i]);
      if (at >= 0) differing.push(`${zone} ${at}: ${ours[at]} but ${expected?.[at]}`);
    };
    compare(await distances({ ...DEFAULTS, zone, clock: 'utc' }, utc), theirs?.utc);
    const earlier = theirs?.local.map(([first]) => first);
    compare(await distances({ ...DEFAULTS, zone }, local), earlier);
    // In a gap zoneinfo's earlier distance is the one before, by which time goes forward.
    const forward = await distances({ ...DEFAULTS, zone, gap: 'forward', overlap: 'later' }, local);
    compare(
      forward,
      theirs?.local.map(([, second]) => second),
    );
    const once = await distances({ ...DEFAULTS, zone, overlap: 'invalid' }, local);
    compare(
      once,
      theirs?.local.map(([first, second]) => (first === second ? first : null)),
    );
  }
  expect(differing.slice(0, 10)).toEqual([]);
  expect(compared).toBeGreaterThan(1_000_000);
});

const SCRIPT = `
import json, sys
from dataharmonize import zone
asked = json.load(sys.stdin)
json.dump([[zone.answerer(options)(date) for date in dates] for options, dates in asked], sys.stdout)
`;

test('the job answers as the preview does, for every zone', async () => {
  const settings: Omit<ZoneOptions, 'zone'>[] = [
    DEFAULTS,
    { clock: 'local', gap: 'forward', overlap: 'later' },
    { clock: 'local', gap: 'invalid', overlap: 'invalid' },
    { clock: 'utc', gap: 'invalid', overlap: 'earlier' },
  ];
  const asked = ZONE_NAMES.map((zone, i): [ZoneOptions, string[]] => {
    const days = timesOf(zone, [2037, 2400, 9998]).local.map((second) => second - (second % DAY));
    const around = new Set(days.flatMap((day) => [day - DAY, day, day + DAY]));
    const options = settings[i % settings.length] ?? DEFAULTS;
    return [{ ...options, zone }, ['0001-01-01', '9999-12-31', '2024-13-01', ...[...around].map(dateText)]];
  });
  const folder = path.join(import.meta.dirname, '../../main/publish/pyspark');
  const theirs = run(findSpark()?.python ?? 'python3', ['-c', SCRIPT], asked, folder) as Texts[][];
  for (const [i, [options, dates]] of asked.entries()) {
    const ours = await answerHere({ lookup: 'zone', options }, [dates]);
    const rows = dates.map((_, row) => ours.map((column) => column[row] ?? null));
    // A quick comparison first: there are many.
    if (JSON.stringify(rows) !== JSON.stringify(theirs[i])) expect(rows, options.zone).toEqual(theirs[i]);
  }
});
