import { z } from 'zod';
import { compileReplacement, compileSpans } from '../../expression/pattern-spans';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';
import { spansSchema } from './pattern-schema';
import { plainText } from './plain-text';

export const replacePattern = operation({
  id: 'replace-pattern',
  version: 1,
  title: 'Replace by pattern',
  also: 'regex regular expression find substitute',
  family: 'Text',
  summary: 'Puts a text, which may hold parts of what was found, in place of each match of a pattern.',
  documentation:
    'In the replacement $1 to $9 are what the groups of the pattern hold, $0 is the whole match, and $$ a dollar ' +
    'sign; a group that took no part is empty. A pattern that can match nothing at all is refused. Each pattern has ' +
    'a length of text up to which it is tried, 4,000 characters for most; longer cells stay as they are.',
  scope: 'cell',
  capabilities: {
    limits: [
      'Each pattern has a length of text up to which it is tried, 4,000 characters for most; longer cells stay as they are.',
    ],
  },
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z
    .strictObject({
      pattern: spansSchema({ replaced: true }),
      replacement: plainText().default(''),
      ignoreCase: z.boolean().default(false),
    })
    .check((context) => {
      const { pattern, replacement } = context.value;
      const compiled = compileSpans(pattern, { ignoreCase: false, replaced: true });
      if (!compiled.ok) return;
      const result = compileReplacement(replacement, compiled.compiled.groups);
      if (!result.ok)
        context.issues.push({
          code: 'custom',
          path: ['replacement'],
          message: `at character ${result.fault.position + 1}: ${result.fault.message}`,
          input: replacement,
        });
    }),
  begin: () => ({ pattern: '[\\t\\n\\r]+', replacement: ' ' }),
  form: [
    { name: 'pattern', label: 'Pattern', control: 'pattern' },
    {
      name: 'replacement',
      label: 'Replace with',
      control: 'text',
      help: '$1 is what the first group holds.',
    },
    { name: 'ignoreCase', label: 'Ignore upper and lower case', control: 'flag' },
  ],
  examples: [
    cellExamples(
      'Groups change places',
      { pattern: '^(\\w+), *(\\w+)$', replacement: '$2 $1', ignoreCase: false },
      [
        ['Lee, Ann', 'Ann Lee'],
        ['Ann Lee', 'Ann Lee'],
        ['', ''],
        [null, null],
      ],
    ),
    cellExamples('Each match', { pattern: '[0-9]{4,}', replacement: '$$\\$0x' }, [
      ['12 1234 12345', '12 $\\1234x $\\12345x'],
      ['😀1234😀', '😀$\\1234x😀'],
    ]),
    cellExamples(
      'A group that took no part; digits after a group',
      { pattern: '(a)|(b)', replacement: '[$1]$22' },
      [['abc', '[a]2[]b2c']],
    ),
    cellExamples('Ignoring case', { pattern: 'é+ ?', replacement: '', ignoreCase: true }, [
      ['Éé ab é', 'ab '],
    ]),
  ],
  sentence: ({ pattern, replacement }, columns) =>
    replacement === ''
      ? `Remove ${pattern} from ${listColumns(columns)}`
      : `Replace ${pattern} by ${replacement} in ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, { pattern, replacement, ignoreCase }, columns) {
    const result = compileSpans(pattern, { ignoreCase, replaced: true });
    if (!result.ok) throw new TypeError(result.fault.message);
    const { groups, ...compiled } = result.compiled;
    const spelled = compileReplacement(replacement, groups);
    if (!spelled.ok) throw new TypeError(spelled.fault.message);
    const constants = { ...compiled, ...spelled.replacement };
    for (const name of columns)
      builder.assign(name, call('replaceMatches', [builder.value(name)], constants));
  },
});
