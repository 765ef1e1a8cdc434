import { z } from 'zod';
import { date as dateLiteral } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { isoDate } from '../dates/iso';
import { statedDateSchema } from '../dates/stated';
import { isPresent } from '../numbers/plain';
import { checkKind, failsUnless, rejected } from './kind';

export const date = checkKind({
  id: 'date',
  label: 'is a date',
  reason: 'is no date within the limits',
  documentation:
    'Dates are in ISO form (2024-12-31), as “Read dates” writes them, or times, of which the date counts as it is ' +
    'written; a first and a last date are within.',
  parameters: z.object({ first: statedDateSchema.optional(), last: statedDateSchema.optional() }),
  faults: ({ first, last }) =>
    first !== undefined && last !== undefined && first > last ? ['the first date is after the last'] : [],
  form: [
    { name: 'first', label: 'First date', control: 'text', help: 'Such as 1900-01-01.' },
    { name: 'last', label: 'Last date', control: 'text', help: 'Such as 2026-12-31.' },
  ],
  examples: [
    {
      title: 'Dates of birth',
      columns: ['born'],
      parameters: { kind: 'date', first: '1900-01-01', last: '2024-02-29', onFail: 'reject' },
      header: ['born'],
      rows: [
        [' 2024-02-29 '],
        ['1900-01-01T00:00:00Z'],
        ['2023-02-29'],
        ['1899-12-31'],
        ['2024-03-01'],
        ['31.12.1999'],
        [''],
        [null],
      ],
      expected: [
        [' 2024-02-29 '],
        ['1900-01-01T00:00:00Z'],
        rejected,
        rejected,
        rejected,
        rejected,
        rejected,
        [null],
      ],
    },
  ],
  fails(builder, value, { first, last }) {
    const day = isoDate(builder, value);
    const within = [
      isPresent(day),
      ...(first === undefined ? [] : [call('holds', [call('lessOrEqual', [dateLiteral(first), day])])]),
      ...(last === undefined ? [] : [call('holds', [call('lessOrEqual', [day, dateLiteral(last)])])]),
    ];
    return failsUnless(value, call('and', within));
  },
});
