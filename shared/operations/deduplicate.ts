import { z } from 'zod';
import type { Order } from '../compile/plan';
import { call } from '../expression/primitives';
import { COMPARE_CHOICES, comparedKeys, compareSchema, orderBySchema } from './keys';
import { listColumns, operation } from './operation';

const parameters = z
  .strictObject({
    keys: z.array(z.string().min(1)).min(1).max(20),
    normalize: compareSchema,
    keep: z.enum(['first', 'last', 'most-complete', 'any']).default('any'),
    orderBy: z.array(orderBySchema).max(20).default([]),
  })
  .check((context) => {
    const { keep, orderBy } = context.value;
    if ((keep === 'first' || keep === 'last') && orderBy.length === 0) {
      context.issues.push({
        code: 'custom',
        path: ['orderBy'],
        message: `keeping the ${keep} row needs a column to order by`,
        input: orderBy,
      });
    }
  });
const OPPOSITE = { ascending: 'descending', descending: 'ascending', first: 'last', last: 'first' } as const;
const merged = { left: 'merged' } as const;

export const deduplicate = operation({
  id: 'deduplicate',
  version: 1,
  title: 'Remove duplicate rows',
  also: 'dedupe unique distinct',
  family: 'Rows',
  summary: 'Keeps one row of those that share the same keys.',
  documentation:
    'A row with a null or empty key matches no other and stays. “First” and “last” follow the stated order; columns ' +
    'compare as text by code point, so dates should be in ISO form. “Most complete” keeps the row with the fewest ' +
    'empty cells. Ties, and “any”, are decided by the rows’ original content, never by their place in a file, so ' +
    'the result is the same on every engine and in every order.',
  scope: 'group',
  stream: 'Refused as yet: the keys of all earlier records would have to be remembered without end.',
  targets: { least: 0, most: 0 },
  parameters,
  form: [
    { name: 'keys', label: 'Same in these columns', control: 'columns' },
    { name: 'normalize', label: 'Compare keys', control: 'choice', choices: COMPARE_CHOICES },
    {
      name: 'keep',
      label: 'Keep',
      control: 'choice',
      choices: [
        { value: 'first', label: 'The first in order' },
        { value: 'last', label: 'The last in order' },
        { value: 'most-complete', label: 'The most complete' },
        { value: 'any', label: 'Any one of them' },
      ],
    },
    {
      name: 'orderBy',
      label: 'Order',
      control: 'order',
      when: { name: 'keep', values: ['first', 'last', 'most-complete'] },
    },
  ],
  examples: [
    {
      title: 'The last by date, whatever the case of the e-mail',
      columns: [],
      parameters: {
        keys: ['e-mail'],
        normalize: 'trim-lower',
        keep: 'last',
        orderBy: [{ column: 'since', nulls: 'first' }],
      },
      header: ['e-mail', 'since'],
      rows: [
        ['ann@example.com', '2024-01-01'],
        [' ANN@example.com', '2025-06-01'],
        ['Ann@example.com', null],
        [null, '2020-01-01'],
        [null, '2020-01-01'],
        ['', '2020-01-01'],
        [' ', '2020-01-01'],
      ],
      expected: [
        merged,
        [' ANN@example.com', '2025-06-01'],
        merged,
        [null, '2020-01-01'],
        [null, '2020-01-01'],
        ['', '2020-01-01'],
        [' ', '2020-01-01'],
      ],
    },
    {
      title: 'White space around is no difference, letter case is one',
      columns: [],
      parameters: { keys: ['id'], normalize: 'trim' },
      header: ['id'],
      rows: [['a1'], [' a1'], ['A1']],
      expected: [merged, [' a1'], ['A1']],
    },
    {
      title: 'A tie goes by content',
      columns: [],
      parameters: { keys: ['id'], keep: 'first', orderBy: [{ column: 'since' }] },
      header: ['id', 'since', 'name'],
      rows: [
        ['1', '2024', 'b'],
        ['1', '2024', 'a'],
        ['1', '2024', null],
        ['1', '2025', 'a'],
      ],
      expected: [merged, ['1', '2024', 'a'], merged, merged],
    },
    {
      title: 'The most complete row',
      columns: [],
      parameters: { keys: ['id'], keep: 'most-complete' },
      header: ['id', 'name', 'phone'],
      rows: [
        ['1', 'Ann', ''],
        ['1', 'Ann', '555'],
        ['2', null, null],
      ],
      expected: [merged, ['1', 'Ann', '555'], ['2', null, null]],
    },
  ],
  sentence: ({ keys, keep }) =>
    `Keep ${keep === 'any' ? 'one row' : `the ${keep.replace('-', ' ')} row`} of each ${listColumns(keys)}`,
  reads: ({ keys, orderBy }) => [...keys, ...orderBy.map((one) => one.column)],
  rewrite(builder, { keys, normalize, keep, orderBy }) {
    const order: Order[] = orderBy.map(({ column, direction, nulls }) => ({
      by: builder.value(column),
      direction: keep === 'last' ? OPPOSITE[direction] : direction,
      nulls: keep === 'last' ? OPPOSITE[nulls] : nulls,
    }));
    if (keep === 'most-complete') {
      const present = call(
        'countPresent',
        builder.columns.map((name) => builder.value(name)),
      );
      order.unshift({ by: builder.bind(present), direction: 'descending', nulls: 'last' });
    }
    builder.merge({
      column: keys[0] ?? null,
      reason: 'duplicate of a kept row',
      keys: comparedKeys(builder, keys, normalize),
      order: keep === 'any' ? [] : order,
    });
  },
});
