import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { checkFormula } from '../../shared/formula/formula';
import { FORMULA_FUNCTIONS } from '../../shared/formula/functions';
import type { FormulaFunction, Parameter } from '../../shared/formula/functions/function';
import type { FormulaType } from '../../shared/formula/types';
import type { Engine } from '../../shared/ports/engine';
import { answerLookups } from '../conformance/answer';
import { texts } from '../conformance/corpus';
import { openHost, openWasm } from '../conformance/engines';
import { QUANTITY_HEADER, quantityRows } from '../conformance/quantities';
import { ruleSetOf } from '../conformance/rule-sets';
import { type Cells, type SparkServer, startSparkServer } from '../conformance/spark-server';
import { type Outcome, runAllOnSparkServer, runOnDuckdb } from '../conformance/trace';
import { shown } from '../conformance/values';

/** `npm run soak formulas engines=wasm,spark`: with which native DuckDB is compared. */
const ENGINES = (process.env.SOAK_ENGINES ?? 'wasm,spark').split(',');
const SEED = 20_261_123;
const FORMULAS = 48;
/** Spark plans a wide step slowly. */
const IN_ONE_PLAN = 2;
const TYPES: readonly FormulaType[] = ['text', 'number', 'date', 'boolean'];

const COLUMN: Record<FormulaType, readonly string[]> = {
  text: ['[the text]', 'a', 'd', 'null', "'it''s'", "''", "'\\\\1 $1 😀'"],
  number: [
    'number(a)',
    'number(b)',
    'number(n)',
    'number([the text])',
    '0',
    '12.5',
    '99999999999999999999',
    'null',
  ],
  date: ['date(d)', 'date(e)', 'date([the text])', '#2024-02-29#', '#9999-12-31#', 'null'],
  boolean: ['true', 'false', 'isNull(a)', 'number(a) < number(b)', 'date(d) >= date(e)', 'null'],
};
const PATTERN = "'[0-9]{2,4}-?.*'";

const made = new Map<string, fc.Arbitrary<string>>();
/** Formulas of a type, of functions and operators nested this deep at most. */
function formulaOf(type: FormulaType, depth: number): fc.Arbitrary<string> {
  const key = `${type} ${depth}`;
  const known = made.get(key) ?? drawnOf(type, depth);
  made.set(key, known);
  return known;
}

function drawnOf(type: FormulaType, depth: number): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(...COLUMN[type]);
  if (depth === 0) return leaf;
  const deeper = (one: FormulaType) => formulaOf(one, depth - 1);
  const operators: fc.Arbitrary<string>[] = {
    number: ['+', '-', '*', '/'].map((operator) =>
      fc.tuple(deeper('number'), deeper('number')).map(([x, y]) => `(${x} ${operator} ${y})`),
    ),
    text: [fc.tuple(deeper('text'), deeper('text')).map(([x, y]) => `(${x} & ${y})`)],
    date: [],
    boolean: [
      ...['and', 'or'].map((word) =>
        fc.tuple(deeper('boolean'), deeper('boolean')).map(([x, y]) => `(${x} ${word} ${y})`),
      ),
      ...TYPES.map((of) =>
        fc
          .tuple(deeper(of), fc.constantFrom('=', '<>', '<', '<=', '>', '>='), deeper(of))
          .map(([x, operator, y]) => `(${x} ${operator} ${y})`),
      ),
    ],
  }[type];
  const calls = FORMULA_FUNCTIONS.filter((one) => one.returns === type || one.returns === 'same').map((one) =>
    callOf(one, type, deeper),
  );
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 6, arbitrary: fc.oneof(...calls, ...operators) });
}

function callOf(
  one: FormulaFunction,
  same: FormulaType,
  deeper: (type: FormulaType) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const takes = one.repeats ? [...one.takes, ...one.takes.slice(-1)] : one.takes;
  const operand = ({ type }: Parameter): fc.Arbitrary<string> => {
    if (type === 'any') return fc.constantFrom(...TYPES).chain(deeper);
    if (type === 'same') return deeper(same);
    if (typeof type === 'string') return deeper(type);
    if (type.constant === 'whole')
      return fc.integer({ min: type.least, max: Math.min(type.most, 9) }).map(String);
    return fc.constantFrom(...(type.constant === 'pattern' ? [PATTERN] : ["'-'", "'1'", "''", "'é'"]));
  };
  return fc.tuple(...takes.map(operand)).map((operands) => `${one.name}(${operands.join(', ')})`);
}

const everyFunction = FORMULA_FUNCTIONS.map(({ example }) => example.replace(/\[[^\]]*\]/g, '[the text]'));
const drawn = fc.sample(
  fc.constantFrom(...TYPES).chain((type) => formulaOf(type, 3)),
  { seed: SEED, numRuns: FORMULAS * 3 },
);
const formulas = [
  ...everyFunction,
  ...drawn.filter((one) => one.length < 400 && /[(]/.test(one)).slice(0, FORMULAS),
];
const step = 97;
const rows: Cells[] = [
  ...quantityRows
    .filter((_, i) => i % step === 0)
    .map((row, i) => [...row, texts[(i * 7) % texts.length] ?? null]),
  ...texts
    .filter((one, i) => one.length < 300 && i % 4 === 0)
    .map((one, i) => [...(quantityRows[i] ?? []), one]),
  [...QUANTITY_HEADER.map(() => null), null],
];
const header = [...QUANTITY_HEADER, 'the text'];

const plans = Array.from({ length: Math.ceil(formulas.length / IN_ONE_PLAN) }, (_, p) => {
  const given = formulas.slice(p * IN_ONE_PLAN, (p + 1) * IN_ONE_PLAN);
  const steps = given.map((expression, i) => ({
    operation: 'derive',
    columns: [],
    parameters: { expression, into: `f${i}` },
  }));
  return { given, plan: compilePlan(ruleSetOf(`formulas ${p}`, steps), header) };
});

let native: Engine;
let wasm: Engine;
let spark: SparkServer | undefined;
beforeAll(async () => {
  [native, wasm] = await Promise.all([openHost(), openWasm()]);
  if (ENGINES.includes('spark')) spark = await startSparkServer();
});
afterAll(() => Promise.all([native?.close(), wasm?.close(), spark?.close()]));

test('the drawn formulas are sound, and of every type', () => {
  expect(new Set(formulas.map((one) => checkFormula(one).type)).size).toBeGreaterThanOrEqual(4);
});

test('formulas mean the same on every engine', async () => {
  const cases = plans.map(({ plan }) => ({ plan, rows, partitions: 2 }));
  const onSpark = spark ? await runAllOnSparkServer(spark, cases) : [];
  const differing: string[] = [];
  let present = 0;
  for (const [p, { plan, given }] of plans.entries()) {
    const expected = await runOnDuckdb(native, plan, rows, answerLookups);
    const others: [string, Outcome | Error | undefined][] = [
      ['wasm', await runOnDuckdb(wasm, plan, rows, answerLookups)],
      ...(spark ? [['spark', onSpark[p]] as [string, Outcome | Error | undefined]] : []),
    ];
    const cells = (outcome: Outcome, r: number) => outcome.rows[r] as Cells;
    for (const [engine, outcome] of others) {
      if (!outcome || outcome instanceof Error) {
        differing.push(`${engine}: ${outcome?.message}`);
        continue;
      }
      for (const r of rows.keys()) {
        for (const [i, source] of given.entries()) {
          const [a, b] = [cells(expected, r)[header.length + i], cells(outcome, r)[header.length + i]];
          if (a !== null) present++;
          if (a !== b)
            differing.push(`${source} of ${JSON.stringify(rows[r])}: ${shown(a)}, in ${engine} ${shown(b)}`);
        }
      }
    }
  }
  expect(differing.slice(0, 10)).toEqual([]);
  expect(present).toBeGreaterThan(rows.length * 20);
});
