import type { Expression, Literal } from '../expression/expression';
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
      return renderLiteral(expression, quote);
    case 'call': {
      const operands = expression.operands.map((operand) => render(operand, dialect));
      return primitiveOf(expression.primitive)[dialect]({ operands, constants: expression.constants, quote });
    }
  }
}

function renderLiteral(literal: Literal, quote: Quoting): string {
  if (literal.value === null) return literal.type === 'text' ? quote.text(null) : quote.nothing(literal.type);
  switch (literal.type) {
    case 'text':
      return quote.text(literal.value);
    case 'boolean':
      return quote.boolean(literal.value);
    case 'integer':
      return quote.integer(literal.value);
    case 'decimal':
      return quote.decimal(literal.value);
    case 'date':
      return quote.date(literal.value);
    case 'timestamp':
      return quote.timestamp(literal.value);
  }
}
