import { z } from 'zod';
import { call } from '../../expression/primitives';
import { limitsFault, withinLimits } from '../numbers/clamp';
import { plainNumber, plainNumberSchema } from '../numbers/plain';
import { checkKind, failsUnless, rejected } from './kind';

export const range = checkKind({
  id: 'range',
  label: 'is a number within limits',
  reason: 'is no number within the limits',
  documentation:
    'Numbers are compared exactly, in plain digits with a point, as “Read numbers” writes them; a limit is within, and ' +
    'what is no such number fails.',
  parameters: z.object({ min: plainNumberSchema.optional(), max: plainNumberSchema.optional() }),
  faults(limits) {
    const fault = limitsFault(limits);
    return fault === null ? [] : [fault];
  },
  form: [
    { name: 'min', label: 'Lowest', control: 'text' },
    { name: 'max', label: 'Highest', control: 'text' },
  ],
  examples: [
    {
      title: 'Shares from 0 to 1',
      columns: ['share'],
      parameters: { kind: 'range', min: '0', max: '1', onFail: 'reject' },
      header: ['share'],
      rows: [['0.5'], [' 1.0 '], ['-0'], ['1.000000001'], ['-0.1'], ['1e0'], ['NaN'], ['0,5'], [''], [null]],
      expected: [
        ['0.5'],
        [' 1.0 '],
        ['-0'],
        rejected,
        rejected,
        rejected,
        rejected,
        rejected,
        rejected,
        [null],
      ],
    },
  ],
  fails: (builder, value, limits) =>
    failsUnless(value, call('holds', [withinLimits(builder, plainNumber(builder, value), limits)])),
});
