import { z } from 'zod';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';

const WORDS = { both: '', start: ' at the start', end: ' at the end' };

export const trim = operation({
  id: 'trim',
  version: 1,
  title: 'Trim white space',
  family: 'Text',
  summary: 'Removes white space at the start and the end of each cell.',
  documentation:
    'White space is every blank of Unicode, the no-break space and the line break included, not only the space ' +
    'bar’s. Invisible characters such as the zero-width space are not white space and stay. A cell of nothing but ' +
    'white space becomes empty text, not null.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({ sides: z.enum(['both', 'start', 'end']).default('both') }),
  form: [
    {
      name: 'sides',
      label: 'Where',
      control: 'choice',
      choices: [
        { value: 'both', label: 'Both sides' },
        { value: 'start', label: 'At the start' },
        { value: 'end', label: 'At the end' },
      ],
    },
  ],
  examples: [
    cellExamples('Both sides', { sides: 'both' }, [
      [' Ann ', 'Ann'],
      ['\u00a0Ann\u3000Lee\t\r\n', 'Ann\u3000Lee'],
      ['\u200bAnn\u200b', '\u200bAnn\u200b'],
      ['   ', ''],
      ['', ''],
      [null, null],
    ]),
    cellExamples('At the start only', { sides: 'start' }, [['\u2003 Ann ', 'Ann ']]),
    cellExamples('At the end only', { sides: 'end' }, [[' Ann \u0085', ' Ann']]),
  ],
  sentence: ({ sides }, columns) => `Trim white space${WORDS[sides]} of ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, { sides }, columns) {
    for (const name of columns)
      builder.assign(name, call('trimWhiteSpace', [builder.value(name)], { sides }));
  },
});
