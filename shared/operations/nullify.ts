import { z } from 'zod';
import { lowercaseTable, mapCase } from '../expression/case-table';
import { text } from '../expression/expression';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';

export const NULL_TOKENS: readonly string[] = ['', 'N/A', 'NA', '-', '--', 'null', 'none', 'unknown', '?'];

export const nullify = operation({
  id: 'nullify',
  version: 1,
  title: 'Empty placeholder values',
  also: 'blank clear n/a none',
  family: 'Missing and mapped values',
  summary: 'Turns cells that hold a placeholder such as “N/A” into null.',
  documentation:
    'The whole cell must equal one of the listed values; white space counts, so trim first. Letter case counts ' +
    'unless told otherwise. Empty text is a value like any other here: list it to turn it into null.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    values: z
      .array(z.string())
      .min(1)
      .max(1000)
      .default([...NULL_TOKENS]),
    ignoreCase: z.boolean().default(true),
  }),
  form: [
    {
      name: 'values',
      label: 'Placeholders',
      control: 'texts',
      help: 'One a line. An empty line is empty text.',
    },
    { name: 'ignoreCase', label: 'Ignore letter case', control: 'flag' },
  ],
  examples: [
    cellExamples('Letter case ignored', { values: ['N/A', '-', 'null', 'ÉTÉ'], ignoreCase: true }, [
      ['n/a', null],
      ['-', null],
      ['été', null],
      [' N/A', ' N/A'],
      ['Nullarbor', 'Nullarbor'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Letter case counts', { values: ['N/A', ''], ignoreCase: false }, [
      ['n/a', 'n/a'],
      ['N/A', null],
      ['', null],
    ]),
  ],
  sentence: ({ values }, columns) =>
    `Empty ${values.length === 1 ? `“${values[0]}”` : `${values.length} placeholders`} in ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, { values, ignoreCase }, columns) {
    const listed = ignoreCase ? [...new Set(values.map((value) => mapCase(value, lowercaseTable)))] : values;
    for (const name of columns) {
      const value = builder.value(name);
      const test = ignoreCase ? 'isOneOfInAnyCase' : 'isOneOf';
      builder.assign(name, call('choose', [call(test, [value], { values: listed }), text(null), value]));
    }
  },
});
