import { z } from 'zod';
import { call } from '../../expression/primitives';
import { checkKind, failsUnless, rejected } from './kind';

const count = z.number().int().min(0).max(100_000_000);

export const length = checkKind({
  id: 'length',
  label: 'has a length within limits',
  reason: 'is too short or too long',
  documentation: 'Length counts Unicode code points, white space included.',
  parameters: z.object({ least: count.optional(), most: count.optional() }),
  faults({ least, most }) {
    if (least === undefined && most === undefined) return ['say how long a cell is at least, or at most'];
    return least !== undefined && most !== undefined && least > most
      ? ['the least length is over the greatest']
      : [];
  },
  form: [
    { name: 'least', label: 'At least', control: 'number', least: 0 },
    { name: 'most', label: 'At most', control: 'number', least: 0 },
  ],
  examples: [
    {
      title: 'Two to four characters',
      columns: ['code'],
      parameters: { kind: 'length', least: 2, most: 4, onFail: 'reject' },
      header: ['code'],
      rows: [['ab'], ['😀😀😀😀'], ['a'], ['abcde'], [''], ['   '], [null]],
      expected: [['ab'], ['😀😀😀😀'], rejected, rejected, rejected, ['   '], [null]],
    },
  ],
  fails(builder, value, { least, most }) {
    const points = builder.bind(call('length', [value]));
    const within = [
      ...(most === undefined ? [] : [call('atMost', [points], { limit: most })]),
      ...(least === undefined ? [] : [call('not', [call('atMost', [points], { limit: least - 1 })])]),
    ];
    return failsUnless(value, call('and', within));
  },
});
