import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { decimal, type Expression, nothing } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { cellExamples, listColumns, operation } from '../operation';
import { isPresent, wholeNumber } from './plain';
import {
  capturedGroups,
  digitsPattern,
  readable,
  readDigits,
  SIGN,
  signed,
  spellingFault,
  spellingFields,
  spellingShape,
} from './spelling';

const MOST_DECIMALS = 6;
export const scaleSchema = z.int().min(0).max(MOST_DECIMALS).optional();

const parameters = z
  .strictObject({
    ...spellingShape,
    percent: z.boolean().default(false),
    parenthesesNegative: z.boolean().default(false),
    to: z.enum(['decimal', 'integer']).default('decimal'),
    scale: scaleSchema,
    invalid: invalidSchema,
  })
  .check((context) => {
    const fault = spellingFault(context.value);
    if (fault)
      context.issues.push({ code: 'custom', path: ['grouping'], message: fault, input: context.value });
    if (context.value.to === 'integer' && context.value.scale !== undefined)
      context.issues.push({
        code: 'custom',
        path: ['scale'],
        message: 'Whole numbers have no decimals; take “decimal” with 0 decimals to round.',
        input: context.value.scale,
      });
  });
type Parameters = z.output<typeof parameters>;

function readNumber(builder: PlanBuilder, name: string, one: Parameters): Expression {
  const value = readable(builder, builder.value(name));
  // A stated scale rounds, so that decimals past the ninth are of no account; without it nothing may be lost.
  const digits = digitsPattern(one, one.scale === undefined ? null : 9);
  const unit = one.percent ? '(?: ?(%))?' : '()';
  const plain = `\\A(${SIGN})?${digits}${unit}\\z`;
  const inParentheses = `\\A(\\()${digits}${unit}\\)\\z`;
  const numberOf = (pattern: string): Expression => {
    const group = capturedGroups(builder, value, pattern, { groups: 5, separator: '=' });
    const size = readDigits(builder, group, { at: 2, grouping: one.grouping });
    const number = builder.bind(signed(size, group(1)));
    return one.percent
      ? builder.bind(
          call('choose', [
            call('isOneOf', [group(5)], { values: ['%'] }),
            hundredth(builder, number, one.scale),
            number,
          ]),
        )
      : number;
  };
  const number = one.parenthesesNegative
    ? call('firstPresent', [numberOf(plain), numberOf(inParentheses)])
    : numberOf(plain);
  if (one.to === 'integer') return wholeNumber(builder, builder.bind(number));
  return builder.bind(
    one.scale === undefined ? number : call('roundDecimal', [number], { digits: one.scale }),
  );
}

/** A hundredth where it is exact; null elsewhere. Rounded before, where a scale will round it anyway. */
function hundredth(builder: PlanBuilder, number: Expression, scale: number | undefined): Expression {
  const whole = builder.bind(
    scale === undefined ? number : call('roundDecimal', [number], { digits: scale + 2 }),
  );
  const part = builder.bind(call('times', [whole, decimal('0.01')]));
  const exact = call('equal', [call('times', [part, decimal('100')]), whole]);
  return call('choose', [call('holds', [exact]), part, nothing('decimal')]);
}

export const parseNumber = operation({
  id: 'parse-number',
  version: 1,
  title: 'Read numbers',
  also: 'to number convert',
  family: 'Numbers and money',
  summary: 'Writes numbers in plain digits with a point, whatever marks they were written with.',
  documentation:
    'The decimal mark and what parts thousands are stated, never guessed. White space around is dropped and digits ' +
    'of every script are read. Grouped digits must be in threes; “,5” is 0.5, “5,” is no number. Numbers are exact: ' +
    'up to 20 digits before the point and 9 after it; more is not valid, unless a number of decimals is stated: then ' +
    'it is rounded, half away from zero, and written with just so many. With percent, 12.5% becomes 0.125 (7 ' +
    'decimals at most, unless rounded). Whole numbers must fit 64 bits. Exponents (1e5), NaN and infinity are not numbers.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    ...spellingFields,
    { name: 'percent', label: 'Read percent signs (12% as 0.12)', control: 'flag' },
    { name: 'parenthesesNegative', label: 'Parentheses mean below zero', control: 'flag' },
    {
      name: 'to',
      label: 'Numbers are',
      control: 'choice',
      choices: [
        { value: 'decimal', label: 'Any' },
        { value: 'integer', label: 'Whole' },
      ],
    },
    {
      name: 'scale',
      label: 'Decimals',
      control: 'number',
      least: 0,
      most: MOST_DECIMALS,
      help: 'Rounds to so many. Without it, as many as the number has.',
      when: { name: 'to', values: ['decimal'] },
    },
    invalidField,
  ],
  examples: [
    cellExamples('Thousands by comma', {}, [
      [' 1,234.50 ', '1234.5'],
      ['-0', '0'],
      ['\u22127', '-7'],
      ['+007', '7'],
      ['.5', '0.5'],
      ['\u0661\u0662', '12'],
      ['1,23', '1,23'],
      ['5.', '5.'],
      ['1e5', '1e5'],
      ['0x1F', '0x1F'],
      ['12%', '12%'],
      ['99999999999999999999.999999999', '99999999999999999999.999999999'],
      ['100000000000000000000', '100000000000000000000'],
      ['0.0000000001', '0.0000000001'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('German, to two decimals', { decimal: ',', grouping: '.', scale: 2, invalid: 'null' }, [
      ['1.234,5', '1234.50'],
      ['1,005', '1.01'],
      ['-1,005', '-1.01'],
      ['-0,001', '0.00'],
      ['0,00499999999999', '0.00'],
      ['12.34', null],
      ['1.234', '1234.00'],
    ]),
    cellExamples(
      'Percent and parentheses',
      { percent: true, parenthesesNegative: true, grouping: ' ', invalid: 'null' },
      [
        ['12.5 %', '0.125'],
        ['(1\u202f234)', '-1234'],
        ['(50%)', '-0.5'],
        ['(-1)', null],
        ['(1', null],
        ['0.00000001%', null],
      ],
    ),
    cellExamples('Whole numbers, rejecting', { to: 'integer', grouping: "'", invalid: 'reject' }, [
      ["1\u2019234'567.00", '1234567'],
      ['9223372036854775807', '9223372036854775807'],
      ['-9223372036854775809', { left: 'rejected' }],
      ['1.5', { left: 'rejected' }],
      [null, null],
    ]),
  ],
  sentence: ({ to, invalid }, columns) =>
    `Read ${to === 'integer' ? 'whole numbers' : 'numbers'} in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, one, columns) {
    for (const name of columns) {
      const number = readNumber(builder, name, one);
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(number)),
        converted: call('decimalText', [number], { fewest: one.scale ?? 0 }),
        invalid: one.invalid,
        reason: 'not a number',
      });
    }
  },
});
