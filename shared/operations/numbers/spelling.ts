import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { classBody, escapePoint, WHITE_SPACE } from '../../expression/characters';
import { type ColumnReference, decimal, type Expression, text } from '../../expression/expression';
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

/** What the groups of a pattern hold, from 1: empty where one takes no part, null where the pattern is not matched. */
export type Groups = (group: number) => ColumnReference;

/** What no readable text begins with: it tells a match. */
const FOUND = '\t';

/**
 * The groups of a pattern for the whole of a readable text, found all at once: one search for each would take most of
 * the time. `separator`: a character that none of them can hold.
 */
export function capturedGroups(
  builder: PlanBuilder,
  value: ColumnReference,
  pattern: string,
  { groups, separator }: { groups: number; separator: string },
): Groups {
  const all = (mark: string) =>
    [FOUND, ...Array.from({ length: groups }, (_, i) => `${mark}${i + 1}`)].join(separator);
  const parted = builder.bind(
    call('replaceMatches', [value], {
      pattern,
      sparkPattern: pattern,
      longest: LONGEST_NUMBER,
      replacement: all('\\'),
      sparkReplacement: all('$'),
    }),
  );
  const matched = call('contains', [parted], { find: FOUND, position: 'start' });
  const found = builder.bind(call('choose', [matched, parted, text(null)]));
  const first = FOUND === separator ? 2 : 1;
  return (group) => builder.bind(call('splitPart', [found], { separator, part: group + first }));
}

/** Trimmed, with digits of every script as ASCII. */
export const readable = (builder: PlanBuilder, value: Expression): ColumnReference =>
  builder.bind(call('asciiDigits', [builder.bind(call('trimWhiteSpace', [value], { sides: 'both' }))]));

/** The number that the three groups of digitsPattern() hold, the first of which is `at`; null where there is none. */
export function readDigits(
  builder: PlanBuilder,
  group: Groups,
  { at, grouping }: { at: number; grouping: Spelling['grouping'] },
): ColumnReference {
  let whole: Expression = group(at);
  if (grouping === ' ') whole = call('collapseWhiteSpace', [whole]);
  for (const find of MARKS[grouping]) whole = call('removeText', [whole], { find });
  const digits = call('join', [text('0'), whole, text('.'), group(at + 1), group(at + 2), text('0')]);
  return builder.bind(call('parseDecimal', [builder.bind(digits)]));
}

/** The number below zero where the text of a group is a minus sign or an opening parenthesis. */
export const signed = (number: Expression, sign: Expression): Expression =>
  call('choose', [
    call('isOneOf', [sign], { values: [...MINUS_SIGNS, '('] }),
    call('minus', [decimal('0'), number]),
    number,
  ]);
