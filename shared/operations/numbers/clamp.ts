import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { decimal, type Expression, text, truth } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { assignConverted, invalidField, invalidSchema } from '../invalid';
import { cellExamples, listColumns, operation } from '../operation';
import { comparePlain, isPresent, PLAIN_WORDS, plainNumber, plainNumberSchema } from './plain';

const parameters = z
  .strictObject({
    min: plainNumberSchema.optional(),
    max: plainNumberSchema.optional(),
    outside: z.enum(['clip', 'null', 'reject']).default('clip'),
    invalid: invalidSchema,
  })
  .check(({ value, issues }) => {
    const fault = limitsFault(value);
    if (fault) issues.push({ code: 'custom', path: ['min'], message: fault, input: value.min });
  });
type Limits = { readonly min?: string | undefined; readonly max?: string | undefined };

/** What is wrong with two limits; null where they are sound. */
export function limitsFault({ min, max }: Limits): string | null {
  if (min === undefined && max === undefined) return 'Give a lowest or a highest number';
  if (min !== undefined && max !== undefined && comparePlain(min, max) > 0)
    return 'The lowest number must not be above the highest';
  return null;
}

/** “from 0 to 10”. */
export const limitsWords = ({ min, max }: Limits): string =>
  min === undefined ? `up to ${max}` : max === undefined ? `from ${min}` : `from ${min} to ${max}`;

/** Whether a number lies within the limits; null for null. */
export function withinLimits(builder: PlanBuilder, number: Expression, { min, max }: Limits): Expression {
  const above = min === undefined ? truth(true) : call('lessOrEqual', [decimal(min), number]);
  const below = max === undefined ? truth(true) : call('lessOrEqual', [number, decimal(max)]);
  return builder.bind(call('and', [above, below]));
}

const OUTSIDE_WORDS = { clip: 'moved to the limit', null: 'emptied', reject: 'rejected' };

export const clamp = operation({
  id: 'clamp',
  version: 1,
  title: 'Limit numbers',
  also: 'limit clip cap winsorise',
  family: 'Numbers and money',
  summary: 'Moves numbers outside limits to the limit, empties them, or rejects their rows.',
  documentation: `${PLAIN_WORDS} A number at a limit is within it. Numbers within the limits stay as they are written.`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters,
  begin: () => ({ min: '0' }),
  form: [
    { name: 'min', label: 'Lowest', control: 'text' },
    { name: 'max', label: 'Highest', control: 'text' },
    {
      name: 'outside',
      label: 'A number outside',
      control: 'choice',
      choices: [
        { value: 'clip', label: 'Becomes the limit' },
        { value: 'null', label: 'Is emptied' },
        { value: 'reject', label: 'Rejects the row' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('Moved to the limits', { min: '0', max: '100' }, [
      ['-0.000000001', '0'],
      ['100.5', '100'],
      ['50.50', '50.50'],
      ['0', '0'],
      ['n/a', 'n/a'],
      [null, null],
    ]),
    cellExamples('Emptied', { min: '-5.5', outside: 'null', invalid: 'null' }, [
      ['-6', null],
      ['-5.5', '-5.5'],
      ['five', null],
    ]),
    cellExamples('Rejected', { max: '120', outside: 'reject' }, [
      ['121', { left: 'rejected' }],
      ['120.0', '120.0'],
      ['old', 'old'],
    ]),
  ],
  sentence: ({ min, max, outside }, columns) =>
    `Limit ${listColumns(columns)} ${limitsWords({ min, max })}; others are ${OUTSIDE_WORDS[outside]}`,
  reads: () => [],
  rewrite(builder, { min, max, outside, invalid }, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      const number = plainNumber(builder, value);
      const within = withinLimits(builder, number, { min, max });
      const limit =
        outside !== 'clip'
          ? outside === 'null'
            ? text(null)
            : value
          : call('choose', [
              max === undefined ? truth(false) : call('less', [decimal(max), number]),
              text(max ?? null),
              text(min ?? null),
            ]);
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(number)),
        converted: call('choose', [within, value, limit]),
        invalid,
        reason: 'not a number',
      });
      if (outside === 'reject') {
        const when = call('and', [isPresent(number), call('not', [call('holds', [within])])]);
        builder.leave({ fate: 'rejected', column: name, reason: 'outside the limits', when });
      }
    }
  },
});
