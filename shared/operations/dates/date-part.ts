import { z } from 'zod';
import type { Expression } from '../../expression/expression';
import { call } from '../../expression/primitives';
import type { DatePart } from '../../expression/primitives/dates';
import { intoField } from '../numbers/plain';
import { operation } from '../operation';
import { ISO_WORDS, readIso } from './iso';
import { HOUR, MINUTE, SECOND } from './moments';
import { digitsOf } from './stated';
import { timePart } from './zones';

const OF_DATE = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  day: 'day',
  weekday: 'weekday',
  'day-of-year': 'dayOfYear',
  'iso-week': 'isoWeek',
  'iso-year': 'isoYear',
} as const satisfies Record<string, DatePart>;
const OF_TIME = { hour: [HOUR], minute: [MINUTE, 60], second: [SECOND, 60] } as const;
type Part = keyof typeof OF_DATE | keyof typeof OF_TIME;
const PART_WORDS: Record<Part, string> = {
  year: 'Year',
  quarter: 'Quarter (1 to 4)',
  month: 'Month (1 to 12)',
  day: 'Day of the month',
  weekday: 'Weekday (Monday is 1)',
  'day-of-year': 'Day of the year',
  'iso-week': 'Week (ISO 8601)',
  'iso-year': 'Year of that week (ISO 8601)',
  hour: 'Hour (in UTC)',
  minute: 'Minute (in UTC)',
  second: 'Second',
};
const PARTS = Object.keys(PART_WORDS) as [Part, ...Part[]];

const isOfTime = (part: Part): part is keyof typeof OF_TIME => part in OF_TIME;

export const datePart = operation({
  id: 'date-part',
  version: 1,
  title: 'Take a part of dates',
  family: 'Dates and times',
  summary: 'Writes a part of a date, such as its year or weekday, into a column.',
  documentation:
    `${ISO_WORDS} Weekdays count from Monday, 1, to Sunday, 7. The weeks are those of ISO 8601, and belong to a year ` +
    'of their own at the turn of the year. Hours, minutes and seconds need a time and are those of UTC. What is no ' +
    'date has no part.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 1 },
  parameters: z.strictObject({ part: z.enum(PARTS).default('year'), into: z.string().min(1).optional() }),
  form: [
    {
      name: 'part',
      label: 'Part',
      control: 'choice',
      choices: PARTS.map((value) => ({ value, label: PART_WORDS[value] })),
    },
    intoField('Named after the column and the part unless told.'),
  ],
  examples: [
    {
      title: 'The weekday',
      columns: ['date'],
      parameters: { part: 'weekday', into: 'weekday' },
      header: ['date'],
      rows: [['2024-12-30'], ['2024-12-29'], ['2024-02-30'], ['30.12.2024'], [null]],
      expected: [
        ['2024-12-30', '1'],
        ['2024-12-29', '7'],
        ['2024-02-30', null],
        ['30.12.2024', null],
        [null, null],
      ],
    },
    {
      title: 'ISO weeks have years of their own',
      columns: ['date'],
      parameters: { part: 'iso-year' },
      header: ['date'],
      rows: [['2024-12-30'], ['2021-01-03'], ['0001-01-01'], ['9999-12-31']],
      expected: [
        ['2024-12-30', '2025'],
        ['2021-01-03', '2020'],
        ['0001-01-01', '1'],
        ['9999-12-31', '9999'],
      ],
    },
    {
      title: 'The hour, in UTC',
      columns: ['date'],
      parameters: { part: 'hour' },
      header: ['date'],
      rows: [['2024-01-01T00:30:00+02:00'], ['1969-12-31 23:59:59.9'], ['2024-01-01']],
      expected: [
        ['2024-01-01T00:30:00+02:00', '22'],
        ['1969-12-31 23:59:59.9', '23'],
        ['2024-01-01', null],
      ],
    },
  ],
  sentence: ({ part, into }, [column]) =>
    `Take the ${part.replaceAll('-', ' ')} of ${column ?? 'a column'}${into === undefined ? '' : ` into ${into}`}`,
  reads: () => [],
  rewrite(builder, { part, into }, [column]) {
    if (column === undefined) return;
    const { date, moment } = readIso(builder, builder.value(column));
    let value: Expression;
    if (isOfTime(part)) {
      const [unit, within] = OF_TIME[part];
      value = timePart(builder.bind(call('microsecondOfDay', [moment])), unit, within);
    } else value = call('datePart', [date], { part: OF_DATE[part] });
    builder.assign(into ?? `${column} ${part.replaceAll('-', ' ')}`, digitsOf(builder.bind(value)));
  },
});
