import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type DateToken, tells } from '../../expression/date-format';
import { DATE_NAMES, type Language } from '../../expression/date-names';
import { type ColumnReference, type Expression, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import { FORMAT_HELP, languageField, languageSchema, partsOf, writeFormatSchema } from './formats';
import { ISO_WORDS, readIso } from './iso';
import { HOUR, MINUTE, SECOND } from './moments';
import { timePart } from './zones';

const TIME = ['hour', 'minute', 'second', 'fraction', 'half of the day', 'distance from UTC'];

/** What a token writes of a date and a time of day. */
function written(token: DateToken, date: Expression, time: Expression, language: Language): Expression {
  const names = DATE_NAMES[language];
  const digits = (value: Expression, least: number) => call('integerText', [value], { digits: least });
  const part = (name: 'year' | 'month' | 'day' | 'weekday') => call('datePart', [date], { part: name });
  const named = (value: Expression, list: readonly string[]) =>
    call('elementOf', [value], { values: list.map((one) => one.split('|')[0] ?? one) });
  const hour = timePart(time, HOUR);
  const twelve = call('addIntegers', [
    call('floorModulo', [call('addIntegers', [hour, { kind: 'literal', type: 'integer', value: 11 }])], {
      by: 12,
    }),
    { kind: 'literal', type: 'integer', value: 1 },
  ]);
  switch (token) {
    case 'yyyy':
      return digits(part('year'), 4);
    case 'yy':
      return digits(call('floorModulo', [part('year')], { by: 100 }), 2);
    case 'MMMM':
      return named(part('month'), names.months);
    case 'MMM':
      return named(part('month'), names.shortMonths);
    case 'MM':
    case 'M':
      return digits(part('month'), token.length);
    case 'dd':
    case 'd':
      return digits(part('day'), token.length);
    case 'EEEE':
      return named(part('weekday'), names.weekdays);
    case 'EEE':
      return named(part('weekday'), names.shortWeekdays);
    case 'HH':
    case 'H':
      return digits(hour, token.length);
    case 'hh':
    case 'h':
      return digits(twelve, token.length);
    case 'mm':
      return digits(timePart(time, MINUTE, 60), 2);
    case 'ss':
      return digits(timePart(time, SECOND, 60), 2);
    case 'a':
      return call('choose', [
        call('holds', [call('less', [hour, { kind: 'literal', type: 'integer', value: 12 }])]),
        text('AM'),
        text('PM'),
      ]);
    case 'X':
      return text('Z');
    default: {
      const unit = 10 ** (6 - token.length);
      return digits(call('floorModulo', [timePart(time, unit)], { by: SECOND / unit }), token.length);
    }
  }
}

function formatted(
  builder: PlanBuilder,
  value: Expression,
  { format, language }: { format: string; language: Language },
): ColumnReference {
  const parts = partsOf(format);
  const { date, moment } = readIso(builder, value);
  const timed = TIME.some((field) => tells(parts, field));
  const day = timed ? builder.bind(call('timestampDate', [moment])) : date;
  const time = builder.bind(call('microsecondOfDay', [moment]));
  const texts = parts.map((part) =>
    part.kind === 'literal' ? text(part.text) : written(part.token, day, time, language),
  );
  const all = builder.bind(call('join', texts));
  return builder.bind(call('choose', [call('isNull', [day]), text(null), all]));
}

export const formatDate = operation({
  id: 'format-date',
  version: 1,
  title: 'Write dates in a format',
  family: 'Dates and times',
  summary: 'Writes clean dates in another format, such as 31.12.2024.',
  documentation:
    `${ISO_WORDS} A format that tells the time needs times, and writes them as they are in UTC. Dates so written no ` +
    'longer order as text: do it last.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    format: writeFormatSchema.default('dd.MM.yyyy'),
    language: languageSchema,
    invalid: invalidSchema,
  }),
  form: [
    { name: 'format', label: 'Format', control: 'text', help: FORMAT_HELP },
    languageField,
    invalidField,
  ],
  examples: [
    cellExamples('Day first', { format: 'd.M.yyyy' }, [
      ['2024-03-05', '5.3.2024'],
      [' 2024-12-31 ', '31.12.2024'],
      ['0001-01-01', '1.1.0001'],
      ['2024-02-30', '2024-02-30'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('In words', { format: "EEEE, d MMMM ''yy", language: 'fr', invalid: 'null' }, [
      ['2024-08-14', "mercredi, 14 août '24"],
      ['14.08.2024', null],
    ]),
    cellExamples('Times, in UTC', { format: "MMM d, yyyy 'at' h:mm:ss.SSS a", invalid: 'reject' }, [
      ['2024-09-01T00:05:09.25Z', 'Sep 1, 2024 at 12:05:09.250 AM'],
      ['2024-09-01T00:05:09+02:00', 'Aug 31, 2024 at 10:05:09.000 PM'],
      ['2024-09-01 12:00', 'Sep 1, 2024 at 12:00:00.000 PM'],
      ['2024-09-01', { left: 'rejected' }],
    ]),
  ],
  sentence: ({ format, invalid }, columns) =>
    `Write the dates of ${listColumns(columns)} as ${format}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { format, language, invalid }, columns) {
    for (const name of columns) {
      const converted = formatted(builder, builder.value(name), { format, language });
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(converted)),
        converted,
        invalid,
        reason: 'not a date',
      });
    }
  },
});
