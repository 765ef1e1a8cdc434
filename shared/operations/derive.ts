import { z } from 'zod';
import { checkFormula, formulaSchema } from '../formula/formula';
import { FORMULA_FUNCTIONS, signatureOf } from '../formula/functions';
import { textOf } from '../formula/types';
import { operation } from './operation';

const FUNCTIONS = FORMULA_FUNCTIONS.map(signatureOf).join(', ');

export const derive = operation({
  id: 'derive',
  version: 1,
  title: 'Work out a column',
  also: 'formula calculate compute conditional if',
  family: 'Columns',
  summary: 'Writes the value of a formula into a column.',
  documentation:
    'A formula names columns in brackets ([full name]) or, where a name is one word, as they are; text stands between ' +
    'apostrophes, dates between # (#2024-12-31#), numbers are in plain digits. There are + - * / for numbers, & to ' +
    'join texts, = <> < <= > >= for values of one type, and, or, not, and functions. Columns are text: number(…) and ' +
    'date(…) read them. What can’t be read, and what is worked out from nothing, is null; if(…), first(…) and ' +
    'isNull(…) deal with that. Numbers are exact: 20 digits before the point and 9 after it; what does not fit is ' +
    'null, a division rounds its ninth decimal half away from zero. Text compares by code point. The result is ' +
    `written as text: numbers in plain digits, dates in ISO form, true or false. The functions are ${FUNCTIONS}.`,
  scope: 'row',
  stream: 'Works on each record by itself.',
  targets: { least: 0, most: 0 },
  parameters: z.strictObject({ expression: formulaSchema(), into: z.string().min(1) }),
  begin: (column) => ({ expression: `[${column.replaceAll(']', ']]')}]`, into: `${column} 2` }),
  form: [
    { name: 'expression', label: 'Formula', control: 'formula' },
    { name: 'into', label: 'Into column', control: 'text', help: 'A column that is there is replaced.' },
  ],
  examples: [
    {
      title: 'An amount with tax',
      columns: [],
      parameters: { expression: 'round(number([amount]) * 1.19, 2)', into: 'gross' },
      header: ['amount'],
      rows: [['100'], ['0.05'], ['-0.05'], ['99999999999999999999'], ['1,5'], [''], [null]],
      expected: [
        ['100', '119'],
        ['0.05', '0.06'],
        ['-0.05', '-0.06'],
        ['99999999999999999999', null],
        ['1,5', null],
        ['', null],
        [null, null],
      ],
    },
    {
      title: 'A name in one piece',
      columns: [],
      parameters: {
        expression: "if(isEmpty([first name]), upper(surname), trim([first name]) & ' ' & upper(surname))",
        into: 'name',
      },
      header: ['first name', 'surname'],
      rows: [
        [' Ann ', 'Lee'],
        ['\u00a0', "o'Neill"],
        [null, 'straße'],
        ['Bob', null],
      ],
      expected: [
        [' Ann ', 'Lee', 'Ann LEE'],
        ['\u00a0', "o'Neill", "O'NEILL"],
        [null, 'straße', 'STRAßE'],
        ['Bob', null, null],
      ],
    },
    {
      title: 'Dates and conditions',
      columns: [],
      parameters: {
        expression:
          "if(isNull(date(born)), 'unknown', if(yearsBetween(date(born), #2024-12-31#) >= 18 and not oneOf(country, 'XX'), " +
          "'adult', text(addMonths(date(born), 216))))",
        into: 'status',
      },
      header: ['born', 'country'],
      rows: [
        ['2006-12-31', 'DE'],
        ['2007-01-31', 'DE'],
        ['2004-02-29', 'XX'],
        ['2023-02-29', 'DE'],
        ['2000-01-01T00:00:00Z', null],
        [null, null],
      ],
      expected: [
        ['2006-12-31', 'DE', 'adult'],
        ['2007-01-31', 'DE', '2025-01-31'],
        ['2004-02-29', 'XX', '2022-02-28'],
        ['2023-02-29', 'DE', 'unknown'],
        ['2000-01-01T00:00:00Z', null, 'adult'],
        [null, null, 'unknown'],
      ],
    },
    {
      title: 'Exact numbers; null where there is no answer',
      columns: [],
      parameters: {
        expression:
          "text(number(a) / number(b)) & ' ' & text(mod(number(a), number(b))) & ' ' & text(number(a) < number(b))",
        into: 'c',
      },
      header: ['a', 'b'],
      rows: [
        ['0.3', '0.1'],
        ['-2', '3'],
        ['1', '0'],
        ['x', '1'],
      ],
      expected: [
        ['0.3', '0.1', '3 0 false'],
        ['-2', '3', '-0.666666667 -2 true'],
        ['1', '0', null],
        ['x', '1', null],
      ],
    },
  ],
  sentence: ({ expression, into }) => `Work out ${into} as ${expression}`,
  reads: ({ expression }) => checkFormula(expression).columns,
  rewrite(builder, { expression, into }) {
    const value = checkFormula(expression).build(builder);
    builder.assign(into, textOf(value.kind === 'call' ? builder.bind(value) : value));
  },
});
