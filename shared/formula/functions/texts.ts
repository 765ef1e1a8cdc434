import type { Expression } from '../../expression/expression';
import { compilePattern } from '../../expression/pattern';
import { call } from '../../expression/primitives';
import { textOf } from '../types';
import { count, type FormulaFunction, LONGEST, textParameter, value, written } from './function';

const onText = (
  name: string,
  documentation: string,
  example: string,
  build: (text: Expression) => Expression,
): FormulaFunction => ({
  name,
  group: 'Text',
  takes: [textParameter],
  returns: 'text',
  documentation,
  example,
  build: ({ operands }) => build(value(operands)),
});

const held = (name: string, position: 'anywhere' | 'start' | 'end', where: string): FormulaFunction => ({
  name,
  group: 'Text',
  takes: [textParameter, written('what')],
  returns: 'boolean',
  documentation: `Whether the text ${where} another text, which is written out; letter case counts. Null holds none.`,
  example: `${name}([code], 'A')`,
  build: ({ operands, texts: [find = ''] }) => call('contains', [value(operands)], { find, position }),
});

export const texts: readonly FormulaFunction[] = [
  onText('trim', 'The text without white space at both sides.', 'trim([name])', (one) =>
    call('trimWhiteSpace', [one], { sides: 'both' }),
  ),
  onText('collapse', 'The text with each run of white space as one space.', 'collapse([name])', (one) =>
    call('collapseWhiteSpace', [one]),
  ),
  onText('lower', 'The text in lower case.', 'lower([e-mail])', (one) => call('lower', [one])),
  onText('upper', 'The text in upper case.', 'upper([country])', (one) => call('upper', [one])),
  {
    name: 'length',
    group: 'Text',
    takes: [textParameter],
    returns: 'number',
    documentation: 'The number of characters (code points).',
    example: 'length([code]) = 8',
    build: ({ operands }) => call('decimalOf', [call('length', [value(operands)])]),
  },
  {
    name: 'left',
    group: 'Text',
    takes: [textParameter, count('characters', 0, LONGEST)],
    returns: 'text',
    documentation: 'So many characters from the start.',
    example: 'left([code], 2)',
    build: ({ operands, numbers: [take = 0] }) =>
      call('slice', [value(operands)], { from: 'start', skip: 0, take }),
  },
  {
    name: 'right',
    group: 'Text',
    takes: [textParameter, count('characters', 0, LONGEST)],
    returns: 'text',
    documentation: 'So many characters from the end.',
    example: 'right([phone], 4)',
    build: ({ operands, numbers: [take = 0] }) =>
      call('slice', [value(operands)], { from: 'end', skip: 0, take }),
  },
  {
    name: 'mid',
    group: 'Text',
    takes: [textParameter, count('start', 1, LONGEST), count('characters', 0, LONGEST)],
    returns: 'text',
    documentation: 'So many characters from a place on; the first character is at 1.',
    example: 'mid([code], 3, 2)',
    build: ({ operands, numbers: [start = 1, take = 0] }) =>
      call('slice', [value(operands)], { from: 'start', skip: start - 1, take }),
  },
  {
    name: 'split',
    group: 'Text',
    takes: [textParameter, written('separator'), count('part', 1, 1000)],
    returns: 'text',
    documentation: 'The n-th part between separators; empty where there is none.',
    example: "split([e-mail], '@', 2)",
    build: ({ operands, texts: [separator = ''], numbers: [part = 1] }) =>
      separator === '' ? value(operands) : call('splitPart', [value(operands)], { separator, part }),
  },
  {
    name: 'remove',
    group: 'Text',
    takes: [textParameter, written('what')],
    returns: 'text',
    documentation: 'The text without another text, wherever it stands.',
    example: "remove([code], '-')",
    build: ({ operands, texts: [find = ''] }) =>
      find === '' ? value(operands) : call('removeText', [value(operands)], { find }),
  },
  held('contains', 'anywhere', 'holds'),
  held('startsWith', 'start', 'begins with'),
  held('endsWith', 'end', 'ends with'),
  {
    name: 'matches',
    group: 'Text',
    takes: [textParameter, { name: 'pattern', type: { constant: 'pattern' } }],
    returns: 'boolean',
    documentation: 'Whether a pattern matches the whole text. Null matches nothing.',
    example: "matches([code], '[A-Z]{2}\\d{3}')",
    build: ({ operands, texts: [source = ''] }) => {
      const result = compilePattern(source, { ignoreCase: false, whole: true });
      if (!result.ok) throw new TypeError(result.fault.message);
      return call('matches', [value(operands)], result.compiled);
    },
  },
  {
    name: 'isEmpty',
    group: 'Text',
    takes: [textParameter],
    returns: 'boolean',
    documentation: 'Whether the text is null, empty, or nothing but white space.',
    example: 'isEmpty([name])',
    build: ({ operands }) =>
      call('isMissing', [call('trimWhiteSpace', [value(operands)], { sides: 'both' })]),
  },
  {
    name: 'oneOf',
    group: 'Text',
    takes: [textParameter, written('value')],
    repeats: true,
    returns: 'boolean',
    documentation: 'Whether the text is one of those written out. Null is none of them.',
    example: "oneOf([country], 'DE', 'AT', 'CH')",
    build: ({ operands, texts: values }) => call('isOneOf', [value(operands)], { values }),
  },
  {
    name: 'text',
    group: 'Text',
    takes: [{ name: 'value', type: 'any' }],
    returns: 'text',
    documentation: 'A number in plain digits, a date in ISO form, or true or false, as text.',
    example: 'text(round(number([amount]), 2))',
    build: ({ operands }) => textOf(value(operands)),
  },
];
