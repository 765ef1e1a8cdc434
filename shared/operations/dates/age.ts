import { z } from 'zod';
import { date, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { intoField } from '../numbers/plain';
import { operation } from '../operation';
import { ISO_WORDS, isoDate } from './iso';
import { completeMonths, digitsOf, statedDateSchema, wholeTimes } from './stated';

export const age = operation({
  id: 'age',
  version: 1,
  title: 'Work out ages',
  family: 'Dates and times',
  summary: 'Writes the age in whole years on a stated day.',
  documentation:
    `${ISO_WORDS} The day is stated, never today’s: so that the same rules give the same ages whenever they run. Who ` +
    'was born on 29 February is a year older on 1 March. Who was born after the stated day has no age, and what is ' +
    'no date has none.',
  scope: 'cell',
  stream: 'Works on each record by itself, for the stated day.',
  targets: { least: 1, most: 1 },
  parameters: z.strictObject({ on: statedDateSchema, into: z.string().min(1).optional() }),
  begin: () => ({ on: '2026-01-01' }),
  form: [
    { name: 'on', label: 'On', control: 'text', help: 'A day such as 2024-12-31.' },
    intoField('Named after the column unless told.'),
  ],
  examples: [
    {
      title: 'On a stated day',
      columns: ['born'],
      parameters: { on: '2024-02-29', into: 'age' },
      header: ['born'],
      rows: [
        ['1980-02-29'],
        ['1980-03-01'],
        ['1980-02-28'],
        ['2024-02-29'],
        ['2024-03-01'],
        ['0001-01-01'],
        ['1980-02-30'],
        [null],
      ],
      expected: [
        ['1980-02-29', '44'],
        ['1980-03-01', '43'],
        ['1980-02-28', '44'],
        ['2024-02-29', '0'],
        ['2024-03-01', null],
        ['0001-01-01', '2023'],
        ['1980-02-30', null],
        [null, null],
      ],
    },
    {
      title: 'Born on 29 February',
      columns: ['born'],
      parameters: { on: '2023-02-28' },
      header: ['born'],
      rows: [['2004-02-29'], ['2004-02-28']],
      expected: [
        ['2004-02-29', '18'],
        ['2004-02-28', '19'],
      ],
    },
  ],
  sentence: ({ on, into }, [column]) =>
    `Work out the age from ${column ?? 'a column'} on ${on}${into === undefined ? '' : ` into ${into}`}`,
  reads: () => [],
  rewrite(builder, { on, into }, [column]) {
    if (column === undefined) return;
    const born = isoDate(builder, builder.value(column));
    const months = completeMonths(builder, born, date(on));
    const years = wholeTimes(builder, months, 12);
    const unborn = call('holds', [call('less', [date(on), born])]);
    builder.assign(into ?? `${column} age`, call('choose', [unborn, text(null), digitsOf(years)]));
  },
});
