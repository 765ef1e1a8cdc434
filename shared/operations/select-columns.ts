import { z } from 'zod';
import { listColumns, operation } from './operation';

export const selectColumns = operation({
  id: 'select-columns',
  version: 1,
  title: 'Select and order columns',
  also: 'reorder arrange keep',
  family: 'Columns',
  summary: 'Keeps the chosen columns, in the chosen order.',
  documentation:
    'Columns that are not chosen are dropped; rows in quarantine keep the original cells of all columns. Where the ' +
    'input gets a new column later, it is dropped too.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 0, most: 0 },
  parameters: z.strictObject({
    order: z
      .array(z.string())
      .min(1, 'choose at least one column')
      .refine((order) => new Set(order).size === order.length, 'names a column twice'),
  }),
  begin: (column) => ({ order: [column] }),
  form: [{ name: 'order', label: 'Columns, in order', control: 'arrangement' }],
  examples: [
    {
      title: 'Two of three, the other way round',
      columns: [],
      parameters: { order: ['country', 'name'] },
      header: ['name', 'note', 'country'],
      rows: [
        ['Ann', 'x', 'US'],
        [null, null, ''],
      ],
      columnsAfter: ['country', 'name'],
      expected: [
        ['US', 'Ann'],
        ['', null],
      ],
    },
  ],
  sentence: ({ order }) => `Keep ${listColumns(order)}`,
  reads: ({ order }) => order,
  rewrite(builder, { order }) {
    builder.arrange(order);
  },
});
