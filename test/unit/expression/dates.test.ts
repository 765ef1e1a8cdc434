import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../../shared/compile/render';
import { column, type Expression } from '../../../shared/expression/expression';
import { call } from '../../../shared/expression/primitives';
import { DATE_PARTS, type DatePart } from '../../../shared/expression/primitives/dates';
import type { Engine } from '../../../shared/ports/engine';
import { openHost } from '../../conformance/engines';
import { DATE_TEXTS } from '../../conformance/quantities';
import { loadRows } from '../../conformance/trace';

const DAY = 86_400_000;
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T00:00:00Z');
const isoOf = (time: number): string | null =>
  time >= FIRST && time <= LAST ? new Date(time).toISOString().slice(0, 10) : null;

const anyDay = fc.oneof(
  fc.integer({ min: 0, max: (LAST - FIRST) / DAY }).map((days) => FIRST + days * DAY),
  fc.constantFrom(
    ...['0001-01-01', '9999-12-31', '2024-02-29', '1900-02-28', '2021-01-03'].map((one) => Date.parse(one)),
  ),
);
const anyCount = fc.oneof(
  fc.integer({ min: -4_000_000, max: 4_000_000 }),
  fc.integer({ min: -40, max: 40 }),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0),
);
const rows = fc.sample(fc.tuple(anyDay, anyDay, anyCount), { seed: 20_261_123, numRuns: 600 });

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
  await loadRows(
    engine,
    'days',
    rows.map(([a, b, n]) => [isoOf(a), isoOf(b), String(n)]),
    3,
  );
  await loadRows(
    engine,
    'texts',
    DATE_TEXTS.map((one) => [one]),
    1,
  );
});
afterAll(() => engine?.close());

const answers = async (table: string, value: Expression) => {
  const sql = `CAST(${render(value, 'duckdb')} AS VARCHAR)`;
  return (await engine.query(`SELECT ${sql} FROM ${table} ORDER BY r`)).columns[0] ?? [];
};
const [a, b] = ['c0', 'c1'].map((id) => call('parseIsoDate', [column(id)])) as [Expression, Expression];
const n = call('parseInteger', [column('c2')]);

const weekday = (time: number) => ((new Date(time).getUTCDay() + 6) % 7) + 1;
/** The Thursday of a week decides the year it belongs to. */
const thursday = (time: number) => new Date(time + (4 - weekday(time)) * DAY);
const newYear = (time: number) => new Date(time).setUTCMonth(0, 1);
const PARTS: Record<DatePart, (time: number) => number> = {
  year: (time) => new Date(time).getUTCFullYear(),
  quarter: (time) => Math.floor(new Date(time).getUTCMonth() / 3) + 1,
  month: (time) => new Date(time).getUTCMonth() + 1,
  day: (time) => new Date(time).getUTCDate(),
  weekday,
  dayOfYear: (time) => (time - newYear(time)) / DAY + 1,
  isoWeek: (time) => Math.floor((thursday(time).getTime() - newYear(thursday(time).getTime())) / DAY / 7) + 1,
  isoYear: (time) => thursday(time).getUTCFullYear(),
};

test.each(DATE_PARTS)('the %s of a date', async (part) => {
  expect(await answers('days', call('datePart', [a], { part }))).toEqual(
    rows.map(([time]) => String(PARTS[part](time))),
  );
});

test('days between dates, and days later', async () => {
  expect(await answers('days', call('daysBetween', [a, b]))).toEqual(
    rows.map(([from, to]) => String((to - from) / DAY)),
  );
  expect(await answers('days', call('addDays', [a, n]))).toEqual(
    rows.map(([from, , count]) => isoOf(from + count * DAY)),
  );
});

test('months later end with the month', async () => {
  const later = (from: number, months: number): string | null => {
    const day = new Date(from);
    const month = day.getUTCFullYear() * 12 + day.getUTCMonth() + months;
    if (month < 12 || month >= 120_000) return null;
    const at = (date: number) => {
      const made = new Date(0);
      made.setUTCFullYear(Math.floor(month / 12), month % 12, date);
      return made;
    };
    const lastOfMonth = new Date(new Date(at(1)).setUTCMonth((month % 12) + 1, 0)).getUTCDate();
    return isoOf(at(Math.min(day.getUTCDate(), lastOfMonth)).getTime());
  };
  expect(await answers('days', call('addMonths', [a, n]))).toEqual(
    rows.map(([from, , count]) => later(from, count)),
  );
});

test('a moment keeps its date and its time of day', async () => {
  const moment = call('makeTimestamp', [a, n]);
  const inYears = (from: number, microseconds: number) => {
    const time = BigInt(from) * 1000n + BigInt(microseconds);
    return time >= BigInt(FIRST) * 1000n && time < BigInt(LAST + DAY) * 1000n ? time : null;
  };
  const day = 86_400_000_000n;
  const floored = (time: bigint) => ((time % day) + day) % day;
  expect(await answers('days', call('microsecondOfDay', [moment]))).toEqual(
    rows.map(([from, , count]) => {
      const time = inYears(from, count);
      return time === null ? null : String(floored(time));
    }),
  );
  expect(await answers('days', call('timestampDate', [moment]))).toEqual(
    rows.map(([from, , count]) => {
      const time = inYears(from, count);
      return time === null ? null : isoOf(Number((time - floored(time)) / 1000n));
    }),
  );
});

test('only ISO dates that exist are dates', async () => {
  const exists = (one: string) =>
    /^\d{4}-\d{2}-\d{2}$/.test(one) &&
    !one.startsWith('0000') &&
    isoOf(Date.parse(`${one}T00:00:00Z`)) === one;
  expect(await answers('texts', call('parseIsoDate', [column('c0')]))).toEqual(
    DATE_TEXTS.map((one) => (exists(one) ? one : null)),
  );
});
