import type { PlanBuilder } from '../compile/builder';
import { type Expression, nothing, text, type ValueType } from '../expression/expression';
import { call } from '../expression/primitives';

/** Types of a formula's values. Columns are text. */
export type FormulaType = 'text' | 'number' | 'date' | 'boolean';
export const VALUE_TYPE: Record<FormulaType, ValueType> = {
  text: 'text',
  number: 'decimal',
  date: 'date',
  boolean: 'boolean',
};
export const TYPE_WORDS: Record<FormulaType, string> = {
  text: 'text',
  number: 'a number',
  date: 'a date',
  boolean: 'true or false',
};

/** A value with its type, ready to become an expression of a plan. `null` has any type. */
export type Typed = {
  readonly type: FormulaType | 'null';
  build(builder: PlanBuilder, as: FormulaType): Expression;
};

export const typedNull: Typed = { type: 'null', build: (_, as) => nothing(VALUE_TYPE[as]) };

/** A value as the text that a column takes: numbers in plain digits, dates in ISO form, true or false. */
export function textOf(value: Expression): Expression {
  switch (value.type) {
    case 'text':
      return value;
    case 'decimal':
      return call('decimalText', [value], { fewest: 0 });
    case 'date':
      return call('dateText', [value]);
    case 'boolean': {
      const known = call('choose', [value, text('true'), text('false')]);
      return call('choose', [call('isNull', [value]), text(null), known]);
    }
    default:
      throw new TypeError(`A formula has no ${value.type}.`);
  }
}
