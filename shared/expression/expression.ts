import type { PrimitiveId } from './primitives';

/**
 * Types of values inside a plan; columns at the edges are text. `integer`: 64 bits. `decimal`: 20 digits before the
 * point and 9 after it, exact. `date`: 0001-01-01 to 9999-12-31. `timestamp`: microseconds since 1970 in UTC, in the
 * same years.
 */
export type ValueType = 'text' | 'boolean' | 'integer' | 'decimal' | 'date' | 'timestamp';
export const VALUE_TYPES = ['text', 'boolean', 'integer', 'decimal', 'date', 'timestamp'] as const;

/** One version of a column, by its id inside the plan (`c0`, `c7`). */
export type ColumnReference = { readonly kind: 'column'; readonly id: string; readonly type: ValueType };

export type Literal =
  | { readonly kind: 'literal'; readonly type: 'text'; readonly value: string | null }
  | { readonly kind: 'literal'; readonly type: 'boolean'; readonly value: boolean | null }
  | { readonly kind: 'literal'; readonly type: 'integer'; readonly value: number | null }
  /** A decimal in plain digits (`-12.5`), a date in ISO form, a timestamp as its microseconds. */
  | {
      readonly kind: 'literal';
      readonly type: 'decimal' | 'date' | 'timestamp';
      readonly value: string | null;
    };

/** Settings of a primitive that are fixed when the plan is compiled (a pattern, a set of characters). */
export type Constant = string | number | boolean | readonly string[] | readonly number[];
export type Constants = Readonly<Record<string, Constant>>;

export type Call = {
  readonly kind: 'call';
  readonly primitive: PrimitiveId;
  readonly type: ValueType;
  readonly operands: readonly Expression[];
  readonly constants: Constants;
};

export type Expression = ColumnReference | Literal | Call;

/** A column version in an expression. */
export function column(id: string, type: ValueType = 'text'): ColumnReference {
  return Object.freeze({ kind: 'column', id, type });
}

/** A text literal; null is the typed null. */
export function text(value: string | null): Literal {
  return Object.freeze({ kind: 'literal', type: 'text', value });
}

/** A boolean literal. */
export function truth(value: boolean): Literal {
  return Object.freeze({ kind: 'literal', type: 'boolean', value });
}

/** An integer literal. */
export function integer(value: number): Literal {
  return Object.freeze({ kind: 'literal', type: 'integer', value });
}

/** A decimal literal in plain digits: at most 20 before the point and 9 after it. */
export function decimal(value: string): Literal {
  return Object.freeze({ kind: 'literal', type: 'decimal', value });
}

/** A date literal in ISO form. */
export function date(value: string): Literal {
  return Object.freeze({ kind: 'literal', type: 'date', value });
}

/** The null of a type. */
export function nothing(type: ValueType): Literal {
  return Object.freeze({ kind: 'literal', type, value: null });
}

/** Ids of the column versions an expression reads. */
export function columnsOf(expression: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'column') found.add(node.id);
    else if (node.kind === 'call') for (const operand of node.operands) visit(operand);
  };
  visit(expression);
  return found;
}
