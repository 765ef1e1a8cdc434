import { z } from 'zod';
import { operation } from './operation';
import { columnNameSchema } from './rename';

export const duplicateColumn = operation({
  id: 'duplicate-column',
  version: 1,
  title: 'Duplicate a column',
  family: 'Columns',
  summary: 'Copies a column into a new one.',
  documentation:
    'The copy holds the cells as they are at this step and goes to the end. A name that a column has is refused.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 1 },
  parameters: z.strictObject({ into: columnNameSchema }),
  begin: (column) => ({ into: `${column} 2` }),
  form: [{ name: 'into', label: 'New column', control: 'text' }],
  examples: [
    {
      title: 'A copy at the end',
      columns: ['name'],
      parameters: { into: 'name as typed' },
      header: ['name', 'country'],
      rows: [
        [' Ann', 'US'],
        [null, null],
        ['', ''],
      ],
      columnsAfter: ['name', 'country', 'name as typed'],
      expected: [
        [' Ann', 'US', ' Ann'],
        [null, null, null],
        ['', '', ''],
      ],
    },
  ],
  sentence: ({ into }, [column = 'a column']) => `Copy ${column} into ${into}`,
  reads: () => [],
  rewrite(builder, { into }, [name]) {
    if (name !== undefined) builder.add(into, builder.value(name));
  },
});
