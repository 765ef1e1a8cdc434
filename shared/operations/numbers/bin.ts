import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, decimal, type Expression, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { operation } from '../operation';
import { comparePlain, intoField, PLAIN_WORDS, plainNumber, plainNumberSchema } from './plain';

const MOST_EDGES = 100;
const edgesSchema = z.array(plainNumberSchema).min(1).max(MOST_EDGES);

const parameters = z
  .strictObject({
    method: z.enum(['edges', 'width', 'quantiles']).default('edges'),
    edges: edgesSchema.optional(),
    quantiles: edgesSchema.optional(),
    width: plainNumberSchema.optional(),
    labels: z
      .array(z.string().min(1))
      .max(MOST_EDGES + 1)
      .optional(),
    into: z.string().min(1).optional(),
  })
  .check(({ value, issues }) => {
    const add = (path: string, message: string) =>
      issues.push({ code: 'custom', path: [path], message, input: value });
    const given = value[value.method];
    const labels = namesIn(value.labels);
    if (given === undefined) {
      add(value.method, NEEDED[value.method]);
      return;
    }
    if (typeof given === 'string') {
      if (comparePlain(given, '0') <= 0) add('width', 'The width must be above 0');
      if (labels !== undefined) add('labels', 'Groups of one width are named after their limits');
      return;
    }
    const at = given.findIndex((edge, i) => i > 0 && comparePlain(given[i - 1] ?? edge, edge) >= 0);
    if (at > 0) add(value.method, `Limits must rise: ${given[at]} does not lie above ${given[at - 1]}`);
    if (labels !== undefined && (labels.length !== given.length + 1 || labels.includes('')))
      add('labels', `${given.length} limits make ${given.length + 1} groups: give as many names, or none`);
  });
type Parameters = z.output<typeof parameters>;

/** The names, where there are any: a form without text holds one that is empty. */
function namesIn(labels: readonly string[] | undefined): readonly string[] | undefined {
  return labels === undefined || labels.join('') === '' ? undefined : labels;
}

const NEEDED = {
  edges: 'Give the limits between the groups, one a line',
  quantiles: 'Give the limits that the statistic of all rows gave, one a line',
  width: 'Give the width of the groups',
};

const nameOf = (edges: readonly string[], labels: readonly string[] | undefined, i: number): string => {
  const [from, to] = [edges[i - 1], edges[i]];
  if (labels) return labels[i] ?? '';
  if (from === undefined) return `under ${to}`;
  return to === undefined ? `${from} and over` : `${from} to under ${to}`;
};

/** The name of a number's group between limits; null for null. */
function betweenEdges(
  number: Expression,
  edges: readonly string[],
  labels: readonly string[] | undefined,
): Expression {
  let name: Expression = text(null);
  const last = call('lessOrEqual', [decimal(edges.at(-1) ?? '0'), number]);
  name = call('choose', [last, text(nameOf(edges, labels, edges.length)), name]);
  for (let i = edges.length - 1; i >= 0; i--)
    name = call('choose', [
      call('less', [number, decimal(edges[i] ?? '0')]),
      text(nameOf(edges, labels, i)),
      name,
    ]);
  return name;
}

/** “20 to under 30”: limits are whole multiples of the width. */
function ofWidth(builder: PlanBuilder, number: ColumnReference, width: string): Expression {
  const rest = builder.bind(call('remainder', [number, decimal(width)]));
  const towardsZero = builder.bind(call('minus', [number, rest]));
  const isBelow = call('less', [rest, decimal('0')]);
  const from = builder.bind(
    call('choose', [isBelow, call('minus', [towardsZero, decimal(width)]), towardsZero]),
  );
  const written = (one: Expression) => call('decimalText', [one], { fewest: 0 });
  return call('join', [written(from), text(' to under '), written(call('plus', [from, decimal(width)]))]);
}

const people = (rows: readonly (readonly [string | null, string | null])[]) => ({
  rows: rows.map(([age]) => [age]),
  expected: rows,
});

export const bin = operation({
  id: 'bin',
  version: 1,
  title: 'Group numbers',
  also: 'bucket quantise quantize group range',
  family: 'Numbers and money',
  summary: 'Writes which group a number lies in.',
  documentation:
    `${PLAIN_WORDS} A limit belongs to the group above it. Groups are named after their limits unless names are given. ` +
    'Quantiles are limits that were computed once over all rows and are stated here, so that sample and production ' +
    'use the same. What is no number has no group.',
  scope: 'table',
  scopeOf: ({ method }) => (method === 'quantiles' ? 'table' : 'cell'),
  capabilities: { streams: true },
  stream: 'Works on each record by itself, with the stated limits.',
  targets: { least: 1, most: 1 },
  parameters,
  begin: () => ({ edges: ['0'] }),
  form: [
    {
      name: 'method',
      label: 'Groups',
      control: 'choice',
      choices: [
        { value: 'edges', label: 'Between stated limits' },
        { value: 'width', label: 'Of one width' },
        { value: 'quantiles', label: 'Quantiles of all rows' },
      ],
    },
    { name: 'edges', label: 'Limits, rising', control: 'texts', when: { name: 'method', values: ['edges'] } },
    { name: 'width', label: 'Width', control: 'text', when: { name: 'method', values: ['width'] } },
    {
      name: 'quantiles',
      label: 'Limits, as computed',
      control: 'texts',
      when: { name: 'method', values: ['quantiles'] },
    },
    {
      name: 'labels',
      label: 'Names of the groups',
      control: 'texts',
      help: 'One more than there are limits.',
      when: { name: 'method', values: ['edges', 'quantiles'] },
    },
    intoField('Named after the column unless told.'),
  ],
  examples: [
    {
      title: 'Between limits',
      columns: ['age'],
      parameters: { edges: ['18', '65'], into: 'group' },
      header: ['age'],
      ...people([
        ['17.999999999', 'under 18'],
        ['18', '18 to under 65'],
        ['-1', 'under 18'],
        ['65.0', '65 and over'],
        ['old', null],
        [null, null],
      ]),
    },
    {
      title: 'Names of one’s own, from quantiles',
      columns: ['age'],
      parameters: { method: 'quantiles', quantiles: ['31.5', '54'], labels: ['low', 'middle', 'high'] },
      header: ['age'],
      ...people([
        ['31.4', 'low'],
        ['31.5', 'middle'],
        ['54', 'high'],
      ]),
    },
    {
      title: 'Of one width',
      columns: ['age'],
      parameters: { method: 'width', width: '2.5' },
      header: ['age'],
      ...people([
        ['0', '0 to under 2.5'],
        ['-0.1', '-2.5 to under 0'],
        ['-2.5', '-2.5 to under 0'],
        ['7.5', '7.5 to under 10'],
        ['99999999999999999999.999999999', null],
      ]),
    },
  ],
  sentence: ({ method, width, into }, [column]) =>
    `Group ${column ?? 'a column'} ${method === 'width' ? `by ${width}` : method === 'edges' ? 'between limits' : 'by quantiles'}` +
    `${into === undefined ? '' : ` into ${into}`}`,
  reads: () => [],
  rewrite(builder, one, [column]) {
    if (column === undefined) return;
    const number = plainNumber(builder, builder.value(column));
    builder.assign(one.into ?? `${column} group`, grouped(builder, number, one));
  },
});

function grouped(builder: PlanBuilder, number: ColumnReference, one: Parameters): Expression {
  if (one.method === 'width') return ofWidth(builder, number, one.width ?? '1');
  return betweenEdges(number, one[one.method] ?? ['0'], namesIn(one.labels));
}
