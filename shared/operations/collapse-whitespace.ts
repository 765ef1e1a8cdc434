import { z } from 'zod';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';

export const collapseWhitespace = operation({
  id: 'collapse-whitespace',
  version: 1,
  title: 'Collapse white space',
  family: 'Text',
  summary: 'Turns each run of white space inside a cell into one space.',
  documentation:
    'Tabs, line breaks and no-break spaces count as white space and become one plain space, at the edges too; ' +
    'add a trim step to remove those. Invisible characters such as the zero-width space stay.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({}),
  form: [],
  examples: [
    cellExamples('Runs become one space', {}, [
      ['Ann   Lee', 'Ann Lee'],
      ['Ann\t\u00a0\nLee', 'Ann Lee'],
      ['  Ann ', ' Ann '],
      ['Ann\u200b Lee', 'Ann\u200b Lee'],
      [null, null],
    ]),
  ],
  sentence: (_, columns) => `Collapse white space in ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, _, columns) {
    for (const name of columns) builder.assign(name, call('collapseWhiteSpace', [builder.value(name)]));
  },
});
