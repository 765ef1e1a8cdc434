import { z } from 'zod';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import {
  FORMAT_HELP,
  languageField,
  languageSchema,
  pivotFault,
  pivotField,
  pivotSchema,
  readableDate,
  readDateText,
  readFormatsSchema,
  readInTurn,
} from './formats';

const parameters = z
  .strictObject({
    formats: readFormatsSchema('date').default(['yyyy-MM-dd']),
    language: languageSchema,
    pivotYear: pivotSchema,
    invalid: invalidSchema,
  })
  .check(({ value, issues }) => {
    const fault = pivotFault(value.formats, value.pivotYear);
    if (fault) issues.push({ code: 'custom', path: ['pivotYear'], message: fault, input: value.pivotYear });
  });

export const parseDate = operation({
  id: 'parse-date',
  version: 1,
  title: 'Read dates',
  also: 'to date convert',
  family: 'Dates and times',
  summary: 'Writes dates as 2024-12-31, whatever format they were written in.',
  documentation:
    'The formats are stated, never guessed; the first in which a cell is a date counts, so 03/04/2024 is read by the ' +
    'first of dd/MM/yyyy and MM/dd/yyyy that is listed. Reading is strict: 31 February is no date, and dd takes two ' +
    'digits where d takes one or two. A blank in a format stands for any white space. Names of months and weekdays ' +
    'are read in any letter case, short or in full; a weekday that does not fit its date makes it not valid. Years ' +
    'of two digits need the year with which their hundred years begin. Digits of every script are read. Years go ' +
    'from 0001 to 9999.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    { name: 'formats', label: 'Formats, one a line', control: 'texts', help: FORMAT_HELP },
    pivotField,
    languageField,
    invalidField,
  ],
  examples: [
    cellExamples('Day first', { formats: ['dd.MM.yyyy', 'd/M/yyyy'] }, [
      [' 31.12.2024 ', '2024-12-31'],
      ['1/2/2024', '2024-02-01'],
      ['29.02.2024', '2024-02-29'],
      ['29.02.2023', '29.02.2023'],
      ['31.02.2024', '31.02.2024'],
      ['1.2.2024', '1.2.2024'],
      ['01.01.0000', '01.01.0000'],
      ['01.01.0001', '0001-01-01'],
      ['\u0663\u0661.\u0661\u0662.\u0662\u0660\u0662\u0664', '2024-12-31'],
      ['31.12.2024x', '31.12.2024x'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Two-digit years', { formats: ['MM/dd/yy'], pivotYear: 1950, invalid: 'null' }, [
      ['12/31/49', '2049-12-31'],
      ['12/31/50', '1950-12-31'],
      ['02/29/00', '2000-02-29'],
      ['31/12/50', null],
    ]),
    cellExamples(
      'Names, in German',
      { formats: ['EEE d. MMMM yyyy', 'd. MMM yyyy'], language: 'de', invalid: 'reject' },
      [
        ['5. MÄRZ 2024', '2024-03-05'],
        ['5.\u00a0 Mrz. 2024', '2024-03-05'],
        ['Di 5. März 2024', '2024-03-05'],
        ['Mi 5. März 2024', { left: 'rejected' }],
        ['5. March 2024', { left: 'rejected' }],
        [null, null],
      ],
    ),
    cellExamples(
      'Letters that stand for themselves',
      { formats: ["'le' d MMMM yyyy", "yyyy'T'MMdd"], language: 'fr' },
      [
        ['le 14 Août 2024', '2024-08-14'],
        ['2024T0814', '2024-08-14'],
        ['epoch', 'epoch'],
      ],
    ),
  ],
  sentence: ({ formats, invalid }, columns) =>
    `Read dates in ${listColumns(columns)} as ${formats.join(' or ')}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { formats, language, pivotYear, invalid }, columns) {
    for (const name of columns) {
      const value = readableDate(builder, builder.value(name));
      const date = readInTurn(builder, value, formats, (rest, parts) =>
        readDateText(builder, rest, parts, { language, pivotYear }),
      );
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(date)),
        converted: date,
        invalid,
        reason: 'not a date in the stated formats',
      });
    }
  },
});
