import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import type { Expression } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { operation } from '../operation';
import { ISO_WORDS, isoDate, readIso } from './iso';
import { HOUR, MINUTE, SECOND } from './moments';
import { completeMonths, digitsOf, wholeTimes } from './stated';

const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
type Unit = (typeof UNITS)[number];

/** Whole units from one cell to the other; null where either is none. */
function between(builder: PlanBuilder, from: Expression, to: Expression, unit: Unit): Expression {
  if (unit === 'hours' || unit === 'minutes' || unit === 'seconds') {
    const microseconds = builder.bind(
      call('microsecondsBetween', [readIso(builder, from).moment, readIso(builder, to).moment]),
    );
    return wholeTimes(builder, microseconds, { hours: HOUR, minutes: MINUTE, seconds: SECOND }[unit]);
  }
  const [start, end] = [isoDate(builder, from), isoDate(builder, to)];
  if (unit === 'months') return completeMonths(builder, start, end);
  if (unit === 'years') return wholeTimes(builder, completeMonths(builder, start, end), 12);
  const days = builder.bind(call('daysBetween', [start, end]));
  return unit === 'days' ? days : wholeTimes(builder, days, 7);
}

export const dateDifference = operation({
  id: 'date-difference',
  version: 1,
  title: 'Count time between dates',
  family: 'Dates and times',
  summary: 'Writes how many whole days, months, years … lie between two columns of dates.',
  documentation:
    `${ISO_WORDS} Only whole units count, towards zero; below zero where the second date is earlier. A month is ` +
    'complete on the same day of the month: from 31 January to 28 February is none. Hours, minutes and seconds need ' +
    'times; one without a distance from UTC is taken as UTC. What is no date has no difference.',
  scope: 'row',
  stream: 'Works on each record by itself.',
  targets: { least: 0, most: 0 },
  parameters: z.strictObject({
    from: z.string().min(1),
    to: z.string().min(1),
    unit: z.enum(UNITS).default('days'),
    into: z.string().min(1).default('difference'),
  }),
  begin: (column) => ({ from: column, to: column }),
  form: [
    { name: 'from', label: 'From', control: 'column', optional: false },
    { name: 'to', label: 'To', control: 'column', optional: false },
    {
      name: 'unit',
      label: 'In',
      control: 'choice',
      choices: UNITS.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
    },
    { name: 'into', label: 'Into column', control: 'text' },
  ],
  examples: [
    {
      title: 'Days',
      columns: [],
      parameters: { from: 'since', to: 'until', unit: 'days', into: 'days' },
      header: ['since', 'until'],
      rows: [
        ['2024-02-28', '2024-03-01'],
        ['2024-03-01', '2024-02-28'],
        ['0001-01-01', '9999-12-31'],
        ['2024-02-30', '2024-03-01'],
        [null, '2024-03-01'],
      ],
      expected: [
        ['2024-02-28', '2024-03-01', '2'],
        ['2024-03-01', '2024-02-28', '-2'],
        ['0001-01-01', '9999-12-31', '3652058'],
        ['2024-02-30', '2024-03-01', null],
        [null, '2024-03-01', null],
      ],
    },
    {
      title: 'Whole months',
      columns: [],
      parameters: { from: 'since', to: 'until', unit: 'months' },
      header: ['since', 'until'],
      rows: [
        ['2024-01-31', '2024-02-29'],
        ['2024-01-31', '2024-03-31'],
        ['2024-03-31', '2024-02-29'],
        ['2024-03-31', '2024-01-31'],
      ],
      expected: [
        ['2024-01-31', '2024-02-29', '0'],
        ['2024-01-31', '2024-03-31', '2'],
        ['2024-03-31', '2024-02-29', '-1'],
        ['2024-03-31', '2024-01-31', '-2'],
      ],
    },
    {
      title: 'Hours between times',
      columns: [],
      parameters: { from: 'since', to: 'until', unit: 'hours', into: 'hours' },
      header: ['since', 'until'],
      rows: [
        ['2024-01-01T00:00:00+02:00', '2024-01-01T00:00:00Z'],
        ['1970-01-01T00:00:00Z', '1969-12-31T22:00:00.000001Z'],
        ['2024-01-01', '2024-01-02'],
      ],
      expected: [
        ['2024-01-01T00:00:00+02:00', '2024-01-01T00:00:00Z', '2'],
        ['1970-01-01T00:00:00Z', '1969-12-31T22:00:00.000001Z', '-1'],
        ['2024-01-01', '2024-01-02', null],
      ],
    },
  ],
  sentence: ({ from, to, unit, into }) => `Count ${unit} from ${from} to ${to} into ${into}`,
  reads: ({ from, to }) => [from, to],
  rewrite(builder, { from, to, unit, into }) {
    builder.assign(into, digitsOf(between(builder, builder.value(from), builder.value(to), unit)));
  },
});
