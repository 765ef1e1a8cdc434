import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { type ColumnReference, type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { readIso } from './dates/iso';
import { momentText } from './dates/zones';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { isPresent, plainNumber, wholeNumber } from './numbers/plain';
import { cellExamples, listColumns, operation } from './operation';

const TYPES = ['integer', 'decimal', 'boolean', 'date', 'timestamp', 'text'] as const;
type Type = (typeof TYPES)[number];
const TYPE_WORDS: Record<Type, string> = {
  integer: 'whole numbers',
  decimal: 'numbers',
  boolean: 'true or false',
  date: 'dates',
  timestamp: 'times',
  text: 'text',
};
const TRUE = ['true', 'yes', 'y', 't', '1'];
const FALSE = ['false', 'no', 'n', 'f', '0'];

/** A value in the one form of its type; null where it is none. */
function canonical(builder: PlanBuilder, value: Expression, to: Type): ColumnReference {
  const digits = (number: Expression) => builder.bind(call('decimalText', [number], { fewest: 0 }));
  switch (to) {
    case 'text':
      return builder.bind(value);
    case 'decimal':
      return digits(plainNumber(builder, value));
    case 'integer':
      return digits(wholeNumber(builder, plainNumber(builder, value)));
    case 'boolean': {
      const word = builder.bind(call('lower', [call('trimWhiteSpace', [value], { sides: 'both' })]));
      const isTrue = call('isOneOf', [word], { values: TRUE });
      const isFalse = call('isOneOf', [word], { values: FALSE });
      const otherwise = call('choose', [isFalse, text('false'), text(null)]);
      return builder.bind(call('choose', [isTrue, text('true'), otherwise]));
    }
    case 'date':
      return builder.bind(call('dateText', [readIso(builder, value).date]));
    case 'timestamp':
      return momentText(builder, readIso(builder, value).moment, { zone: 'UTC', precision: 'microseconds' });
  }
}

export const cast = operation({
  id: 'cast',
  version: 1,
  title: 'Set the type',
  also: 'type convert',
  family: 'Columns',
  summary: 'Makes sure that cells are of a type, and writes each in its one form.',
  documentation:
    'Numbers must be in plain digits with a point, and are written without needless zeros; whole numbers must fit 64 ' +
    'bits, and 5.0 is one. True may be true, yes, y, t or 1, false likewise, in any letter case. Dates and times must ' +
    'be in ISO form; a time’s date is the one that is written, times are written in UTC to the microsecond. White ' +
    'space around does not matter, except for text. For other spellings there are “Read numbers”, “Read dates” and ' +
    '“Read times”. Columns are written as text; a type says what the text is.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({ to: z.enum(TYPES).default('decimal'), invalid: invalidSchema }),
  form: [
    {
      name: 'to',
      label: 'Cells are',
      control: 'choice',
      choices: TYPES.map((value) => ({ value, label: TYPE_WORDS[value] })),
    },
    invalidField,
  ],
  examples: [
    cellExamples('Numbers', { to: 'decimal' }, [
      [' +007.50 ', '7.5'],
      ['-0.0', '0'],
      ['0.000000001', '0.000000001'],
      ['1,5', '1,5'],
      ['1e5', '1e5'],
      ['NaN', 'NaN'],
      ['\u0663', '\u0663'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Whole numbers', { to: 'integer', invalid: 'reject' }, [
      ['5.0', '5'],
      ['9223372036854775807', '9223372036854775807'],
      ['9223372036854775808', { left: 'rejected' }],
      ['5.5', { left: 'rejected' }],
      [null, null],
    ]),
    cellExamples('True or false', { to: 'boolean', invalid: 'null' }, [
      [' YES ', 'true'],
      ['0', 'false'],
      ['on', null],
    ]),
    cellExamples('Dates and times', { to: 'date', invalid: 'null' }, [
      ['2024-02-29', '2024-02-29'],
      ['2024-02-29T23:00:00-05:00', '2024-02-29'],
      ['2023-02-29', null],
      ['epoch', null],
    ]),
    cellExamples('Times', { to: 'timestamp', invalid: 'null' }, [
      ['2024-02-29 23:00', '2024-02-29T23:00:00.000000Z'],
      ['2024-02-29T23:00:00,5+01:00', '2024-02-29T22:00:00.500000Z'],
      ['2024-02-29', null],
    ]),
  ],
  sentence: ({ to, invalid }, columns) =>
    `Make ${listColumns(columns)} ${TYPE_WORDS[to]}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { to, invalid }, columns) {
    for (const name of columns) {
      const converted = canonical(builder, builder.value(name), to);
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(converted)),
        converted,
        invalid,
        reason: `not of the type ${to}`,
      });
    }
  },
});
