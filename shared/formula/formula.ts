import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { isFault } from '../contract/errors';
import { date, decimal, type Expression, text, truth } from '../expression/expression';
import { compilePattern } from '../expression/pattern';
import { call } from '../expression/primitives';
import { findFunction, signatureOf } from './functions';
import type { ConstantKind, FormulaFunction } from './functions/function';
import { parseFormula } from './parse';
import { type BinaryOperator, columnsIn, type Formula, formulaFault } from './syntax';
import { type FormulaType, TYPE_WORDS, type Typed, typedNull } from './types';

/** A formula that is sound: its type, the columns it reads, and its expression in a plan. */
export type CheckedFormula = {
  readonly formula: Formula;
  readonly type: FormulaType | 'null';
  readonly columns: readonly string[];
  build(builder: PlanBuilder): Expression;
};

/** Reads and checks a formula. Throws a Fault with the place of what is wrong, and nothing else. */
export function checkFormula(source: string): CheckedFormula {
  const formula = parseFormula(source);
  const typed = typeOf(formula);
  return {
    formula,
    type: typed.type,
    columns: columnsIn(formula),
    build: (builder) => typed.build(builder, typed.type === 'null' ? 'text' : typed.type),
  };
}

/** A formula of a step's parameters; a fault names the position. */
export const formulaSchema = (wanted?: FormulaType) =>
  z.string().check(({ value, issues }) => {
    try {
      const { type, formula } = checkFormula(value);
      if (wanted !== undefined && type !== wanted && type !== 'null')
        throw formulaFault(
          `The formula must be ${TYPE_WORDS[wanted]}; this is ${TYPE_WORDS[type]}.`,
          formula,
        );
    } catch (error) {
      if (!isFault(error)) throw error;
      const position = error.place?.offset ?? 0;
      const message = `at character ${position + 1}: ${error.message}`;
      issues.push({ code: 'custom', message, input: value, params: { position } });
    }
  });

const HINTS: Partial<Record<FormulaType, string>> = {
  number: ' number(…) reads text as a number.',
  date: ' date(…) reads text as a date.',
  text: ' text(…) writes it as text.',
};

/** A value where a type is wanted; names what turns one into the other. */
function as(formula: Formula, wanted: FormulaType): (builder: PlanBuilder) => Expression {
  const typed = typeOf(formula);
  if (typed.type !== wanted && typed.type !== 'null') {
    const hint = typed.type === 'text' || wanted === 'text' ? (HINTS[wanted] ?? '') : '';
    throw formulaFault(
      `This is ${TYPE_WORDS[typed.type]}, where ${TYPE_WORDS[wanted]} is needed.${hint}`,
      formula,
    );
  }
  // Templates may repeat an operand: what was worked out is named. So is null: DuckDB's functions lose its type.
  return (builder) => {
    const built = typed.build(builder, wanted);
    const isNull = built.kind === 'literal' && built.value === null;
    return built.kind === 'call' || isNull ? builder.bind(built) : built;
  };
}

const known = new WeakMap<Formula, Typed>();
/** The type of each part is worked out once, however often it is asked for. */
function typeOf(formula: Formula): Typed {
  const found = known.get(formula) ?? typeFrom(formula);
  known.set(formula, found);
  return found;
}

function typeFrom(formula: Formula): Typed {
  switch (formula.kind) {
    case 'text':
      return { type: 'text', build: () => text(formula.value) };
    case 'number':
      return { type: 'number', build: () => decimal(formula.value) };
    case 'date':
      return { type: 'date', build: () => date(formula.value) };
    case 'boolean':
      return { type: 'boolean', build: () => truth(formula.value) };
    case 'null':
      return typedNull;
    case 'column':
      return { type: 'text', build: (builder) => builder.value(formula.name) };
    case 'unary': {
      const type = formula.operator === 'not' ? 'boolean' : 'number';
      const operand = as(formula.operand, type);
      return {
        type,
        build: (builder) =>
          type === 'boolean'
            ? call('not', [operand(builder)])
            : call('minus', [decimal('0'), operand(builder)]),
      };
    }
    case 'binary':
      return binary(formula);
    case 'call':
      return called(formula);
  }
}

type Build = (left: Expression, right: Expression) => Expression;
const OF_TYPE: Partial<Record<BinaryOperator, readonly [operands: FormulaType, build: Build]>> = {
  or: ['boolean', (a, b) => call('or', [a, b])],
  and: ['boolean', (a, b) => call('and', [a, b])],
  '&': ['text', (a, b) => call('join', [a, b])],
  '+': ['number', (a, b) => call('plus', [a, b])],
  '-': ['number', (a, b) => call('minus', [a, b])],
  '*': ['number', (a, b) => call('times', [a, b])],
  '/': ['number', (a, b) => call('dividedBy', [a, b])],
};
const COMPARED: Partial<Record<BinaryOperator, Build>> = {
  '=': (a, b) => call('equal', [a, b]),
  '<>': (a, b) => call('not', [call('equal', [a, b])]),
  '<': (a, b) => call('less', [a, b]),
  '<=': (a, b) => call('lessOrEqual', [a, b]),
  '>': (a, b) => call('less', [b, a]),
  '>=': (a, b) => call('lessOrEqual', [b, a]),
};

function binary({ operator, left, right }: Formula & { kind: 'binary' }): Typed {
  const rule = OF_TYPE[operator];
  if (rule) {
    const [type, build] = rule;
    const [a, b] = [as(left, type), as(right, type)];
    return { type, build: (builder) => build(a(builder), b(builder)) };
  }
  const build = COMPARED[operator];
  if (!build) throw new TypeError(`The operator ${operator} has no meaning.`);
  const type = commonType([left, right]);
  const [a, b] = [as(left, type), as(right, type)];
  return { type: 'boolean', build: (builder) => build(a(builder), b(builder)) };
}

/** The one type of values that must have the same: that of the first that has one. */
function commonType(operands: readonly Formula[]): FormulaType {
  for (const one of operands) {
    const { type } = typeOf(one);
    if (type !== 'null') return type;
  }
  return 'text';
}

function called(formula: Formula & { kind: 'call' }): Typed {
  const found = findFunction(formula.name);
  const { operands } = formula;
  if (!found) {
    const end = formula.from + formula.name.length;
    throw formulaFault(`There is no function “${formula.name}”.`, { from: formula.from, to: end });
  }
  const least = found.takes.length;
  if (operands.length < least || (!found.repeats && operands.length > least))
    throw formulaFault(
      `${signatureOf(found)} takes ${least} value${least === 1 ? '' : 's'}${found.repeats ? ' or more' : ''}.`,
      formula,
    );
  return applied(found, operands);
}

function applied(found: FormulaFunction, operands: readonly Formula[]): Typed {
  const parameterAt = (i: number) => found.takes[Math.min(i, found.takes.length - 1)]?.type ?? 'any';
  const sharing = operands.filter((_, i) => parameterAt(i) === 'same');
  const same = commonType(sharing);
  const builds: ((builder: PlanBuilder) => Expression)[] = [];
  const texts: string[] = [];
  const numbers: number[] = [];
  for (const [i, operand] of operands.entries()) {
    const parameter = parameterAt(i);
    if (typeof parameter === 'object') {
      const constant = constantOf(operand, parameter);
      if (typeof constant === 'string') texts.push(constant);
      else numbers.push(constant);
    } else if (parameter === 'same') builds.push(as(operand, same));
    else builds.push(as(operand, parameter === 'any' ? commonType([operand]) : parameter));
  }
  return {
    type: found.returns === 'same' ? same : found.returns,
    build: (builder) =>
      found.build({ builder, operands: builds.map((build) => build(builder)), texts, numbers }),
  };
}

/** A constant that is written out, within its bounds. */
function constantOf(formula: Formula, kind: ConstantKind): string | number {
  if (kind.constant === 'whole') {
    const negative =
      formula.kind === 'unary' && formula.operator === '-' && formula.operand.kind === 'number';
    const digits = negative ? formula.operand : formula;
    const number = digits.kind === 'number' ? Number(digits.value) * (negative ? -1 : 1) : Number.NaN;
    if (!Number.isInteger(number) || number < kind.least || number > kind.most)
      throw formulaFault(`Write out a whole number from ${kind.least} to ${kind.most} here.`, formula);
    return number;
  }
  if (formula.kind !== 'text') throw formulaFault('Write out a text here, between apostrophes.', formula);
  if (kind.constant === 'pattern') {
    const result = compilePattern(formula.value, { ignoreCase: false, whole: true });
    if (!result.ok) {
      const from = formula.from + 1 + result.fault.position;
      throw formulaFault(result.fault.message, { from: Math.min(from, formula.to), to: formula.to });
    }
  }
  return formula.value;
}
