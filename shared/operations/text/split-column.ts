import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type Expression, text } from '../../expression/expression';
import type { CompiledPattern } from '../../expression/pattern';
import { compileSpans, literalReplacement } from '../../expression/pattern-spans';
import { call } from '../../expression/primitives';
import { operation } from '../operation';
import { spansSchema } from './pattern-schema';
import { intoSchema, plainText } from './plain-text';

const ANYTHING = '[\\x{0000}-\\x{10FFFF}]';
const MOST_PARTS = 20;

const parameters = z
  .strictObject({
    separator: plainText(100).min(1, 'write a separator').optional(),
    pattern: spansSchema({ replaced: true })
      .refine((pattern) => !/[\^$]|\\b/.test(pattern.replace(/\\[^b]|\[(?:\\.|[^\]\\])*\]/g, '')), {
        message: '^, $ and \\b cannot part a text: what is around a part changes as it is taken apart',
      })
      .optional(),
    into: z
      .array(intoSchema)
      .min(2, 'name at least two columns')
      .max(MOST_PARTS)
      .refine((names) => new Set(names).size === names.length, 'names a column twice'),
    keep: z.boolean().default(true),
  })
  .refine(({ separator, pattern }) => (separator === undefined) !== (pattern === undefined), {
    path: ['separator'],
    message: 'write either a separator or a pattern',
  });

type Parts = { readonly head: Expression; readonly rest: Expression };

/** What is before the first separator, all where there is none; and what is after it, null where there is none. */
const atText = (whole: Expression, separator: string): Parts => ({
  head: call('splitPart', [whole], { separator, part: 1 }),
  rest: call('textAfter', [whole], { find: separator }),
});

function atPattern(builder: PlanBuilder, whole: Expression, pattern: CompiledPattern): Parts {
  const found = builder.bind(call('matches', [whole], pattern));
  const rest = call('replaceMatches', [whole], { ...pattern, ...literalReplacement('') });
  const head = call('capture', [whole], { ...pattern, group: 1 });
  return { head: call('choose', [found, head, whole]), rest: call('choose', [found, rest, text(null)]) };
}

function compiled(pattern: string): CompiledPattern {
  const result = compileSpans(pattern, { ignoreCase: false, replaced: true });
  if (!result.ok) throw new TypeError(result.fault.message);
  return result.compiled;
}

/** The pattern with all that is before its first match: the first group. */
const headed = ({ pattern, sparkPattern, longest }: CompiledPattern): CompiledPattern => ({
  pattern: `\\A(${ANYTHING}*?)(?:${pattern})`,
  sparkPattern: `\\A(${ANYTHING}*?)(?:${sparkPattern})`,
  longest,
});

export const splitColumn = operation({
  id: 'split-column',
  version: 1,
  title: 'Split a column',
  also: 'text to columns separate delimiter',
  family: 'Text',
  summary: 'Parts each cell at a separator or pattern into several columns.',
  documentation:
    'The last column gets all that is left, separators included, so that nothing is lost; where there are fewer ' +
    'parts, the other columns are missing. An empty part is empty text. One of the new columns may take the place of ' +
    'the column itself. Patterns are tried on texts up to a length, 4,000 characters for most; longer cells are not ' +
    'parted.',
  scope: 'cell',
  capabilities: {
    limits: [
      'Each pattern has a length of text up to which it is tried, 4,000 characters for most; longer cells are not parted.',
    ],
  },
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 1 },
  parameters,
  begin: (column) => ({ separator: ' ', into: [`${column} 1`, `${column} 2`] }),
  form: [
    { name: 'separator', label: 'Separator', control: 'text' },
    { name: 'pattern', label: 'Or a pattern', control: 'pattern' },
    { name: 'into', label: 'Into columns', control: 'texts' },
    { name: 'keep', label: 'Keep the column', control: 'flag' },
  ],
  examples: [
    {
      title: 'By a separator; the last takes the rest',
      columns: ['name'],
      parameters: { separator: ' ', into: ['given', 'family'] },
      header: ['name', 'id'],
      rows: [
        ['Ann Mary Lee', '1'],
        ['Ann', '2'],
        [' Lee', '3'],
        ['', '4'],
        [null, '5'],
      ],
      expected: [
        ['Ann Mary Lee', '1', 'Ann', 'Mary Lee'],
        ['Ann', '2', 'Ann', null],
        [' Lee', '3', '', 'Lee'],
        ['', '4', '', null],
        [null, '5', null, null],
      ],
    },
    {
      title: 'By a pattern, without the column',
      columns: ['place'],
      parameters: { pattern: ' *[,;] *', into: ['city', 'state', 'country'], keep: false },
      header: ['place', 'id'],
      rows: [
        ['Springfield , IL;US', '1'],
        ['Paris;FR', '2'],
        ['a,,b, c', '3'],
        ['😀, é', '4'],
      ],
      columnsAfter: ['id', 'city', 'state', 'country'],
      expected: [
        ['1', 'Springfield', 'IL', 'US'],
        ['2', 'Paris', 'FR', null],
        ['3', 'a', '', 'b, c'],
        ['4', '😀', 'é', null],
      ],
    },
    {
      title: 'The first part in place',
      columns: ['code'],
      parameters: { separator: '||', into: ['code', 'rest'] },
      header: ['code'],
      rows: [['a||b||c'], ['a|b'], ['|||']],
      expected: [
        ['a', 'b||c'],
        ['a|b', null],
        ['', '|'],
      ],
    },
  ],
  sentence: ({ separator, pattern, into }, [column = 'a column']) =>
    `Split ${column} at ${pattern ?? `“${separator}”`} into ${into.join(', ')}`,
  reads: () => [],
  rewrite(builder, given, [name]) {
    if (name === undefined) return;
    const { separator, pattern } = given;
    const parted =
      pattern === undefined
        ? (whole: Expression) => atText(whole, separator ?? '')
        : (whole: Expression) => atPattern(builder, whole, headed(compiled(pattern)));
    let rest = builder.value(name);
    const parts = given.into.map((_, i) => {
      const whole = rest;
      if (i === given.into.length - 1) return whole;
      const { head, rest: others } = parted(whole);
      rest = builder.bind(others);
      return builder.bind(head);
    });
    for (const [i, into] of given.into.entries()) {
      const part = parts[i] ?? text(null);
      if (into === name) builder.assign(name, part);
      else builder.add(into, part);
    }
    if (!given.keep && !given.into.includes(name))
      builder.arrange(builder.columns.filter((one) => one !== name));
  },
});
