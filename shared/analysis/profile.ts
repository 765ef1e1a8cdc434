import { z } from 'zod';
import { duckdb } from '../compile/sql/quote';
import { classBody, WHITE_SPACE } from '../expression/characters';
import { valueShape } from '../expression/primitives/shape';
import { analysis, type Bindings, type ResultColumn, type ResultDefinition } from './analysis';

const EXACT_UP_TO = 1_000_000;

const profileParameters = z.strictObject({
  columns: z.array(z.string().min(1)).min(1).max(10_000),
  /** Rows of the table where they are known; over a million, distinct values are estimated. */
  rows: z.number().int().min(0).optional(),
  /** How many values, and how many shapes, of each column. */
  top: z.number().int().min(1).max(1000).default(10),
  /** How much of a value and of a shape is shown, in characters. */
  width: z.number().int().min(1).max(10_000).default(100),
});
export type ProfileParameters = z.output<typeof profileParameters>;

const text = (name: string, title: string): ResultColumn => ({ name, title, type: 'text' });
const integer = (name: string, title: string): ResultColumn => ({ name, title, type: 'integer' });
const column = text('column', 'Column');

type ProfileResult = 'columns' | 'values' | 'shapes';
const RESULTS: readonly ResultDefinition<ProfileResult>[] = [
  {
    id: 'columns',
    title: 'Columns',
    description: 'What each column holds.',
    columns: [
      column,
      integer('rows', 'Rows'),
      integer('nulls', 'Missing'),
      integer('empty', 'Empty text'),
      integer('padded', 'With white space at an end'),
      integer('distinct', 'Different values'),
      { name: 'exact', title: 'Counted exactly', type: 'flag' },
      integer('shortest', 'Shortest'),
      integer('longest', 'Longest'),
      text('least', 'First in order'),
      text('greatest', 'Last in order'),
    ],
    chart: null,
  },
  {
    id: 'values',
    title: 'Frequent values',
    description: 'The most frequent values of each column, those alike in number by code point.',
    columns: [column, integer('place', 'Place'), text('value', 'Value'), integer('rows', 'Rows')],
    chart: { kind: 'bar', category: 'value', value: 'rows' },
  },
  {
    id: 'shapes',
    title: 'Shapes',
    description: 'Values with each run of digits as 9, of capital letters as A and of other letters as a.',
    columns: [
      column,
      integer('place', 'Place'),
      text('shape', 'Shape'),
      integer('rows', 'Rows'),
      integer('values', 'Different values'),
      text('example', 'Example'),
    ],
    chart: { kind: 'bar', category: 'shape', value: 'rows' },
  },
];

const WHITE = classBody(WHITE_SPACE);
const PADDED = `'\\A[${WHITE}]|[${WHITE}]\\z'`;

const shapeOf = (value: string) => valueShape.duckdb({ operands: [value], constants: {}, quote: duckdb });

function source(bindings: Bindings): string {
  const table = bindings.table?.table;
  if (table === undefined) throw new RangeError('No table is bound.');
  return duckdb.identifier(table);
}

function describe(from: string, name: string, { rows, width }: ProfileParameters): string {
  const value = `CAST(${duckdb.identifier(name)} AS VARCHAR)`;
  const exact = rows === undefined || rows <= EXACT_UP_TO;
  return `SELECT ${duckdb.text(name)} AS "column", count(*) AS "rows", count(*) - count(v) AS nulls,
  count(*) FILTER (v = '') AS empty, count(*) FILTER (regexp_matches(v, ${PADDED})) AS padded,
  ${exact ? 'count(DISTINCT v)' : 'approx_count_distinct(v)'} AS "distinct", ${exact} AS exact,
  min(length(v)) AS shortest, max(length(v)) AS longest, left(min(v), ${width}) AS least,
  left(max(v), ${width}) AS greatest
FROM (SELECT ${value} AS v FROM ${from})`;
}

function frequentValues(from: string, name: string, { top, width }: ProfileParameters): string {
  const value = `CAST(${duckdb.identifier(name)} AS VARCHAR)`;
  return `SELECT ${duckdb.text(name)} AS "column", row_number() OVER (ORDER BY n DESC, v) AS place,
  left(v, ${width}) AS value, n AS "rows"
FROM (
  SELECT ${value} AS v, count(*) AS n FROM ${from} WHERE ${value} IS NOT NULL GROUP BY 1
  ORDER BY n DESC, v LIMIT ${top}
)`;
}

function frequentShapes(from: string, name: string, { top, width }: ProfileParameters): string {
  const value = `CAST(${duckdb.identifier(name)} AS VARCHAR)`;
  // The shape of a value is found once, however many rows hold it.
  return `SELECT ${duckdb.text(name)} AS "column", row_number() OVER (ORDER BY total DESC, shape) AS place, shape,
  total AS "rows", kinds AS "values", example
FROM (
  SELECT shape, CAST(sum(n) AS BIGINT) AS total, count(*) AS kinds, left(min(v), ${width}) AS example FROM (
    SELECT left(${shapeOf('v')}, ${width}) AS shape, v, n
    FROM (SELECT ${value} AS v, count(*) AS n FROM ${from} WHERE ${value} IS NOT NULL GROUP BY 1)
  ) GROUP BY shape ORDER BY total DESC, shape LIMIT ${top}
)`;
}

/** Each part in brackets: LIMIT and ORDER BY belong to it. */
const together = (parts: readonly string[], order: string) =>
  parts.length === 1
    ? `${parts[0]} ORDER BY ${order}`
    : `SELECT * FROM (${parts.map((part) => `(${part})`).join('\nUNION ALL ')}) ORDER BY ${order}`;

/** What the columns of a table hold. */
export const profile = analysis<ProfileParameters, ProfileResult>({
  id: 'profile',
  version: 1,
  title: 'Column profile',
  summary:
    'Counts what each column holds: missing, empty, different and frequent values, lengths and shapes.',
  documentation:
    'Values are read as text. Lengths are in characters. Different values are counted exactly up to a million rows ' +
    'and estimated, give or take a few per cent, over that; the result says which. Missing cells have neither ' +
    'length nor shape.',
  inputs: [
    {
      id: 'table',
      title: 'Table',
      help: 'The table whose columns are described.',
      optional: false,
      role: null,
      columns: [],
    },
  ],
  parameters: profileParameters,
  form: [{ name: 'columns', label: 'Columns', control: 'columns' }],
  results: RESULTS,
  statements(bindings, parameters) {
    const from = source(bindings);
    const { columns } = parameters;
    const places = `list_position([${columns.map((name) => duckdb.text(name)).join(', ')}], "column")`;
    const each = (part: typeof describe) => columns.map((name) => part(from, name, parameters));
    return {
      prepare: [],
      results: {
        columns: together(each(describe), places),
        values: together(each(frequentValues), `${places}, place`),
        shapes: together(each(frequentShapes), `${places}, place`),
      },
      dispose: [],
    };
  },
  comparison: null,
});
