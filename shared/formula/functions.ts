import type { PlanBuilder } from '../compile/builder';
import { decimal, type Expression } from '../expression/expression';
import { compilePattern } from '../expression/pattern';
import { call } from '../expression/primitives';
import type { DatePart } from '../expression/primitives/dates';
import { readIso } from '../operations/dates/iso';
import { completeMonths, wholeTimes } from '../operations/dates/stated';
import type { FormulaType } from './types';
import { textOf } from './types';

/** A value that is needed when the plan is compiled: it must be written out. */
export type ConstantKind =
  | { readonly constant: 'text' }
  | { readonly constant: 'pattern' }
  | { readonly constant: 'whole'; readonly least: number; readonly most: number };
/** `any` is of any type by itself; all that are `same` are of one type. */
export type Parameter = {
  readonly name: string;
  readonly type: FormulaType | 'any' | 'same' | ConstantKind;
};
export type Given = {
  readonly builder: PlanBuilder;
  readonly operands: readonly Expression[];
  /** Constants in order, texts and numbers apart from the operands. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
};
export type FormulaFunction = {
  readonly name: string;
  readonly group: 'Text' | 'Choice' | 'Numbers' | 'Dates';
  readonly takes: readonly Parameter[];
  /** The last parameter may be repeated. */
  readonly repeats?: true;
  readonly returns: FormulaType | 'same';
  readonly documentation: string;
  readonly example: string;
  build(given: Given): Expression;
};

const value = (operands: readonly Expression[], index = 0): Expression => {
  const found = operands[index];
  if (!found) throw new TypeError(`Operand ${index + 1} is missing.`);
  return found;
};
const textParameter = { name: 'text', type: 'text' } as const;
const numberParameter = { name: 'number', type: 'number' } as const;
const dateParameter = { name: 'date', type: 'date' } as const;
const count = (name: string, least: number, most: number) =>
  ({ name, type: { constant: 'whole', least, most } }) as const;
const written = (name: string) => ({ name, type: { constant: 'text' } }) as const;
const LONGEST = 100_000;

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

const texts: readonly FormulaFunction[] = [
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

const choices: readonly FormulaFunction[] = [
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

const numbers: readonly FormulaFunction[] = [
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

const partOf = (name: string, part: DatePart, documentation: string): FormulaFunction => ({
  name,
  group: 'Dates',
  takes: [dateParameter],
  returns: 'number',
  documentation,
  example: `${name}(date([born]))`,
  build: ({ operands }) => call('decimalOf', [call('datePart', [value(operands)], { part })]),
});
const span = (name: string, months: number, documentation: string): FormulaFunction => ({
  name,
  group: 'Dates',
  takes: [
    { name: 'from', type: 'date' },
    { name: 'to', type: 'date' },
  ],
  returns: 'number',
  documentation,
  example: `${name}(date([since]), #2024-12-31#)`,
  build: ({ builder, operands }) => {
    const complete = completeMonths(builder, value(operands), value(operands, 1));
    return call('decimalOf', [months === 1 ? complete : wholeTimes(builder, complete, months)]);
  },
});
const later = (name: 'addDays' | 'addMonths', what: string, documentation: string): FormulaFunction => ({
  name,
  group: 'Dates',
  takes: [dateParameter, { name: what, type: 'number' }],
  returns: 'date',
  documentation,
  example: `${name}(date([since]), 30)`,
  build: ({ builder, operands }) =>
    call(name, [value(operands), builder.bind(call('integerOf', [value(operands, 1)]))]),
});

const dates: readonly FormulaFunction[] = [
  {
    name: 'date',
    group: 'Dates',
    takes: [textParameter],
    returns: 'date',
    documentation:
      'The date that a text holds in ISO form (2024-12-31), or of a time in ISO form; null for anything else.',
    example: 'date([born]) < #2000-01-01#',
    build: ({ builder, operands }) => readIso(builder, value(operands)).date,
  },
  {
    name: 'dateOf',
    group: 'Dates',
    takes: [
      { name: 'year', type: 'number' },
      { name: 'month', type: 'number' },
      { name: 'day', type: 'number' },
    ],
    returns: 'date',
    documentation: 'The date of a year, a month and a day; null where there is no such day.',
    example: 'dateOf(number([year]), number([month]), 1)',
    build: ({ builder, operands }) =>
      call(
        'makeDate',
        operands.map((one) => builder.bind(call('integerOf', [one]))),
      ),
  },
  partOf('year', 'year', 'The year of a date.'),
  partOf('quarter', 'quarter', 'The quarter of a date, 1 to 4.'),
  partOf('month', 'month', 'The month of a date, 1 to 12.'),
  partOf('day', 'day', 'The day of the month.'),
  partOf('weekday', 'weekday', 'The weekday of a date: Monday is 1, Sunday 7.'),
  later(
    'addDays',
    'days',
    'The date so many days later; null outside the years 1 to 9999, or for days that are not whole.',
  ),
  later(
    'addMonths',
    'months',
    'The same day so many months later, or the last of that month; null outside the years 1 to 9999.',
  ),
  {
    name: 'daysBetween',
    group: 'Dates',
    takes: [
      { name: 'from', type: 'date' },
      { name: 'to', type: 'date' },
    ],
    returns: 'number',
    documentation: 'Days from the first date to the second; below zero where the second is earlier.',
    example: 'daysBetween(date([ordered]), date([paid])) > 30',
    build: ({ operands }) => call('decimalOf', [call('daysBetween', [value(operands), value(operands, 1)])]),
  },
  span('monthsBetween', 1, 'Whole months from the first date to the second.'),
  span('yearsBetween', 12, 'Whole years from the first date to the second.'),
];

/** Every function, in the order of the documentation. */
export const FORMULA_FUNCTIONS: readonly FormulaFunction[] = [...texts, ...choices, ...numbers, ...dates];

const byName = new Map(FORMULA_FUNCTIONS.map((one) => [one.name.toLowerCase(), one]));
/** The function with a name, in any letter case. */
export const findFunction = (name: string): FormulaFunction | undefined => byName.get(name.toLowerCase());

/** “left(text, characters)”. */
export const signatureOf = ({ name, takes, repeats }: FormulaFunction): string =>
  `${name}(${takes.map((one) => one.name).join(', ')}${repeats ? ', …' : ''})`;
