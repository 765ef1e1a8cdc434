import { z } from 'zod';
import { text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField } from '../invalid';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import { ISO_WORDS, isoDate } from './iso';

export const generalizeDate = operation({
  id: 'generalize-date',
  version: 1,
  title: 'Generalise dates',
  also: 'anonymise truncate',
  family: 'Privacy',
  summary: 'Keeps only the year, or the year and month, of dates.',
  documentation:
    `${ISO_WORDS} A year is written as 2024, a month as 2024-12. Keeping what is no date would keep what it tells: ` +
    'empty such cells, or reject their rows, unless you know them.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    to: z.enum(['year', 'month']).default('year'),
    invalid: z.enum(['keep', 'null', 'reject']).default('null'),
  }),
  form: [
    {
      name: 'to',
      label: 'Keep',
      control: 'choice',
      choices: [
        { value: 'year', label: 'The year' },
        { value: 'month', label: 'The year and month' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('To the year', { to: 'year' }, [
      ['1980-05-17', '1980'],
      [' 0001-01-01 ', '0001'],
      ['1980-05-17T23:59:59+14:00', '1980'],
      ['17.05.1980', null],
      ['1980-02-30', null],
      [null, null],
    ]),
    cellExamples('To the month', { to: 'month', invalid: 'reject' }, [
      ['1980-05-17', '1980-05'],
      ['1980', { left: 'rejected' }],
    ]),
  ],
  sentence: ({ to, invalid }, columns) =>
    `Keep the ${to === 'year' ? 'year' : 'year and month'} of ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { to, invalid }, columns) {
    for (const name of columns) {
      const date = isoDate(builder, builder.value(name));
      const year = call('integerText', [call('datePart', [date], { part: 'year' })], { digits: 4 });
      const month = call('integerText', [call('datePart', [date], { part: 'month' })], { digits: 2 });
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(date)),
        converted: to === 'year' ? year : call('join', [year, text('-'), month]),
        invalid,
        reason: 'not a date',
      });
    }
  },
});
