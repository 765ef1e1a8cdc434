import { call } from '../../expression/primitives';
import type { DatePart } from '../../expression/primitives/dates';
import { readIso } from '../../operations/dates/iso';
import { completeMonths, wholeTimes } from '../../operations/dates/stated';
import { dateParameter, type FormulaFunction, textParameter, value } from './function';

const partOf = (name: string, part: DatePart, documentation: string): FormulaFunction => ({
  name,
  group: 'Dates',
  takes: [dateParameter],
  returns: 'number',
  documentation,
  example: `${name}(date([born]))`,
  build: ({ operands }) => call('decimalOf', [call('datePart', [value(operands)], { part })]),
});
const span = (name: string, months: number, documentation: string): FormulaFunction => ({
  name,
  group: 'Dates',
  takes: [
    { name: 'from', type: 'date' },
    { name: 'to', type: 'date' },
  ],
  returns: 'number',
  documentation,
  example: `${name}(date([since]), #2024-12-31#)`,
  build: ({ builder, operands }) => {
    const complete = completeMonths(builder, value(operands), value(operands, 1));
    return call('decimalOf', [months === 1 ? complete : wholeTimes(builder, complete, months)]);
  },
});
const later = (name: 'addDays' | 'addMonths', what: string, documentation: string): FormulaFunction => ({
  name,
  group: 'Dates',
  takes: [dateParameter, { name: what, type: 'number' }],
  returns: 'date',
  documentation,
  example: `${name}(date([since]), 30)`,
  build: ({ builder, operands }) =>
    call(name, [value(operands), builder.bind(call('integerOf', [value(operands, 1)]))]),
});

export const dates: readonly FormulaFunction[] = [
  {
    name: 'date',
    group: 'Dates',
    takes: [textParameter],
    returns: 'date',
    documentation:
      'The date that a text holds in ISO form (2024-12-31), or of a time in ISO form; null for anything else.',
    example: 'date([born]) < #2000-01-01#',
    build: ({ builder, operands }) => readIso(builder, value(operands)).date,
  },
  {
    name: 'dateOf',
    group: 'Dates',
    takes: [
      { name: 'year', type: 'number' },
      { name: 'month', type: 'number' },
      { name: 'day', type: 'number' },
    ],
    returns: 'date',
    documentation: 'The date of a year, a month and a day; null where there is no such day.',
    example: 'dateOf(number([year]), number([month]), 1)',
    build: ({ builder, operands }) =>
      call(
        'makeDate',
        operands.map((one) => builder.bind(call('integerOf', [one]))),
      ),
  },
  partOf('year', 'year', 'The year of a date.'),
  partOf('quarter', 'quarter', 'The quarter of a date, 1 to 4.'),
  partOf('month', 'month', 'The month of a date, 1 to 12.'),
  partOf('day', 'day', 'The day of the month.'),
  partOf('weekday', 'weekday', 'The weekday of a date: Monday is 1, Sunday 7.'),
  later(
    'addDays',
    'days',
    'The date so many days later; null outside the years 1 to 9999, or for days that are not whole.',
  ),
  later(
    'addMonths',
    'months',
    'The same day so many months later, or the last of that month; null outside the years 1 to 9999.',
  ),
  {
    name: 'daysBetween',
    group: 'Dates',
    takes: [
      { name: 'from', type: 'date' },
      { name: 'to', type: 'date' },
    ],
    returns: 'number',
    documentation: 'Days from the first date to the second; below zero where the second is earlier.',
    example: 'daysBetween(date([ordered]), date([paid])) > 30',
    build: ({ operands }) => call('decimalOf', [call('daysBetween', [value(operands), value(operands, 1)])]),
  },
  span('monthsBetween', 1, 'Whole months from the first date to the second.'),
  span('yearsBetween', 12, 'Whole years from the first date to the second.'),
];
