import { z } from 'zod';
import { truth } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { checkFormula, formulaSchema } from '../../formula/formula';
import { checkKind, rejected } from './kind';

export const formula = checkKind({
  id: 'formula',
  label: 'fits a formula',
  reason: 'does not fit the formula',
  documentation:
    'A formula must be true; where it is null, because a value it needs is null or can’t be read, the row passes. Its ' +
    'language is that of “Work out a column”.',
  parameters: z.object({ expression: formulaSchema('boolean') }),
  form: [{ name: 'expression', label: 'Formula', control: 'formula' }],
  examples: [
    {
      title: 'The end is not before the beginning',
      columns: ['until'],
      parameters: { kind: 'formula', expression: 'date(since) <= date(until)', onFail: 'reject' },
      header: ['since', 'until'],
      rows: [
        ['2024-01-01', '2024-01-01'],
        ['2024-01-02', '2024-01-01'],
        ['2024-01-02', 'later'],
        [null, '2024-01-01'],
      ],
      expected: [['2024-01-01', '2024-01-01'], rejected, ['2024-01-02', 'later'], [null, '2024-01-01']],
    },
  ],
  reads: ({ expression }) => checkFormula(expression).columns,
  fails(builder, _, { expression }) {
    const holds = checkFormula(expression).build(builder);
    return call('not', [
      call('firstPresent', [holds.kind === 'call' ? builder.bind(holds) : holds, truth(true)]),
    ]);
  },
});
