import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginPlan, planBuilder } from '../../../shared/compile/builder';
import { render } from '../../../shared/compile/render';
import { isFault } from '../../../shared/contract/errors';
import { checkFormula } from '../../../shared/formula/formula';
import { FORMULA_FUNCTIONS } from '../../../shared/formula/functions';
import { parseFormula } from '../../../shared/formula/parse';
import { printFormula } from '../../../shared/formula/print';
import { BINARY_OPERATORS, COMPARISON, type Formula, PRECEDENCE } from '../../../shared/formula/syntax';

const SEED = 20_261_123;
const nowhere = { from: 0, to: 0 };

const leaf: fc.Arbitrary<Formula> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((value): Formula => ({ kind: 'text', value, ...nowhere })),
  fc
    .tuple(fc.nat(), fc.option(fc.nat(999_999_999)))
    .map(([a, b]): Formula => ({ kind: 'number', value: b === null ? `${a}` : `${a}.${b}`, ...nowhere })),
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((one): Formula => ({ kind: 'date', value: one.toISOString().slice(0, 10), ...nowhere })),
  fc.boolean().map((value): Formula => ({ kind: 'boolean', value, ...nowhere })),
  fc.constant<Formula>({ kind: 'null', ...nowhere }),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 8 })
    .map((name): Formula => ({ kind: 'column', name, ...nowhere })),
);
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    leaf,
    fc
      .tuple(fc.constantFrom('not', '-'), tie('formula'))
      .map(([operator, operand]): Formula => ({ kind: 'unary', operator, operand, ...nowhere }) as Formula),
    fc
      .tuple(fc.constantFrom(...BINARY_OPERATORS), tie('formula'), tie('formula'))
      .map(([operator, left, right]): Formula => ({ kind: 'binary', operator, left, right, ...nowhere })),
    fc
      .tuple(
        fc.constantFrom('if', 'first', 'Nothing', 'größe', 'Round'),
        fc.array(tie('formula'), { maxLength: 3 }),
      )
      .map(([name, operands]): Formula => ({ kind: 'call', name, operands, ...nowhere })),
  ),
}));

/** Without places. */
const bare = (one: Formula): unknown =>
  JSON.parse(JSON.stringify(one, (key, value) => (key === 'from' || key === 'to' ? undefined : value)));
const isShort = (one: Formula) => printFormula(one).length <= 2000;

test('what is printed reads as the same formula', () => {
  const property = fc.property(formula.filter(isShort), (one) => {
    expect(bare(parseFormula(printFormula(one)))).toEqual(bare(one));
  });
  fc.assert(property, { seed: SEED, numRuns: 2000 });
});

const WORDS = [
  ...FORMULA_FUNCTIONS.map(({ name }) => `${name}(`),
  ...BINARY_OPERATORS,
  ...[
    ')',
    ',',
    '(',
    '[',
    ']',
    "'",
    '"',
    '#',
    '1',
    '0.5',
    '#2024-02-29#',
    '#2024-02-30#',
    "'a'",
    '[c 1]',
    'name',
    ' ',
  ],
  ...[
    'not ',
    'null',
    'true',
    '-',
    '!',
    '%',
    '\0',
    '\ud800',
    '😀',
    '1e5',
    "'; DROP TABLE c0;--",
    '`',
    '$\u007Bx}',
    '\\',
  ],
];
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((parts) => parts.join('')),
  formula.map(printFormula),
);

test('anything is read, or refused with a place in it', () => {
  const property = fc.property(anything, (source) => {
    try {
      const checked = checkFormula(source);
      const builder = planBuilder(
        beginPlan(checked.columns.length > 0 ? [...checked.columns] : ['c']),
        0,
        'step 1',
      );
      const built = checked.build(builder);
      expect(render(built, 'duckdb')).not.toContain('undefined');
    } catch (error) {
      if (!isFault(error, 'formula.invalid')) throw error;
      const from = error.place?.offset ?? -1;
      expect(from).toBeGreaterThanOrEqual(0);
      expect(from).toBeLessThanOrEqual(source.length);
    }
  });
  fc.assert(property, { seed: SEED, numRuns: 5000 });
});

test.each(FORMULA_FUNCTIONS.map((one) => [one.name, one.example] as const))(
  'the example of %s is sound',
  (name, example) => {
    const found = checkFormula(example);
    expect(example.toLowerCase()).toContain(`${name.toLowerCase()}(`);
    expect(found.type).not.toBe('null');
  },
);

describe('faults say where', () => {
  test.each([
    ['', 0, /empty/],
    ['1 +', 3, /missing at the end/],
    ['1 2', 2, /operator is missing/],
    ['[amount] * 2', 0, /number\(…\)/],
    ["number([a]) + 'x'", 14, /where a number is needed/],
    ['1 < 2 < 3', 6, /do not chain/],
    ['nosuch(1)', 0, /no function/],
    ['left([a], [b])', 10, /whole number from 0/],
    ['left([a], -1)', 10, /whole number from 0/],
    ["matches([a], '(?=x)')", 14, /Look-ahead/],
    ['#2024-02-30#', 0, /no such day/],
    ["'abc", 0, /not closed/],
    ['if(1, 2, 3)', 3, /true or false is needed/],
    ["if(true, 1, 'x')", 12, /where a number is needed/],
    ['date([a]) = number([b])', 12, /where a date is needed/],
    ['1.1234567891', 0, /9 after it/],
    [`${'('.repeat(50)}1${')'.repeat(50)}`, 41, /levels deep/],
    [Array(300).fill('1').join('+'), 400, /values at most/],
    ['trim([a], 1)', 0, /takes 1 value\./],
    ['[a] | [b]', 4, /joined with &/],
    ["'a\ud800'", 2, /half a character/],
  ])('%s', (source, position, message) => {
    expect(() => checkFormula(source)).toThrow(
      expect.objectContaining({ code: 'formula.invalid', message: expect.stringMatching(message) }),
    );
    try {
      checkFormula(source);
    } catch (error) {
      expect(isFault(error) && error.place?.offset).toBe(position);
    }
  });
});

test('names, words and functions are read in any letter case; brackets hold any name', () => {
  expect(checkFormula('NOT IsEmpty(Name) AND TRUE').columns).toEqual(['Name']);
  expect(checkFormula('[a ]]b] & [and] & größe_1').columns).toEqual(['a ]b', 'and', 'größe_1']);
});

test('operators bind as in arithmetic', () => {
  expect(printFormula(parseFormula('(1 + 2) * 3 - (4 - 5)'))).toBe('(1 + 2) * 3 - (4 - 5)');
  expect(printFormula(parseFormula('((1 * 2) + 3)'))).toBe('1 * 2 + 3');
  expect(printFormula(parseFormula('not (a = b) or c = d & e'))).toBe('not [a] = [b] or [c] = [d] & [e]');
  expect(Object.values(PRECEDENCE).filter((one) => one === COMPARISON)).toHaveLength(6);
});
