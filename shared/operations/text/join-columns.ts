import { z } from 'zod';
import { text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { listColumns, operation } from '../operation';
import { intoSchema, plainText } from './plain-text';

export const joinColumns = operation({
  id: 'join-columns',
  version: 1,
  title: 'Join columns',
  also: 'concatenate concat combine merge',
  family: 'Text',
  summary: 'Writes the cells of several columns into one, with a separator between them.',
  documentation:
    'Where all cells are missing, the result is missing. With “leave out empty cells”, missing and empty cells get ' +
    'no separator; otherwise a missing cell counts as empty text. The result goes to a new column at the end, or ' +
    'takes the place of one of the joined columns.',
  scope: 'row',
  stream: 'Works on each record by itself.',
  targets: { least: 0, most: 0 },
  parameters: z.strictObject({
    columns: z
      .array(z.string())
      .min(1, 'choose a column')
      .max(100)
      .refine((names) => new Set(names).size === names.length, 'names a column twice'),
    separator: plainText(100).default(' '),
    into: intoSchema,
    skipEmpty: z.boolean().default(true),
  }),
  begin: (column) => ({ columns: [column], into: `${column} joined` }),
  form: [
    { name: 'columns', label: 'Columns, in order', control: 'arrangement' },
    { name: 'separator', label: 'Separator', control: 'text' },
    { name: 'into', label: 'Into column', control: 'text' },
    { name: 'skipEmpty', label: 'Leave out empty cells', control: 'flag' },
  ],
  examples: [
    {
      title: 'Without empty cells',
      columns: [],
      parameters: {
        columns: ['given', 'middle', 'family'],
        separator: ' ',
        into: 'full name',
        skipEmpty: true,
      },
      header: ['family', 'given', 'middle'],
      rows: [
        ['Lee', 'Ann', 'M.'],
        ['Lee', 'Ann', null],
        ['Lee', '', ''],
        ['', '', null],
        [null, null, null],
      ],
      expected: [
        ['Lee', 'Ann', 'M.', 'Ann M. Lee'],
        ['Lee', 'Ann', null, 'Ann Lee'],
        ['Lee', '', '', 'Lee'],
        ['', '', null, ''],
        [null, null, null, null],
      ],
    },
    {
      title: 'In place, empty cells included',
      columns: [],
      parameters: { columns: ['a', 'b'], separator: '\\$1', into: 'a', skipEmpty: false },
      header: ['a', 'b'],
      rows: [
        ['x', 'y'],
        ['', 'y'],
        [null, 'y'],
        [null, null],
      ],
      expected: [
        ['x\\$1y', 'y'],
        ['\\$1y', 'y'],
        ['\\$1y', 'y'],
        [null, null],
      ],
    },
  ],
  sentence: ({ columns, into }) => `Join ${listColumns(columns)} into ${into}`,
  reads: ({ columns }) => columns,
  rewrite(builder, { columns, separator, into, skipEmpty }) {
    const values = columns.map((name) => builder.value(name));
    const cells = values.map((value) =>
      skipEmpty
        ? call('choose', [call('isMissing', [value]), text(null), value])
        : call('choose', [call('isNull', [value]), text(''), value]),
    );
    const none = call(
      'and',
      values.map((value) => call('isNull', [value])),
    );
    const joined = call('choose', [none, text(null), call('joinPresent', cells, { separator })]);
    if (columns.includes(into)) builder.assign(into, joined);
    else builder.add(into, joined);
  },
});
