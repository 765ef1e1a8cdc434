import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { classBody, escapePoint, WHITE_SPACE } from '../../expression/characters';
import { type ColumnReference, decimal, type Expression, nothing, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import type { FormField } from '../operation';

export const spellingShape = {
  decimal: z.enum(['.', ',']).default('.'),
  grouping: z.enum(['none', ',', '.', ' ', "'", '_']).default(','),
};
/** How a column spells its numbers. */
export type Spelling = {
  readonly decimal: '.' | ',';
  readonly grouping: 'none' | ',' | '.' | ' ' | "'" | '_';
};

/** A fault where one mark would stand for two things. */
export const spellingFault = (one: Spelling): string | null =>
  one.decimal === one.grouping ? 'The decimal and the grouping mark must differ.' : null;

export const spellingFields: readonly FormField[] = [
  {
    name: 'decimal',
    label: 'Decimal mark',
    control: 'choice',
    choices: [
      { value: '.', label: 'Point (1.5)' },
      { value: ',', label: 'Comma (1,5)' },
    ],
  },
  {
    name: 'grouping',
    label: 'Thousands',
    control: 'choice',
    choices: [
      { value: ',', label: 'Comma (1,234)' },
      { value: '.', label: 'Point (1.234)' },
      { value: ' ', label: 'Space (1 234)' },
      { value: "'", label: 'Apostrophe (1’234)' },
      { value: '_', label: 'Underscore (1_234)' },
      { value: 'none', label: 'Not grouped' },
    ],
  },
];

const space = `[${classBody(WHITE_SPACE)}]`;
const GROUPING: Record<Spelling['grouping'], string> = {
  none: '',
  ',': ',',
  '.': '\\.',
  ' ': space,
  "'": `['${escapePoint(0x2019)}]`,
  _: '_',
};
const MARKS: Record<Spelling['grouping'], readonly string[]> = {
  none: [],
  ',': [','],
  '.': ['.'],
  ' ': [' '],
  "'": ["'", '\u2019'],
  _: ['_'],
};
export const SIGN = `[+${escapePoint(0x2212)}-]`;
const MINUS_SIGNS = ['-', '\u2212'];
export const LONGEST_NUMBER = 80;

/** Digits as the spelling writes them, in three groups: whole, decimals after it, decimals alone. `cut`: decimals read. */
export function digitsPattern({ decimal: mark, grouping }: Spelling, cut: number | null): string {
  const group = GROUPING[grouping];
  const whole = group === '' ? '[0-9]+' : `[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]+`;
  const fraction = cut === null ? '([0-9]+)' : `([0-9]{1,${cut}})[0-9]*`;
  const point = mark === '.' ? '\\.' : ',';
  return `(?:(${whole})(?:${point}${fraction})?|${point}${fraction})`;
}

/** What a group of a pattern holds in a readable text. */
export const captured = (value: Expression, pattern: string, group: number): Expression =>
  call('capture', [value], { pattern, sparkPattern: pattern, group, longest: LONGEST_NUMBER });

/** Trimmed, with digits of every script as ASCII. */
export const readable = (builder: PlanBuilder, value: Expression): ColumnReference =>
  builder.bind(call('asciiDigits', [call('trimWhiteSpace', [value], { sides: 'both' })]));

/**
 * The number that a readable text holds where a pattern matches it, without its sign; null elsewhere. `at`: the first
 * of the three groups of digitsPattern().
 */
export function readDigits(
  builder: PlanBuilder,
  value: Expression,
  { pattern, at, grouping }: { pattern: string; at: number; grouping: Spelling['grouping'] },
): ColumnReference {
  const matches = call('matches', [value], { pattern, sparkPattern: pattern, longest: LONGEST_NUMBER });
  let whole = captured(value, pattern, at);
  if (grouping === ' ') whole = call('collapseWhiteSpace', [whole]);
  for (const find of MARKS[grouping]) whole = call('removeText', [whole], { find });
  const digits = call('join', [
    text('0'),
    whole,
    text('.'),
    captured(value, pattern, at + 1),
    captured(value, pattern, at + 2),
    text('0'),
  ]);
  const number = call('parseDecimal', [builder.bind(digits)]);
  return builder.bind(call('choose', [call('holds', [matches]), number, nothing('decimal')]));
}

/** The number below zero where the text of a group is a minus sign or an opening parenthesis. */
export const signed = (number: Expression, sign: Expression): Expression =>
  call('choose', [
    call('isOneOf', [sign], { values: [...MINUS_SIGNS, '('] }),
    call('minus', [decimal('0'), number]),
    number,
  ]);
