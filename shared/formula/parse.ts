import {
  BINARY_OPERATORS,
  type BinaryOperator,
  COMPARISON,
  DEEPEST_FORMULA,
  type Formula,
  formulaFault,
  MINUS_PRECEDENCE,
  MOST_VALUES,
  NOT_PRECEDENCE,
  PRECEDENCE,
  type Span,
} from './syntax';
import { type Token, tokensOf } from './tokens';

const OPERATORS: ReadonlySet<string> = new Set(BINARY_OPERATORS);
/** Words that are no columns, unless in brackets. */
export const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', 'true', 'false', 'null']);

const wordOf = (token: Token): string => (token.kind === 'name' ? token.value.toLowerCase() : token.value);

/** The operator at a token, if it is one. */
function operatorAt(token: Token): BinaryOperator | null {
  if (token.kind !== 'mark' && token.kind !== 'name') return null;
  const word = wordOf(token);
  return OPERATORS.has(word) ? (word as BinaryOperator) : null;
}

/** Reads a formula. Throws a Fault with the place of what is wrong, and nothing else. */
export function parseFormula(source: string): Formula {
  const tokens = tokensOf(source);
  let next = 0;
  let values = 0;
  const peek = (): Token =>
    tokens[next] ?? { kind: 'end', value: '', from: source.length, to: source.length };
  const take = (): Token => {
    const token = peek();
    next++;
    return token;
  };
  const isMark = (value: string): boolean => peek().kind === 'mark' && peek().value === value;
  const expect = (mark: string, message: string): Token => {
    if (!isMark(mark)) throw formulaFault(message, peek());
    return take();
  };

  function expression(least: number, depth: number): Formula {
    if (depth > DEEPEST_FORMULA)
      throw formulaFault(`A formula nests ${DEEPEST_FORMULA} levels deep at most.`, peek());
    let left = prefix(depth);
    let compared = false;
    for (;;) {
      const token = peek();
      const operator = operatorAt(token);
      if (!operator || PRECEDENCE[operator] < least) return left;
      if (PRECEDENCE[operator] === COMPARISON) {
        if (compared) throw formulaFault('Comparisons do not chain: join them with “and”.', token);
        compared = true;
      }
      take();
      const right = expression(PRECEDENCE[operator] + 1, depth + 1);
      left = { kind: 'binary', operator, left, right, from: left.from, to: right.to };
    }
  }

  function prefix(depth: number): Formula {
    const token = peek();
    if (token.kind === 'mark' && token.value === '-') {
      take();
      const operand = expression(MINUS_PRECEDENCE, depth + 1);
      return { kind: 'unary', operator: '-', operand, from: token.from, to: operand.to };
    }
    if (token.kind === 'name' && wordOf(token) === 'not') {
      take();
      const operand = expression(NOT_PRECEDENCE, depth + 1);
      return { kind: 'unary', operator: 'not', operand, from: token.from, to: operand.to };
    }
    return primary(depth);
  }

  function primary(depth: number): Formula {
    const token = take();
    if (++values > MOST_VALUES)
      throw formulaFault(`A formula has ${MOST_VALUES} values at most; use two steps.`, token);
    const span: Span = { from: token.from, to: token.to };
    switch (token.kind) {
      case 'text':
      case 'number':
      case 'date':
        return { kind: token.kind, value: token.value, ...span };
      case 'column':
        return { kind: 'column', name: token.value, ...span };
      case 'name':
        return named(token, depth);
      case 'mark':
        if (token.value === '(') {
          const inner = expression(0, depth + 1);
          const end = expect(')', 'A parenthesis is not closed.');
          return { ...inner, from: token.from, to: end.to };
        }
        throw formulaFault(`A value is missing before “${token.value}”.`, token);
      case 'end':
        throw formulaFault(
          source.trim() === '' ? 'The formula is empty.' : 'A value is missing at the end.',
          token,
        );
    }
  }

  function named(token: Token, depth: number): Formula {
    const word = wordOf(token);
    const span: Span = { from: token.from, to: token.to };
    if (isMark('(')) return called(token, depth);
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', ...span };
    if (word === 'null') return { kind: 'null', ...span };
    if (RESERVED.has(word)) throw formulaFault(`A value is missing before “${token.value}”.`, token);
    return { kind: 'column', name: token.value, ...span };
  }

  function called(name: Token, depth: number): Formula {
    take();
    const operands: Formula[] = [];
    if (!isMark(')')) {
      do operands.push(expression(0, depth + 1));
      while (isMark(',') && take());
    }
    const end = expect(')', 'The parenthesis of the function is not closed.');
    return { kind: 'call', name: name.value, operands, from: name.from, to: end.to };
  }

  const formula = expression(0, 0);
  if (peek().kind !== 'end') throw formulaFault('An operator is missing before this.', peek());
  return formula;
}
