import { z } from 'zod';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { isBlank } from './conditions';
import { cellExamples, listColumns, operation } from './operation';

const parameters = z
  .strictObject({
    with: z.enum(['constant', 'column']).default('constant'),
    value: z.string().optional(),
    column: z.string().min(1).optional(),
    missing: z.enum(['null', 'empty', 'blank']).default('blank'),
  })
  .check((context) => {
    const needed = context.value.with === 'constant' ? 'value' : 'column';
    if (context.value[needed] === undefined) {
      const message = needed === 'value' ? 'say what to fill in' : 'choose the column to fill from';
      context.issues.push({ code: 'custom', path: [needed], message, input: undefined });
    }
  });
type Parameters = z.output<typeof parameters>;

const MISSING: Record<Parameters['missing'], (value: Expression) => Expression> = {
  null: (value) => call('isNull', [value]),
  empty: (value) => call('isMissing', [value]),
  blank: isBlank,
};

export const fillMissing = operation({
  id: 'fill-missing',
  version: 1,
  title: 'Fill missing values',
  also: 'default coalesce impute blank',
  family: 'Missing and mapped values',
  summary: 'Fills missing cells with a value, or with what another column holds.',
  documentation:
    'Missing are null, empty text and nothing but white space, unless told otherwise. A cell filled from another ' +
    'column takes what that column holds at this step; where it holds null, a cell that was missing is null after. ' +
    'Other cells stay as they are.',
  scope: 'row',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters,
  begin: () => ({ with: 'constant', value: 'unknown' }),
  form: [
    {
      name: 'with',
      label: 'Fill with',
      control: 'choice',
      choices: [
        { value: 'constant', label: 'A value' },
        { value: 'column', label: 'What another column holds' },
      ],
    },
    { name: 'value', label: 'Value', control: 'text', when: { name: 'with', values: ['constant'] } },
    {
      name: 'column',
      label: 'From column',
      control: 'column',
      optional: false,
      when: { name: 'with', values: ['column'] },
    },
    {
      name: 'missing',
      label: 'Missing is',
      control: 'choice',
      choices: [
        { value: 'blank', label: 'Null, empty text or only white space' },
        { value: 'empty', label: 'Null or empty text' },
        { value: 'null', label: 'Null alone' },
      ],
    },
  ],
  examples: [
    cellExamples('With a value', { with: 'constant', value: 'unknown' }, [
      [null, 'unknown'],
      ['', 'unknown'],
      ['\u3000\t', 'unknown'],
      ['\u200b', '\u200b'],
      ['Ann', 'Ann'],
    ]),
    cellExamples('Null alone', { with: 'constant', value: "'; --\\", missing: 'null' }, [
      [null, "'; --\\"],
      ['', ''],
      [' ', ' '],
    ]),
    {
      title: 'From another column',
      columns: ['mobile'],
      parameters: { with: 'column', column: 'phone', missing: 'empty' },
      header: ['mobile', 'phone'],
      rows: [
        ['1', '2'],
        ['', '2'],
        [null, ''],
        [' ', '2'],
        ['', null],
      ],
      expected: [
        ['1', '2'],
        ['2', '2'],
        ['', ''],
        [' ', '2'],
        [null, null],
      ],
    },
  ],
  sentence: (given, columns) =>
    `Fill missing ${listColumns(columns)} ${given.with === 'constant' ? `with “${given.value}”` : `from ${given.column}`}`,
  reads: (given) => (given.with === 'column' && given.column !== undefined ? [given.column] : []),
  scopeOf: (given) => (given.with === 'constant' ? 'cell' : 'row'),
  rewrite(builder, given, columns) {
    const filling = given.with === 'constant' ? text(given.value ?? null) : builder.value(given.column ?? '');
    for (const name of columns) {
      const value = builder.value(name);
      builder.assign(name, call('choose', [MISSING[given.missing](value), filling, value]));
    }
  },
});
