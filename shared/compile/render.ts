import type { Expression } from '../expression/expression';
import { primitiveOf } from '../expression/primitives';
import { duckdb, type Quoting, spark } from './sql/quote';

/** The SQL dialects a plan compiles to. */
export type Dialect = 'duckdb' | 'spark';
export const quoting: Record<Dialect, Quoting> = { duckdb, spark };

/** An expression as SQL of a dialect; column versions are quoted by id. */
export function render(expression: Expression, dialect: Dialect): string {
  const quote = quoting[dialect];
  switch (expression.kind) {
    case 'column':
      return quote.identifier(expression.id);
    case 'literal':
      if (expression.type === 'text') return quote.text(expression.value);
      return expression.type === 'integer'
        ? quote.integer(expression.value)
        : quote.boolean(expression.value);
    case 'call': {
      const operands = expression.operands.map((operand) => render(operand, dialect));
      return primitiveOf(expression.primitive)[dialect]({ operands, constants: expression.constants, quote });
    }
  }
}
