import { COMPARISON, type Formula, MINUS_PRECEDENCE, NOT_PRECEDENCE, PRECEDENCE } from './syntax';

const precedenceOf = (formula: Formula): number => {
  if (formula.kind === 'binary') return PRECEDENCE[formula.operator];
  if (formula.kind === 'unary') return formula.operator === 'not' ? NOT_PRECEDENCE : MINUS_PRECEDENCE;
  return 10;
};

const within = (formula: Formula, least: number): string =>
  precedenceOf(formula) < least ? `(${printFormula(formula)})` : printFormula(formula);

/** A formula as text: reading it gives the same formula again. */
export function printFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'text':
      return `'${formula.value.replaceAll("'", "''")}'`;
    case 'number':
      return formula.value;
    case 'date':
      return `#${formula.value}#`;
    case 'boolean':
      return formula.value ? 'true' : 'false';
    case 'null':
      return 'null';
    case 'column':
      return `[${formula.name.replaceAll(']', ']]')}]`;
    case 'call':
      return `${formula.name}(${formula.operands.map(printFormula).join(', ')})`;
    case 'unary':
      return formula.operator === 'not'
        ? `not ${within(formula.operand, NOT_PRECEDENCE)}`
        : `-${within(formula.operand, MINUS_PRECEDENCE)}`;
    case 'binary': {
      const own = PRECEDENCE[formula.operator];
      const left = within(formula.left, own === COMPARISON ? own + 1 : own);
      return `${left} ${formula.operator} ${within(formula.right, own + 1)}`;
    }
  }
}
