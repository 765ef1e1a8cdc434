import { z } from 'zod';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';
import { plainText } from './plain-text';

export const pad = operation({
  id: 'pad',
  version: 1,
  title: 'Pad to a length',
  also: 'leading zeros lpad rpad',
  family: 'Text',
  summary: 'Makes cells so long by repeating a character before or after them.',
  documentation:
    'Length counts code points. Cells that are as long or longer stay, and nothing is cut; so do empty cells, which ' +
    'are no short codes but missing ones.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    length: z.int().min(1).max(1000),
    with: plainText()
      .refine((text) => [...text].length === 1, 'must be one character')
      .default('0'),
    side: z.enum(['start', 'end']).default('start'),
  }),
  begin: () => ({ length: 5 }),
  form: [
    { name: 'length', label: 'To length', control: 'number', least: 1, most: 1000 },
    { name: 'with', label: 'With', control: 'text' },
    {
      name: 'side',
      label: 'Where',
      control: 'choice',
      choices: [
        { value: 'start', label: 'Before the cell' },
        { value: 'end', label: 'After the cell' },
      ],
    },
  ],
  examples: [
    cellExamples('Leading zeros', { length: 5, with: '0', side: 'start' }, [
      ['501', '00501'],
      ['94103', '94103'],
      ['94103-1234', '94103-1234'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('At the end, by code points', { length: 4, with: '😀', side: 'end' }, [
      ['é한', 'é한😀😀'],
      ['e\u0301\ud83d\udc4d', 'e\u0301👍😀'],
    ]),
  ],
  sentence: ({ length, with: character, side }, columns) =>
    `Pad ${listColumns(columns)} to ${length} with “${character}”${side === 'end' ? ' at the end' : ''}`,
  reads: () => [],
  rewrite(builder, constants, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      const padded = call('pad', [value], constants);
      builder.assign(name, call('choose', [call('isMissing', [value]), value, padded]));
    }
  },
});
