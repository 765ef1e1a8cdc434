import { z } from 'zod';
import { text } from '../expression/expression';
import { call } from '../expression/primitives';
import {
  BOUNDS,
  carriedText,
  isBounded,
  keyExpression,
  keyOf,
  MOST_COLUMNS,
  MOST_ENTRIES,
  planTable,
  repeatedKeys,
} from './carried-table';
import { keyFields } from './map-values';
import { listColumns, operation } from './operation';

const columnName = z.string().min(1).max(200);
const tableSchema = z.strictObject({
  columns: z.array(columnName).min(2).max(MOST_COLUMNS),
  rows: z.array(z.array(carriedText.nullable())).min(1).max(MOST_ENTRIES),
});
type Table = z.output<typeof tableSchema>;

const parameters = z
  .strictObject({
    table: tableSchema,
    on: z
      .array(z.strictObject({ column: columnName, equals: columnName }))
      .min(1)
      .max(5),
    take: z
      .array(z.strictObject({ from: columnName, into: columnName }))
      .min(1)
      .max(MOST_COLUMNS),
    ignoreCase: z.boolean().default(true),
    trim: z.boolean().default(true),
    otherwise: z.enum(['keep', 'null', 'reject']).default('null'),
  })
  .check((context) => {
    const { table, on, take } = context.value;
    const fault = (path: (string | number)[], message: string) =>
      context.issues.push({ code: 'custom', path, message, input: undefined });
    const repeated = (names: readonly string[]) => names.findIndex((name, i) => names.indexOf(name) !== i);
    if (repeated(table.columns) >= 0)
      fault(['table', 'columns'], 'two columns of the table have the same name');
    for (const [i, row] of table.rows.entries()) {
      if (row.length === table.columns.length) continue;
      fault(
        ['table', 'rows', i],
        `row ${i + 1} has ${row.length} cells where the table has ${table.columns.length} columns`,
      );
      return;
    }
    if (!isBounded(table.rows)) fault(['table', 'rows'], `the table may hold ${BOUNDS}`);
    const unknown = [...on.map(({ equals }) => equals), ...take.map(({ from }) => from)].find(
      (name) => !table.columns.includes(name),
    );
    if (unknown !== undefined) {
      fault(
        [on.some(({ equals }) => equals === unknown) ? 'on' : 'take'],
        `the table has no column “${unknown}”`,
      );
      return;
    }
    if (repeated(take.map(({ into }) => into)) >= 0)
      fault(['take'], 'two columns are taken into the same one');
    const keys = entriesOf(context.value).map((entry) => entry.keys);
    const missing = keys.findIndex((key) => key.some((cell) => cell === null));
    if (missing >= 0) {
      fault(['table', 'rows', missing], `row ${missing + 1} has no key`);
      return;
    }
    const compared = keys.map((key) => key.map((cell) => keyOf(cell ?? '', context.value)));
    for (const [at, first] of repeatedKeys(compared).slice(0, 5))
      fault(['table', 'rows', at], `rows ${first + 1} and ${at + 1} have the same key`);
  });

/** The table's rows as keys and taken values, in the order of `on` and `take`. */
function entriesOf({
  table,
  on,
  take,
}: {
  table: Table;
  on: { equals: string }[];
  take: { from: string }[];
}) {
  const cellsOf = (row: readonly (string | null)[], names: readonly string[]) =>
    names.map((name) => row[table.columns.indexOf(name)] ?? null);
  return table.rows.map((row) => ({
    keys: cellsOf(
      row,
      on.map(({ equals }) => equals),
    ),
    values: cellsOf(
      row,
      take.map(({ from }) => from),
    ),
  }));
}

const COUNTRIES = {
  columns: ['code', 'name', 'area'],
  rows: [
    ['DE', 'Germany', 'EMEA'],
    ['US', 'United States', null],
    ['jp', 'Japan', 'APAC'],
  ],
};
const rejected = { left: 'rejected' } as const;

export const lookup = operation({
  id: 'lookup',
  version: 1,
  title: 'Look up in a reference table',
  also: 'vlookup join reference',
  family: 'Missing and mapped values',
  summary: 'Takes columns from a small reference table that travels with the rules.',
  documentation:
    'A row finds the entry whose keys equal its own, code point for code point, unless told otherwise without regard ' +
    'to letter case and white space around. A null never matches. Rows are neither added nor lost: an entry whose ' +
    'key another has is refused, and so is one without a key. Where there is no entry, the columns taken are ' +
    'emptied, or keep what they held, or the row is rejected; a row whose own key is null is never rejected. ' +
    `A table has ${BOUNDS}, in up to ${MOST_COLUMNS} columns.`,
  scope: 'row',
  stream: 'Works on each record by itself.',
  capabilities: { limits: [`A table has ${BOUNDS}, in up to ${MOST_COLUMNS} columns.`] },
  targets: { least: 0, most: 0 },
  parameters,
  begin: (column) => ({
    table: { columns: ['key', 'value'], rows: [['', null]] },
    on: [{ column, equals: 'key' }],
    take: [{ from: 'value', into: `${column} found` }],
  }),
  form: [
    {
      name: 'table',
      label: 'Reference table',
      control: 'table',
      help: 'Paste it with its line of column names.',
    },
    {
      name: 'on',
      label: 'Find the row where',
      control: 'entries',
      fields: [
        { name: 'column', label: 'This column', control: 'column' },
        { name: 'equals', label: 'Equals, in the table', control: 'text' },
      ],
    },
    {
      name: 'take',
      label: 'Take from it',
      control: 'entries',
      fields: [
        { name: 'from', label: 'Column of the table', control: 'text' },
        { name: 'into', label: 'Into this column', control: 'text' },
      ],
    },
    ...keyFields,
    {
      name: 'otherwise',
      label: 'Without an entry',
      control: 'choice',
      choices: [
        { value: 'null', label: 'Empty the columns taken' },
        { value: 'keep', label: 'Keep what they hold' },
        { value: 'reject', label: 'Reject the row' },
      ],
    },
  ],
  examples: [
    {
      title: 'Names of countries',
      columns: [],
      parameters: {
        table: COUNTRIES,
        on: [{ column: 'country', equals: 'code' }],
        take: [
          { from: 'name', into: 'country name' },
          { from: 'area', into: 'country' },
        ],
      },
      header: ['id', 'country'],
      rows: [
        ['1', ' de\u00a0'],
        ['2', 'US'],
        ['3', 'JP'],
        ['4', 'XX'],
        ['5', ''],
        ['6', null],
      ],
      expected: [
        ['1', 'EMEA', 'Germany'],
        ['2', null, 'United States'],
        ['3', 'APAC', 'Japan'],
        ['4', null, null],
        ['5', null, null],
        ['6', null, null],
      ],
    },
    {
      title: 'Two keys, keeping what has no entry',
      columns: [],
      parameters: {
        table: {
          columns: ['make', 'model', 'class'],
          rows: [
            ['A', '1', 'small'],
            ['A', '2', ''],
            ['B', '1', "'; --\\"],
          ],
        },
        on: [
          { column: 'make', equals: 'make' },
          { column: 'model', equals: 'model' },
        ],
        take: [{ from: 'class', into: 'class' }],
        ignoreCase: false,
        trim: false,
        otherwise: 'keep',
      },
      header: ['make', 'model', 'class'],
      rows: [
        ['A', '1', null],
        ['A', '2', 'x'],
        ['B', '1', 'x'],
        ['a', '1', 'x'],
        ['A', null, 'x'],
      ],
      expected: [
        ['A', '1', 'small'],
        ['A', '2', ''],
        ['B', '1', "'; --\\"],
        ['a', '1', 'x'],
        ['A', null, 'x'],
      ],
    },
    {
      title: 'Rejecting',
      columns: [],
      parameters: {
        table: COUNTRIES,
        on: [{ column: 'country', equals: 'code' }],
        take: [{ from: 'name', into: 'name' }],
        otherwise: 'reject',
      },
      header: ['country'],
      rows: [['us'], ['XX'], [null]],
      expected: [['us', 'United States'], rejected, [null, null]],
    },
  ],
  sentence: ({ on, take }) =>
    `Look up ${listColumns(take.map(({ into }) => into))} by ${listColumns(on.map(({ column }) => column))}`,
  reads: ({ on }) => on.map(({ column }) => column),
  rewrite(builder, given) {
    const { on, take, otherwise, ignoreCase, trim } = given;
    const settings = { ignoreCase, trim };
    const table = planTable(
      entriesOf(given).map(({ keys, values }) => ({ keys: keys.map((key) => key ?? ''), values })),
      settings,
    );
    const own = on.map(({ column }) => builder.value(column));
    const keys = own.map((value) => keyExpression(value, settings, builder.bind));
    const { found, values } = builder.join(keys, table);
    for (const [i, { into }] of take.entries()) {
      const kept = otherwise === 'null' || !builder.columns.includes(into) ? text(null) : builder.value(into);
      builder.assign(into, call('choose', [found, values[i] ?? text(null), kept]));
    }
    if (otherwise !== 'reject') return;
    const present = own.map((value) => call('not', [call('isNull', [value])]));
    const when = call('and', [...present, call('not', [found])]);
    builder.leave({
      fate: 'rejected',
      column: on[0]?.column ?? null,
      reason: 'not in the reference table',
      when,
    });
  },
});
