import { z } from 'zod';
import type { MergedGroups, PlanBuilder } from '../compile/builder';
import type { Order } from '../compile/plan';
import type { ColumnReference } from '../expression/expression';
import { call } from '../expression/primitives';
import { COMPARE_CHOICES, comparedKeys, compareSchema, orderBySchema } from './keys';
import { listColumns, operation } from './operation';

const RULES = ['first-non-null', 'latest', 'longest', 'most-frequent', 'max', 'min'] as const;
type Rule = (typeof RULES)[number];

/** Rules in words, after a column's name. */
export const RULE_WORDS: Record<Rule, string> = {
  'first-non-null': 'First that is not empty',
  latest: 'Latest by a date',
  longest: 'Longest',
  'most-frequent': 'Most frequent',
  max: 'Largest',
  min: 'Smallest',
};

const parameters = z
  .strictObject({
    keys: z.array(z.string().min(1)).min(1).max(20),
    normalize: compareSchema,
    orderBy: z.array(orderBySchema).max(20).default([]),
    survivorship: z
      .array(
        z.strictObject({
          column: z.string().min(1),
          rule: z.enum(RULES),
          by: z.string().min(1).optional(),
        }),
      )
      .max(500)
      .default([]),
    otherwise: z
      .enum(['keep', 'first-non-null', 'longest', 'most-frequent', 'max', 'min'])
      .default('first-non-null'),
  })
  .check((context) => {
    const { survivorship } = context.value;
    for (const [i, { column, rule, by }] of survivorship.entries()) {
      const wrong = (message: string, at: string) =>
        context.issues.push({
          code: 'custom',
          path: ['survivorship', i, at],
          message,
          input: survivorship[i],
        });
      if (rule === 'latest' && by === undefined)
        wrong('the latest cell needs a column that tells its date', 'by');
      if (survivorship.findIndex((one) => one.column === column) !== i)
        wrong('this column is named twice', 'column');
    }
  });

type Cell = {
  readonly builder: PlanBuilder;
  readonly groups: MergedGroups;
  readonly value: ColumnReference;
  /** The order in which the row that stays was found. */
  readonly rows: readonly Order[];
  readonly by: string | undefined;
};

const first = (by: Order['by'], direction: Order['direction'] = 'descending'): Order => ({
  by,
  direction,
  nulls: 'last',
});

/** Which cell of a group comes first; alike ones by code point. */
const ORDERS: Record<Rule, (cell: Cell) => readonly Order[]> = {
  'first-non-null': ({ rows }) => rows,
  latest: ({ builder, by, value }) => [first(builder.value(by ?? '')), first(value, 'ascending')],
  longest: ({ builder, value }) => [first(builder.bind(call('length', [value]))), first(value, 'ascending')],
  'most-frequent': ({ groups, value }) => [first(groups.tally(value)), first(value, 'ascending')],
  max: ({ builder, value }) => [first(builder.bind(call('parseDecimal', [value]))), first(value)],
  min: ({ builder, value }) => [
    first(builder.bind(call('parseDecimal', [value])), 'ascending'),
    first(value, 'ascending'),
  ],
};

const merged = { left: 'merged' } as const;

export const mergeDuplicates = operation({
  id: 'merge-duplicates',
  version: 1,
  title: 'Merge duplicate rows',
  also: 'dedupe golden record survivorship',
  family: 'Rows',
  summary: 'Makes one row of those that share the same keys, each of its cells chosen from all of them.',
  documentation:
    'A row with a null or empty key matches no other and stays as it is. Of each group one row stays: the first in ' +
    'the stated order, then the most complete one, then by original content. Its cells are chosen column by column ' +
    'from all rows of the group, and never from an empty cell while another has a value; what is left over leaves ' +
    'as merged. “Latest” takes the cell of the row with the latest date in another column (as text by code point, ' +
    'so in ISO form). “Largest” and “smallest” compare numbers in plain digits as numbers; they come before other ' +
    'text, which compares by code point, as dates in ISO form may. Cells alike under a rule go by ' +
    'code point, then by the original content of their rows, never by their place in a file. The history of a ' +
    'chosen cell names the row it came from.',
  scope: 'group',
  stream: 'Refused: a group may go on for as long as the stream.',
  targets: { least: 0, most: 0 },
  parameters,
  form: [
    { name: 'keys', label: 'Same in these columns', control: 'columns' },
    { name: 'normalize', label: 'Compare keys', control: 'choice', choices: COMPARE_CHOICES },
    { name: 'orderBy', label: 'The row that stays is the first by', control: 'order' },
    { name: 'survivorship', label: 'Cells that survive', control: 'survivorship' },
    {
      name: 'otherwise',
      label: 'In all other columns',
      control: 'choice',
      choices: [
        { value: 'first-non-null', label: 'The first that is not empty, in the order of rows' },
        { value: 'keep', label: 'The cell of the row that stays' },
        { value: 'longest', label: 'The longest' },
        { value: 'most-frequent', label: 'The most frequent' },
        { value: 'max', label: 'The largest' },
        { value: 'min', label: 'The smallest' },
      ],
    },
  ],
  examples: [
    {
      title: 'One customer of three rows',
      columns: [],
      parameters: {
        keys: ['e-mail'],
        normalize: 'trim-lower',
        orderBy: [{ column: 'since', direction: 'descending' }],
        survivorship: [
          { column: 'phone', rule: 'latest', by: 'since' },
          { column: 'name', rule: 'longest' },
          { column: 'city', rule: 'most-frequent' },
          { column: 'since', rule: 'min' },
        ],
      },
      header: ['e-mail', 'name', 'phone', 'city', 'since', 'note'],
      rows: [
        ['ann@example.com', 'Ann Lee', '1', 'Bonn', '2023-05-01', null],
        [' ANN@example.com', 'A. Lee', null, 'Köln', '2025-01-01', ''],
        ['ann@example.com', 'Ann Marie Lee', '2', 'Bonn', '2024-02-01', 'calls back'],
        [null, 'Ann', null, null, null, null],
        ['', 'Ann', null, null, null, null],
      ],
      expected: [
        merged,
        [' ANN@example.com', 'Ann Marie Lee', '2', 'Bonn', '2023-05-01', 'calls back'],
        merged,
        [null, 'Ann', null, null, null, null],
        ['', 'Ann', null, null, null, null],
      ],
    },
    {
      title: 'White space around is no difference, letter case is one',
      columns: [],
      parameters: { keys: ['id'], normalize: 'trim' },
      header: ['id', 'name'],
      rows: [
        ['a1', 'Ann'],
        [' a1', null],
        ['A1', null],
      ],
      expected: [['a1', 'Ann'], merged, ['A1', null]],
    },
    {
      title: 'Ties go by code point',
      columns: [],
      parameters: {
        keys: ['id'],
        survivorship: [
          { column: 'a', rule: 'longest' },
          { column: 'b', rule: 'most-frequent' },
          { column: 'c', rule: 'max' },
          { column: 'd', rule: 'latest', by: 'c' },
        ],
        otherwise: 'keep',
      },
      header: ['id', 'a', 'b', 'c', 'd', 'e', 'f'],
      rows: [
        ['1', 'zz', 'x', '😀', 'ü', null, 'f'],
        ['1', 'ab', 'y', '\uffee', 'u', 'kept', ''],
        ['1', '😀', '', '', 'a', '', null],
        ['1', null, null, '😀', 'u\u0308', null, null],
        ['2', null, '', '', null, null, null],
      ],
      expected: [
        merged,
        ['1', 'ab', 'x', '😀', 'u\u0308', 'kept', ''],
        merged,
        merged,
        ['2', null, '', '', null, null, null],
      ],
    },
    {
      title: 'The largest and the smallest number',
      columns: [],
      parameters: {
        keys: ['id'],
        survivorship: [
          { column: 'most', rule: 'max' },
          { column: 'least', rule: 'min' },
        ],
      },
      header: ['id', 'most', 'least'],
      rows: [
        ['1', '9', '10'],
        ['1', '10.5', '-2'],
        ['1', 'many', '-10'],
        ['1', '1e9', ''],
        ['2', '2025-01-01', '2025-01-01'],
        ['2', '2024-12-31', '2024-12-31'],
      ],
      expected: [merged, ['1', '10.5', '-10'], merged, merged, merged, ['2', '2025-01-01', '2024-12-31']],
    },
    {
      title: 'Empty cells are filled, whatever the row',
      columns: [],
      parameters: { keys: ['id'] },
      header: ['id', 'name', 'phone', 'city'],
      rows: [
        ['1', 'Ann', null, ''],
        ['1', '', '555', null],
        ['1', 'Bob', null, 'Bonn'],
        ['2', null, '', 'Köln'],
        ['2', null, '', null],
        ['2 ', null, null, 'Bonn'],
      ],
      expected: [
        merged,
        merged,
        ['1', 'Bob', '555', 'Bonn'],
        ['2', null, '', 'Köln'],
        merged,
        ['2 ', null, null, 'Bonn'],
      ],
    },
  ],
  sentence: ({ keys }) => `Merge the rows of each ${listColumns(keys)}`,
  reads: ({ keys, orderBy, survivorship }) => [
    ...keys,
    ...orderBy.map((one) => one.column),
    ...survivorship.flatMap(({ column, by }) => (by === undefined ? [column] : [column, by])),
  ],
  rewrite(builder, { keys, normalize, orderBy, survivorship, otherwise }) {
    const columns = builder.columns;
    const present = call(
      'countPresent',
      columns.map((name) => builder.value(name)),
    );
    const rows: Order[] = [
      ...orderBy.map(({ column, direction, nulls }) => ({ by: builder.value(column), direction, nulls })),
      first(builder.bind(present)),
    ];
    const groups = builder.merge({
      column: keys[0] ?? null,
      reason: 'merged into another row',
      keys: comparedKeys(builder, keys, normalize),
      order: rows,
    });
    const stated = new Map(survivorship.map((one) => [one.column, one]));
    const rest =
      otherwise === 'keep' ? [] : columns.filter((name) => !stated.has(name) && !keys.includes(name));
    const chosen = [
      ...survivorship,
      ...rest.map((column) => ({ column, rule: otherwise as Rule, by: undefined })),
    ].map(({ column, rule, by }) => {
      const value = builder.value(column);
      const golden = groups.golden(value, ORDERS[rule]({ builder, groups, value, rows, by }));
      return { column, value, golden };
    });
    for (const { column, value, golden } of chosen)
      builder.assign(column, call('choose', [call('isNull', [golden]), value, golden]));
  },
});
