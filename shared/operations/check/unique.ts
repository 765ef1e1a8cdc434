import { z } from 'zod';
import { call } from '../../expression/primitives';
import { COMPARE_CHOICES, comparedKeys, compareSchema } from '../keys';
import { checkKind, rejected } from './kind';

export const unique = checkKind({
  id: 'unique',
  label: 'is unique',
  reason: 'is not unique',
  documentation:
    '“Is unique” fails every row that shares its value, alone or together with other columns, with another row still ' +
    'kept, not all but one; null and empty text match nothing.',
  parameters: z.object({
    together: z.array(z.string().min(1)).max(19).default([]),
    normalize: compareSchema,
  }),
  form: [
    { name: 'together', label: 'Together with', control: 'columns' },
    { name: 'normalize', label: 'Compare', control: 'choice', choices: COMPARE_CHOICES },
  ],
  examples: [
    {
      title: 'Each e-mail address once',
      columns: ['e-mail'],
      parameters: { kind: 'unique', normalize: 'trim-lower', onFail: 'reject' },
      header: ['e-mail'],
      rows: [['ann@example.com'], [' ANN@example.com'], ['bob@example.com'], [null], [null], [''], ['']],
      expected: [rejected, rejected, ['bob@example.com'], [null], [null], [''], ['']],
    },
    {
      title: 'White space around is no difference, letter case is one',
      columns: ['code'],
      parameters: { kind: 'unique', normalize: 'trim', onFail: 'reject' },
      header: ['code'],
      rows: [['a1'], [' a1'], ['A1']],
      expected: [rejected, rejected, ['A1']],
    },
    {
      title: 'Once a country',
      columns: ['code'],
      parameters: { kind: 'unique', together: ['country'], onFail: 'flag', name: 'twice' },
      header: ['code', 'country'],
      rows: [
        ['1', 'DE'],
        ['1', 'FR'],
        ['2', 'DE'],
        ['2', 'DE'],
        ['2', null],
      ],
      expected: [
        ['1', 'DE', null],
        ['1', 'FR', null],
        ['2', 'DE', 'twice'],
        ['2', 'DE', 'twice'],
        ['2', null, null],
      ],
    },
  ],
  scope: 'group',
  reads: ({ together }) => together,
  fails(builder, _, { together, normalize }, name) {
    const keys = comparedKeys(builder, [name, ...together.filter((one) => one !== name)], normalize);
    return call('not', [call('atMost', [builder.groupSize(keys)], { limit: 1 })]);
  },
});
