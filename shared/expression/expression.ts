import type { PrimitiveId } from './primitives';

/** Types of values inside a plan. */
export type ValueType = 'text' | 'boolean' | 'integer';

/** One version of a column, by its id inside the plan (`c0`, `c7`). */
export type ColumnReference = { readonly kind: 'column'; readonly id: string; readonly type: ValueType };

export type Literal =
  | { readonly kind: 'literal'; readonly type: 'text'; readonly value: string | null }
  | { readonly kind: 'literal'; readonly type: 'boolean'; readonly value: boolean }
  | { readonly kind: 'literal'; readonly type: 'integer'; readonly value: number };

/** Settings of a primitive that are fixed when the plan is compiled (a pattern, a set of characters). */
export type Constant = string | number | boolean | readonly string[];
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
