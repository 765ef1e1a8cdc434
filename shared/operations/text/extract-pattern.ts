import { z } from 'zod';
import { text } from '../../expression/expression';
import { compileSpans } from '../../expression/pattern-spans';
import { call } from '../../expression/primitives';
import { operation } from '../operation';
import { spansSchema } from './pattern-schema';
import { intoSchema, placeInto } from './plain-text';

export const extractPattern = operation({
  id: 'extract-pattern',
  version: 1,
  title: 'Extract by pattern',
  also: 'regex regular expression capture',
  family: 'Text',
  summary: 'Takes out what a pattern, or a group of it, finds first.',
  documentation:
    'Group 0 is the whole match. Where the pattern is not found, the result is missing; where the group took no part ' +
    'in the match, it is empty. Named after the column itself, the result takes its place. Each pattern has a length ' +
    'of text up to which it is tried, 4,000 characters for most; in longer cells nothing is found.',
  scope: 'cell',
  capabilities: {
    limits: [
      'Each pattern has a length of text up to which it is tried, 4,000 characters for most; in longer cells nothing is found.',
    ],
  },
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 1 },
  parameters: z
    .strictObject({
      pattern: spansSchema({ replaced: false }),
      group: z.int().min(0).max(9).default(0),
      into: intoSchema,
      ignoreCase: z.boolean().default(false),
    })
    .check((context) => {
      const { pattern, group } = context.value;
      const compiled = compileSpans(pattern, { ignoreCase: false, replaced: false });
      if (!compiled.ok || group <= compiled.compiled.groups) return;
      const { groups } = compiled.compiled;
      const has = groups === 0 ? 'no groups' : `${groups} ${groups === 1 ? 'group' : 'groups'}`;
      context.issues.push({
        code: 'custom',
        path: ['group'],
        message: `the pattern has ${has}`,
        input: group,
      });
    }),
  begin: (column) => ({ pattern: '[0-9]+', into: `${column} part` }),
  form: [
    { name: 'pattern', label: 'Pattern', control: 'pattern' },
    { name: 'group', label: 'Group', control: 'number', least: 0, most: 9, help: '0 is the whole match.' },
    { name: 'into', label: 'Into column', control: 'text' },
    { name: 'ignoreCase', label: 'Ignore upper and lower case', control: 'flag' },
  ],
  examples: [
    {
      title: 'A group, into a new column',
      columns: ['address'],
      parameters: { pattern: '\\b([0-9]{5})(-[0-9]{4})?\\b', group: 1, into: 'zip' },
      header: ['address'],
      rows: [['Springfield, IL 62701-1234'], ['12345 67890'], ['no code'], ['é12345'], [''], [null]],
      expected: [
        ['Springfield, IL 62701-1234', '62701'],
        ['12345 67890', '12345'],
        ['no code', null],
        ['é12345', '12345'],
        ['', null],
        [null, null],
      ],
    },
    {
      title: 'In place; a group that took no part',
      columns: ['code'],
      parameters: { pattern: '(a)|b', group: 1, into: 'code', ignoreCase: true },
      header: ['code'],
      rows: [['xA'], ['xB'], ['x']],
      expected: [['A'], [''], [null]],
    },
  ],
  sentence: ({ pattern, group, into }, [column = 'a column']) =>
    `Extract ${group === 0 ? '' : `group ${group} of `}${pattern} from ${column}${into === column ? '' : ` into ${into}`}`,
  reads: () => [],
  rewrite(builder, { pattern, group, into, ignoreCase }, [name]) {
    if (name === undefined) return;
    const result = compileSpans(pattern, { ignoreCase, replaced: false });
    if (!result.ok) throw new TypeError(result.fault.message);
    const { groups: _, ...compiled } = result.compiled;
    const value = builder.value(name);
    const found = call('matches', [value], compiled);
    placeInto(
      builder,
      name,
      into,
      call('choose', [found, call('capture', [value], { ...compiled, group }), text(null)]),
    );
  },
});
