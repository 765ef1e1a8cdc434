import { Fault } from '../contract/errors';

/** Where something stands in a formula: offsets of its first character and of the one after its last, from 0. */
export type Span = { readonly from: number; readonly to: number };

export const BINARY_OPERATORS = [
  'or',
  'and',
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  '+',
  '-',
  '*',
  '/',
] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];
export type UnaryOperator = 'not' | '-';

export type Formula = Span &
  (
    | { readonly kind: 'text'; readonly value: string }
    /** In plain digits. */
    | { readonly kind: 'number'; readonly value: string }
    /** In ISO form. */
    | { readonly kind: 'date'; readonly value: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'column'; readonly name: string }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Formula }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Formula;
        readonly right: Formula;
      }
    | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Formula[] }
  );

/** How tightly operators bind, loosest first. */
export const PRECEDENCE: Record<BinaryOperator, number> = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '&': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
};
export const NOT_PRECEDENCE = 3;
export const MINUS_PRECEDENCE = 8;
export const COMPARISON = 4;

export const LONGEST_FORMULA = 2000;
export const DEEPEST_FORMULA = 40;
/** Columns, literals and functions of a formula together. */
export const MOST_VALUES = 200;

/** A fault in a formula; `place.offset` counts from 0, `details.length` characters are wrong. */
export function formulaFault(message: string, { from, to }: Span): Fault {
  return new Fault({
    code: 'formula.invalid',
    message,
    place: { offset: from },
    details: { length: Math.max(0, to - from) },
    unaffected: 'Nothing was written.',
    advice: 'Correct the formula at the marked place.',
  });
}

/** The columns that a formula reads, at each place in turn, in the order in which they stand in it. */
export function columnNodes(formula: Formula): readonly (Formula & { readonly kind: 'column' })[] {
  switch (formula.kind) {
    case 'column':
      return [formula];
    case 'unary':
      return columnNodes(formula.operand);
    case 'binary':
      return [formula.left, formula.right].flatMap(columnNodes);
    case 'call':
      return formula.operands.flatMap(columnNodes);
    default:
      return [];
  }
}

/** Names of the columns that a formula reads, each once. */
export const columnsIn = (formula: Formula): readonly string[] => [
  ...new Set(columnNodes(formula).map(({ name }) => name)),
];
