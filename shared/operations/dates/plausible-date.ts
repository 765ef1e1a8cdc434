import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { date, type Expression, text, truth } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import { ISO_WORDS, isoDate } from './iso';
import { statedDateSchema } from './stated';

type Span = { readonly min?: string | undefined; readonly max?: string | undefined };

/** What is wrong with a first and a last day; null where they are sound. */
export function spanFault({ min, max }: Span): string | null {
  if (min === undefined && max === undefined) return 'Give a first or a last day';
  return min !== undefined && max !== undefined && min > max
    ? 'The first day must not be after the last'
    : null;
}

/** Whether a date lies within a first and a last day; null for null. */
export function withinSpan(builder: PlanBuilder, value: Expression, { min, max }: Span): Expression {
  const after = min === undefined ? truth(true) : call('lessOrEqual', [date(min), value]);
  const before = max === undefined ? truth(true) : call('lessOrEqual', [value, date(max)]);
  return builder.bind(call('and', [after, before]));
}

/** “from 1900-01-01 to 2024-12-31”. */
export const spanWords = ({ min, max }: Span): string =>
  min === undefined ? `up to ${max}` : max === undefined ? `from ${min}` : `from ${min} to ${max}`;

const parameters = z
  .strictObject({
    min: statedDateSchema.optional(),
    max: statedDateSchema.optional(),
    notFuture: z.boolean().default(false),
    today: statedDateSchema.optional(),
    outside: z.enum(['null', 'reject']).default('null'),
  })
  .check(({ value, issues }) => {
    if (value.notFuture && value.today === undefined)
      issues.push({
        code: 'custom',
        path: ['today'],
        message: 'State the day after which dates lie in the future',
        input: value.today,
      });
    const fault = spanFault({ min: value.min, max: lastDay(value) });
    if (fault && !(value.notFuture && value.today === undefined))
      issues.push({ code: 'custom', path: ['min'], message: fault, input: value.min });
  });

/** The earlier of the last day and, where the future is refused, today. */
function lastDay({
  max,
  notFuture,
  today,
}: {
  readonly max?: string | undefined;
  readonly notFuture: boolean;
  readonly today?: string | undefined;
}): string | undefined {
  if (!notFuture || today === undefined) return max;
  return max === undefined || today < max ? today : max;
}

export const plausibleDate = operation({
  id: 'plausible-date',
  version: 1,
  title: 'Refuse implausible dates',
  family: 'Dates and times',
  summary: 'Empties dates outside a span of days, or rejects their rows.',
  documentation:
    `${ISO_WORDS} The first and the last day are plausible themselves. What counts as today is stated, so that the ` +
    'same rules do the same whenever they run. What is no date stays as it is: “Read dates” sees to that.',
  scope: 'cell',
  stream: 'Works on each record by itself, with the stated days.',
  targets: { least: 1, most: 100 },
  parameters,
  begin: () => ({ min: '1900-01-01' }),
  form: [
    { name: 'min', label: 'First day', control: 'text', help: 'Such as 1900-01-01.' },
    { name: 'max', label: 'Last day', control: 'text' },
    { name: 'notFuture', label: 'Nothing in the future', control: 'flag' },
    {
      name: 'today',
      label: 'Today is',
      control: 'text',
      help: 'Stated, so that results do not change from day to day.',
      when: { name: 'notFuture', values: ['true'] },
    },
    {
      name: 'outside',
      label: 'A date outside',
      control: 'choice',
      choices: [
        { value: 'null', label: 'Is emptied' },
        { value: 'reject', label: 'Rejects the row' },
      ],
    },
  ],
  examples: [
    cellExamples('Births', { min: '1900-01-01', notFuture: true, today: '2024-12-31' }, [
      ['1899-12-31', null],
      ['1900-01-01', '1900-01-01'],
      [' 2024-12-31 ', ' 2024-12-31 '],
      ['2025-01-01', null],
      ['2024-12-31T23:59:59-05:00', '2024-12-31T23:59:59-05:00'],
      ['9999-99-99', '9999-99-99'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Rejecting', { max: '2024-12-31', outside: 'reject' }, [
      ['2025-01-01', { left: 'rejected' }],
      ['0001-01-01', '0001-01-01'],
    ]),
  ],
  sentence: ({ outside, ...one }, columns) =>
    `${outside === 'null' ? 'Empty' : 'Reject rows with'} dates of ${listColumns(columns)} that are not ${spanWords({ min: one.min, max: lastDay(one) })}`,
  reads: () => [],
  rewrite(builder, { outside, ...one }, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      const found = isoDate(builder, value);
      const within = withinSpan(builder, found, { min: one.min, max: lastDay(one) });
      const strange = builder.bind(call('and', [isPresent(found), call('not', [call('holds', [within])])]));
      if (outside === 'null') builder.assign(name, call('choose', [strange, text(null), value]));
      else builder.leave({ fate: 'rejected', column: name, reason: 'an implausible date', when: strange });
    }
  },
});
