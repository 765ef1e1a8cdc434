import { z } from 'zod';
import { listColumns, operation } from './operation';

export const dropColumns = operation({
  id: 'drop-columns',
  version: 1,
  title: 'Drop columns',
  also: 'remove delete',
  family: 'Columns',
  summary: 'Removes columns from what is written.',
  documentation:
    'Rows that left at any step keep the original cells of all columns in quarantine, those of dropped columns ' +
    'included. At least one column must be left.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 1000 },
  parameters: z.strictObject({}),
  form: [],
  examples: [
    {
      title: 'One of three',
      columns: ['note'],
      parameters: {},
      header: ['name', 'note', 'country'],
      rows: [
        ['Ann', 'x', 'US'],
        [null, null, ''],
      ],
      columnsAfter: ['name', 'country'],
      expected: [
        ['Ann', 'US'],
        [null, ''],
      ],
    },
  ],
  sentence: (_, columns) => `Drop ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, _, columns) {
    builder.arrange(builder.columns.filter((name) => !columns.includes(name)));
  },
});
