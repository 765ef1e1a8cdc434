import { z } from 'zod';
import { isBlank } from '../conditions';
import { checkKind, rejected } from './kind';

export const notEmpty = checkKind({
  id: 'not-empty',
  label: 'is not empty',
  reason: 'is empty',
  documentation: 'Null, empty text and nothing but white space are empty.',
  parameters: z.object({}),
  form: [],
  examples: [
    {
      title: 'Reject rows without a name',
      columns: ['name'],
      parameters: { kind: 'not-empty', onFail: 'reject' },
      header: ['name'],
      rows: [['Ann'], [''], ['\u3000'], [null], ['\u200b']],
      expected: [['Ann'], rejected, rejected, rejected, ['\u200b']],
    },
    {
      title: 'Stop only past half of the rows',
      columns: ['name'],
      parameters: { kind: 'not-empty', onFail: 'stop', maxShare: 0.5 },
      header: ['name'],
      rows: [['Ann'], ['']],
      expected: [['Ann'], ['']],
    },
  ],
  fails: (_, value) => isBlank(value),
});
