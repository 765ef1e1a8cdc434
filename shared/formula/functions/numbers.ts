import { decimal } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { count, type FormulaFunction, numberParameter, textParameter, value } from './function';

export const numbers: readonly FormulaFunction[] = [
  {
    name: 'number',
    group: 'Numbers',
    takes: [textParameter],
    returns: 'number',
    documentation:
      'The number that a text spells in plain digits with a point, white space around it aside; null for anything else.',
    example: 'number([amount]) * 1.19',
    build: ({ operands }) =>
      call('parseDecimal', [call('trimWhiteSpace', [value(operands)], { sides: 'both' })]),
  },
  {
    name: 'round',
    group: 'Numbers',
    takes: [numberParameter, count('decimals', -8, 9)],
    returns: 'number',
    documentation: 'The number rounded to so many decimals, half away from zero; below 0 to tens, hundreds …',
    example: 'round(number([amount]), 2)',
    build: ({ operands, numbers: [digits = 0] }) => call('roundDecimal', [value(operands)], { digits }),
  },
  {
    name: 'floor',
    group: 'Numbers',
    takes: [numberParameter],
    returns: 'number',
    documentation: 'The greatest whole number that is not above.',
    example: 'floor(-1.5)',
    build: ({ operands }) => call('floor', [value(operands)]),
  },
  {
    name: 'ceiling',
    group: 'Numbers',
    takes: [numberParameter],
    returns: 'number',
    documentation: 'The least whole number that is not below.',
    example: 'ceiling(number([hours]))',
    build: ({ builder, operands }) => {
      const opposite = builder.bind(call('minus', [decimal('0'), value(operands)]));
      return call('minus', [decimal('0'), builder.bind(call('floor', [opposite]))]);
    },
  },
  {
    name: 'abs',
    group: 'Numbers',
    takes: [numberParameter],
    returns: 'number',
    documentation: 'The number without its sign.',
    example: 'abs(number([balance]))',
    build: ({ operands }) => call('absolute', [value(operands)]),
  },
  {
    name: 'mod',
    group: 'Numbers',
    takes: [numberParameter, { name: 'divisor', type: 'number' }],
    returns: 'number',
    documentation:
      'What a division to a whole number leaves, with the sign of the number; null for a divisor of zero.',
    example: 'mod(number([id]), 97)',
    build: ({ operands }) => call('remainder', [value(operands), value(operands, 1)]),
  },
];
