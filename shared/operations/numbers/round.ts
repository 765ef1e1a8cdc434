import { z } from 'zod';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { cellExamples, listColumns, operation } from '../operation';
import { isPresent, PLAIN_WORDS, plainNumber } from './plain';

export const round = operation({
  id: 'round',
  version: 1,
  title: 'Round numbers',
  family: 'Numbers and money',
  summary: 'Rounds numbers to so many decimals, half away from zero.',
  documentation:
    `${PLAIN_WORDS} They are written with just so many decimals. Digits below 0 round to tens, hundreds and so on. ` +
    'Half is rounded away from zero: 0.5 is 1, -0.5 is -1.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({ digits: z.int().min(-8).max(8).default(0), invalid: invalidSchema }),
  form: [
    {
      name: 'digits',
      label: 'Decimals',
      control: 'number',
      least: -8,
      most: 8,
      help: 'Below 0: tens, hundreds …',
    },
    invalidField,
  ],
  examples: [
    cellExamples('To two decimals', { digits: 2 }, [
      ['1.005', '1.01'],
      ['-1.005', '-1.01'],
      ['2', '2.00'],
      ['-0.001', '0.00'],
      [' 7.1 ', '7.10'],
      ['1,5', '1,5'],
      ['1e5', '1e5'],
      [null, null],
    ]),
    cellExamples('To whole numbers', { digits: 0, invalid: 'null' }, [
      ['0.5', '1'],
      ['-0.5', '-1'],
      ['0.499999999', '0'],
      ['99999999999999999999.5', null],
      ['', null],
    ]),
    cellExamples('To hundreds', { digits: -2, invalid: 'reject' }, [
      ['150', '200'],
      ['-149.999', '-100'],
      ['many', { left: 'rejected' }],
    ]),
  ],
  sentence: ({ digits, invalid }, columns) => {
    const to =
      digits >= 0 ? `${digits} decimal${digits === 1 ? '' : 's'}` : `the nearest 1${'0'.repeat(-digits)}`;
    return `Round ${listColumns(columns)} to ${to}${INVALID_WORDS[invalid]}`;
  },
  reads: () => [],
  rewrite(builder, { digits, invalid }, columns) {
    for (const name of columns) {
      const number = plainNumber(builder, builder.value(name));
      const rounded = builder.bind(call('roundDecimal', [number], { digits }));
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(rounded)),
        converted: call('decimalText', [rounded], { fewest: Math.max(0, digits) }),
        invalid,
        reason: 'not a number that can be rounded',
      });
    }
  },
});
