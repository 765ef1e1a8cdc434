import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { lowercaseTable, mapCase } from '../expression/case-table';
import type { Expression } from '../expression/expression';
import { compilePattern } from '../expression/pattern';
import { call } from '../expression/primitives';

/** A pattern of the documented subset; a fault names the position. */
export const patternSchema = z.string().check((context) => {
  const result = compilePattern(context.value, { ignoreCase: false });
  if (result.ok) return;
  context.issues.push({
    code: 'custom',
    message: `at character ${result.fault.position + 1}: ${result.fault.message}`,
    input: context.value,
    params: { position: result.fault.position },
  });
});

const column = z.string().min(1);
const ignoreCase = z.boolean().default(false);
const TEXT_TESTS = ['equals', 'not-equals', 'contains', 'not-contains', 'starts-with', 'ends-with'] as const;

export const conditionSchema = z.discriminatedUnion('test', [
  z.strictObject({ column, test: z.enum(['is-empty', 'is-not-empty']) }),
  z.strictObject({ column, test: z.enum(TEXT_TESTS), value: z.string(), ignoreCase }),
  z.strictObject({
    column,
    test: z.enum(['in-list', 'not-in-list']),
    values: z.array(z.string()).min(1).max(1000),
    ignoreCase,
  }),
  z.strictObject({ column, test: z.enum(['matches', 'not-matches']), value: patternSchema, ignoreCase }),
]);
export type Condition = z.output<typeof conditionSchema>;

export const whereSchema = z.union(
  [
    z.strictObject({ all: z.array(conditionSchema).min(1).max(50) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(50) }),
  ],
  { error: 'must hold “all” or “any” with a list of conditions' },
);
export type Where = z.output<typeof whereSchema>;

/** The conditions of either form. */
export const conditionsOf = (where: Where): readonly Condition[] => ('all' in where ? where.all : where.any);

/** Whether a value is null, empty, or nothing but white space. */
export const isBlank = (value: Expression): Expression =>
  call('isMissing', [call('trimWhiteSpace', [value], { sides: 'both' })]);

/** Whether a pattern is found in the text, or matches all of it. The pattern must have passed patternSchema. */
export function matchesPattern(
  value: Expression,
  source: string,
  options: { ignoreCase: boolean; whole?: boolean },
): Expression {
  const result = compilePattern(source, options);
  if (!result.ok) throw new TypeError(result.fault.message);
  return call('matches', [value], result.compiled);
}

type PositiveTest = (value: Expression, condition: Condition) => Expression;
const folded = (text: string, ignore: boolean) => (ignore ? mapCase(text, lowercaseTable) : text);
const listed: PositiveTest = (value, condition) => {
  if (!('values' in condition)) throw new TypeError('This test takes a list.');
  return call('isOneOf', [value], {
    values: condition.values.map((one) => folded(one, condition.ignoreCase)),
  });
};
const equal: PositiveTest = (value, condition) => {
  if (!('value' in condition)) throw new TypeError('This test takes a value.');
  return call('isOneOf', [value], { values: [folded(condition.value, condition.ignoreCase)] });
};
const held =
  (position: 'anywhere' | 'start' | 'end'): PositiveTest =>
  (value, condition) => {
    if (!('value' in condition)) throw new TypeError('This test takes a value.');
    return call('contains', [value], { find: folded(condition.value, condition.ignoreCase), position });
  };
const matched: PositiveTest = (value, condition) => {
  if (!('value' in condition)) throw new TypeError('This test takes a pattern.');
  return matchesPattern(value, condition.value, { ignoreCase: condition.ignoreCase });
};
const opposite =
  (test: PositiveTest): PositiveTest =>
  (value, condition) =>
    call('not', [test(value, condition)]);

const TESTS: Record<Condition['test'], PositiveTest> = {
  'is-empty': isBlank,
  'is-not-empty': opposite(isBlank),
  equals: equal,
  'not-equals': opposite(equal),
  contains: held('anywhere'),
  'not-contains': opposite(held('anywhere')),
  'starts-with': held('start'),
  'ends-with': held('end'),
  'in-list': listed,
  'not-in-list': opposite(listed),
  matches: matched,
  'not-matches': opposite(matched),
};

/** Whether a condition holds: true or false, never null. A null cell equals, contains and matches nothing. */
export function conditionHolds(builder: PlanBuilder, condition: Condition): Expression {
  const value = builder.value(condition.column);
  const lowered = 'ignoreCase' in condition && condition.ignoreCase && !condition.test.endsWith('matches');
  return TESTS[condition.test](lowered ? builder.bind(call('lower', [value])) : value, condition);
}

/** Whether all, or any, of the conditions hold. */
export function whereHolds(builder: PlanBuilder, where: Where): Expression {
  const tests = conditionsOf(where).map((condition) => conditionHolds(builder, condition));
  return call('all' in where ? 'and' : 'or', tests);
}

const TEST_WORDS: Record<Condition['test'], string> = {
  'is-empty': 'is empty',
  'is-not-empty': 'is not empty',
  equals: 'is',
  'not-equals': 'is not',
  contains: 'contains',
  'not-contains': 'does not contain',
  'starts-with': 'starts with',
  'ends-with': 'ends with',
  'in-list': 'is one of',
  'not-in-list': 'is none of',
  matches: 'matches',
  'not-matches': 'does not match',
};

/** “e-mail ends with “@example.org” and country is empty”. */
export function whereWords(where: Where): string {
  return conditionsOf(where)
    .map((condition) => {
      const words = `${condition.column} ${TEST_WORDS[condition.test]}`;
      if ('values' in condition) return `${words} ${condition.values.map((one) => `“${one}”`).join(', ')}`;
      return 'value' in condition ? `${words} “${condition.value}”` : words;
    })
    .join('all' in where ? ' and ' : ' or ');
}
