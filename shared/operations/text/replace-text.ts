import { z } from 'zod';
import { ANY_LENGTH, literalPattern, literalReplacement } from '../../expression/pattern-spans';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';
import { plainText } from './plain-text';

const MATCHES = {
  anywhere: { label: 'Anywhere', words: '', before: '', after: '' },
  whole: { label: 'The whole cell', words: ' as a whole cell', before: '\\A', after: '\\z' },
  start: { label: 'At the start', words: ' at the start', before: '\\A', after: '' },
  end: { label: 'At the end', words: ' at the end', before: '', after: '\\z' },
} as const;
const PLACES = Object.keys(MATCHES) as (keyof typeof MATCHES)[];

export const replaceText = operation({
  id: 'replace-text',
  version: 1,
  title: 'Replace text',
  also: 'find substitute',
  family: 'Text',
  summary: 'Puts one text in place of another.',
  documentation:
    'The text is taken literally. Anywhere, each occurrence is replaced, from the start on; what was put in is not ' +
    'searched again. Ignoring case goes by single characters, the same in every language.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    find: plainText().min(1, 'write the text to replace'),
    replacement: plainText().default(''),
    match: z.enum(PLACES as [keyof typeof MATCHES, ...(keyof typeof MATCHES)[]]).default('anywhere'),
    ignoreCase: z.boolean().default(false),
  }),
  begin: () => ({ find: '  ', replacement: ' ' }),
  form: [
    { name: 'find', label: 'Find', control: 'text' },
    { name: 'replacement', label: 'Replace with', control: 'text', help: 'Nothing removes it.' },
    {
      name: 'match',
      label: 'Where',
      control: 'choice',
      choices: PLACES.map((value) => ({ value, label: MATCHES[value].label })),
    },
    { name: 'ignoreCase', label: 'Ignore upper and lower case', control: 'flag' },
  ],
  examples: [
    cellExamples('Anywhere', { find: 'St.', replacement: 'Street' }, [
      ['5 Main St., St. Ives', '5 Main Street, Street Ives'],
      ['5 main st.', '5 main st.'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Overlapping', { find: 'aa', replacement: 'a' }, [['aaaaa', 'aaa']]),
    cellExamples(
      'The whole cell, whatever its case',
      { find: 'unknown', replacement: '', match: 'whole', ignoreCase: true },
      [
        ['UNKNOWN', ''],
        ['unKnown', ''],
        ['unknown\n', 'unknown\n'],
        [' unknown', ' unknown'],
      ],
    ),
    cellExamples('At the start', { find: '+', replacement: '00', match: 'start' }, [
      ['+44 + 5', '0044 + 5'],
      ['(+44)', '(+44)'],
    ]),
    cellExamples('Backslashes and dollar signs', { find: '$1', replacement: '\\1$0', match: 'end' }, [
      ['$1 costs $1', '$1 costs \\1$0'],
    ]),
    cellExamples('Any case, anywhere', { find: 'É', replacement: 'e', ignoreCase: true }, [['éÉ', 'ee']]),
  ],
  sentence: ({ find, replacement, match }, columns) =>
    replacement === ''
      ? `Remove “${find}”${MATCHES[match].words} from ${listColumns(columns)}`
      : `Replace “${find}”${MATCHES[match].words} by “${replacement}” in ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, { find, replacement, match, ignoreCase }, columns) {
    const literally = match === 'anywhere' && !ignoreCase;
    const { before, after } = MATCHES[match];
    const pattern = `${before}${literalPattern(find, ignoreCase)}${after}`;
    const constants = {
      pattern,
      sparkPattern: pattern,
      longest: ANY_LENGTH,
      ...literalReplacement(replacement),
    };
    for (const name of columns) {
      const value = builder.value(name);
      builder.assign(
        name,
        literally
          ? call('replaceText', [value], { find, replacement })
          : call('replaceMatches', [value], constants),
      );
    }
  },
});
