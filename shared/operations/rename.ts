import { z } from 'zod';
import { operation } from './operation';

export const columnNameSchema = z
  .string()
  .min(1, 'a column needs a name')
  .max(200, 'a column’s name may have 200 characters at most')
  .refine((name) => !name.includes('\0'), 'a column’s name cannot hold the NUL character');

export const rename = operation({
  id: 'rename',
  version: 1,
  title: 'Rename a column',
  family: 'Columns',
  summary: 'Gives a column another name.',
  documentation:
    'The column stays where it is, its cells as they are. Steps after this one know it by the new name only. A name ' +
    'that another column has is refused.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 1 },
  parameters: z.strictObject({ to: columnNameSchema }),
  begin: (column) => ({ to: `${column} 2` }),
  form: [{ name: 'to', label: 'New name', control: 'text' }],
  examples: [
    {
      title: 'In its place',
      columns: ['e-mail'],
      parameters: { to: 'Email' },
      header: ['e-mail', 'name'],
      rows: [
        ['ann@example.com', 'Ann'],
        [null, ''],
      ],
      columnsAfter: ['Email', 'name'],
      expected: [
        ['ann@example.com', 'Ann'],
        [null, ''],
      ],
    },
  ],
  sentence: ({ to }, [column = 'a column']) => `Rename ${column} to ${to}`,
  reads: () => [],
  rewrite(builder, { to }, [name]) {
    if (name !== undefined) builder.rename(name, to);
  },
});
