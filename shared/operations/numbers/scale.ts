import { z } from 'zod';
import { decimal } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { operation } from '../operation';
import { comparePlain, intoField, PLAIN_WORDS, plainNumber, plainNumberSchema } from './plain';

const parameters = z
  .strictObject({
    method: z.enum(['minmax', 'zscore']).default('minmax'),
    min: plainNumberSchema.optional(),
    max: plainNumberSchema.optional(),
    mean: plainNumberSchema.optional(),
    deviation: plainNumberSchema.optional(),
    digits: z.int().min(0).max(8).default(6),
    into: z.string().min(1).optional(),
  })
  .check(({ value, issues }) => {
    const add = (path: string, message: string) =>
      issues.push({ code: 'custom', path: [path], message, input: value });
    const wanted = value.method === 'minmax' ? (['min', 'max'] as const) : (['mean', 'deviation'] as const);
    for (const name of wanted) if (value[name] === undefined) add(name, 'State what all rows gave');
    if (value.method === 'minmax' && value.min !== undefined && value.max !== undefined) {
      if (comparePlain(value.min, value.max) >= 0) add('max', 'The greatest number must lie above the least');
    }
    if (value.method === 'zscore' && value.deviation !== undefined && comparePlain(value.deviation, '0') <= 0)
      add('deviation', 'The deviation must be above 0');
  });

export const scale = operation({
  id: 'scale',
  version: 1,
  title: 'Scale numbers',
  also: 'normalise normalize standardise standardize z-score',
  family: 'Numbers and money',
  summary: 'Puts numbers on a common scale, by a statistic of all rows that the step states.',
  documentation:
    `${PLAIN_WORDS} From least to greatest: the least becomes 0, the greatest 1. By deviation: how many standard ` +
    'deviations a number lies from the mean. The statistics are part of the step, as they were computed over all ' +
    'rows: preview and production use the same, and exact decimals. What is no number stays empty.',
  scope: 'table',
  capabilities: { streams: true },
  stream: 'Works on each record by itself, with the stated statistics.',
  targets: { least: 1, most: 1 },
  parameters,
  begin: () => ({ method: 'minmax', min: '0', max: '1' }),
  form: [
    {
      name: 'method',
      label: 'Scale',
      control: 'choice',
      choices: [
        { value: 'minmax', label: 'From least to greatest (0 to 1)' },
        { value: 'zscore', label: 'By standard deviation' },
      ],
    },
    {
      name: 'min',
      label: 'Least of all rows',
      control: 'text',
      when: { name: 'method', values: ['minmax'] },
    },
    {
      name: 'max',
      label: 'Greatest of all rows',
      control: 'text',
      when: { name: 'method', values: ['minmax'] },
    },
    {
      name: 'mean',
      label: 'Mean of all rows',
      control: 'text',
      when: { name: 'method', values: ['zscore'] },
    },
    {
      name: 'deviation',
      label: 'Standard deviation of all rows',
      control: 'text',
      when: { name: 'method', values: ['zscore'] },
    },
    { name: 'digits', label: 'Decimals', control: 'number', least: 0, most: 8 },
    intoField('Named after the column unless told.'),
  ],
  examples: [
    {
      title: 'From least to greatest',
      columns: ['amount'],
      parameters: { method: 'minmax', min: '10', max: '40', digits: 4, into: 'scaled' },
      header: ['amount'],
      rows: [['10'], ['20'], ['40'], ['-5'], ['n/a'], [null]],
      expected: [
        ['10', '0.0000'],
        ['20', '0.3333'],
        ['40', '1.0000'],
        ['-5', '-0.5000'],
        ['n/a', null],
        [null, null],
      ],
    },
    {
      title: 'By standard deviation',
      columns: ['amount'],
      parameters: { method: 'zscore', mean: '12.5', deviation: '3', digits: 2 },
      header: ['amount'],
      rows: [['12.5'], ['20'], ['-9999999999999999999']],
      expected: [
        ['12.5', '0.00'],
        ['20', '2.50'],
        ['-9999999999999999999', '-3333333333333333337.17'],
      ],
    },
  ],
  sentence: ({ method, into }, [column]) =>
    `Scale ${column ?? 'a column'} ${method === 'minmax' ? 'from least to greatest' : 'by standard deviation'}` +
    `${into === undefined ? '' : ` into ${into}`}`,
  reads: () => [],
  rewrite(builder, one, [column]) {
    if (column === undefined) return;
    const [from, to] = one.method === 'minmax' ? [one.min, one.max] : [one.mean, one.deviation];
    if (from === undefined || to === undefined) throw new TypeError('The statistics are missing.');
    const number = plainNumber(builder, builder.value(column));
    const above = builder.bind(call('minus', [number, decimal(from)]));
    const unit =
      one.method === 'zscore' ? decimal(to) : builder.bind(call('minus', [decimal(to), decimal(from)]));
    const scaled = builder.bind(call('dividedBy', [above, unit]));
    const rounded = builder.bind(call('roundDecimal', [scaled], { digits: one.digits }));
    builder.assign(one.into ?? `${column} scaled`, call('decimalText', [rounded], { fewest: one.digits }));
  },
});
