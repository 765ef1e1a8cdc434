import { call } from '../../expression/primitives';
import { type FormulaFunction, value } from './function';

export const choices: readonly FormulaFunction[] = [
  {
    name: 'if',
    group: 'Choice',
    takes: [
      { name: 'condition', type: 'boolean' },
      { name: 'then', type: 'same' },
      { name: 'otherwise', type: 'same' },
    ],
    returns: 'same',
    documentation:
      'The second value where the condition holds, else the third; also where the condition is null.',
    example: "if(isEmpty([name]), 'unknown', [name])",
    build: ({ operands }) =>
      call('choose', [call('holds', [value(operands)]), value(operands, 1), value(operands, 2)]),
  },
  {
    name: 'first',
    group: 'Choice',
    takes: [{ name: 'value', type: 'same' }],
    repeats: true,
    returns: 'same',
    documentation: 'The first value that is not null.',
    example: "first([nickname], [name], '')",
    build: ({ operands }) => call('firstPresent', operands),
  },
  {
    name: 'isNull',
    group: 'Choice',
    takes: [{ name: 'value', type: 'any' }],
    returns: 'boolean',
    documentation: 'Whether there is no value: no cell, no number, no such date.',
    example: 'isNull(date([born]))',
    build: ({ operands }) => call('isNull', [value(operands)]),
  },
  ...(['min', 'max'] as const).map(
    (name): FormulaFunction => ({
      name,
      group: 'Choice',
      takes: [
        { name: 'value', type: 'same' },
        { name: 'value', type: 'same' },
      ],
      returns: 'same',
      documentation: `The ${name === 'min' ? 'lesser' : 'greater'} of two values of one type; null where either is.`,
      example: name === 'min' ? 'min(number([a]), 100)' : 'max(date([since]), #2000-01-01#)',
      build: ({ builder, operands }) => {
        const [a, b] =
          name === 'min' ? [value(operands), value(operands, 1)] : [value(operands, 1), value(operands)];
        const ordered = builder.bind(call('lessOrEqual', [a, b]));
        const chosen = call('choose', [call('holds', [ordered]), value(operands), value(operands, 1)]);
        // The second is also taken where the order is unknown: then one of the two is null.
        return call('choose', [call('isNull', [value(operands)]), value(operands), chosen]);
      },
    }),
  ),
];
