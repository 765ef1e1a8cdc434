import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import type { Engine } from '../../shared/ports/engine';
import { answerLookups } from './answer';
import { texts } from './corpus';
import { openHost, openWasm } from './engines';
import { ruleSetOf, type StepGiven } from './rule-sets';
import { type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runOnDuckdb, runOnSparkServer } from './trace';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const HEADER = ['key', 'a', 'b', 'c', 'd', 'when'];
const SEED = 20261123;

const merge = (parameters: Record<string, unknown>): StepGiven => ({
  operation: 'merge-duplicates',
  columns: [],
  parameters,
});

/** Rules of every kind, and steps that feed them or read what they made. */
const CASES: readonly (readonly StepGiven[])[] = [
  [merge({ keys: ['key'] })],
  [
    merge({
      keys: ['key'],
      normalize: 'trim-lower',
      orderBy: [{ column: 'when', direction: 'descending', nulls: 'first' }],
      survivorship: [
        { column: 'a', rule: 'latest', by: 'when' },
        { column: 'b', rule: 'longest' },
        { column: 'c', rule: 'most-frequent' },
        { column: 'd', rule: 'max' },
        { column: 'when', rule: 'min' },
      ],
    }),
  ],
  [
    { operation: 'trim', columns: ['a', 'b'], parameters: {} },
    {
      operation: 'filter',
      columns: [],
      parameters: { where: { all: [{ column: 'a', test: 'equals', value: '' }] }, action: 'drop' },
    },
    merge({ keys: ['key', 'when'], otherwise: 'most-frequent' }),
    { operation: 'change-case', columns: ['b'], parameters: { to: 'lower' } },
    merge({ keys: ['when'], survivorship: [{ column: 'b', rule: 'latest', by: 'a' }], otherwise: 'max' }),
    { operation: 'deduplicate', columns: [], parameters: { keys: ['c'], keep: 'most-complete' } },
  ],
];

const cell = fc.oneof(
  { arbitrary: fc.constantFrom(...texts.filter((text) => text === null || text.length < 200)), weight: 2 },
  {
    arbitrary: fc.constantFrom(null, '', ' ', 'a', 'ab', 'b', 'B', 'é', 'e\u0301', '😀', '\uffee'),
    weight: 3,
  },
);
const row = fc.tuple(
  fc.constantFrom('k1', 'k2', ' K1', 'k3', '', null, 'é'),
  cell,
  cell,
  cell,
  cell,
  fc.constantFrom('2024-01-01', '2025-01-01', '', null),
);
const [rows = []] = fc.sample(fc.array(row, { minLength: 120, maxLength: 120 }), { seed: SEED, numRuns: 1 });

const whole = ({ rows: found }: Outcome) => found.map((one, r) => JSON.stringify([one, rows[r]])).sort();

test.each(CASES.map((one, i) => [i + 1, one] as const))('merging rows, case %i', async (n, steps) => {
  const plan = compilePlan(ruleSetOf(`merging ${n}`, [...steps]), HEADER);
  const expected = await runOnDuckdb(native, plan, rows, answerLookups);
  const others: Record<string, Outcome> = {
    wasm: await runOnDuckdb(wasm, plan, rows, answerLookups),
    'one partition': await runOnSparkServer(spark, plan, rows, { partitions: 1 }),
    'eight, shuffled': await runOnSparkServer(spark, plan, rows, { partitions: 8, seed: n }),
  };
  expect(expected.rows.filter((one) => 'left' in one).length).toBeGreaterThan(10);
  for (const [engine, outcome] of Object.entries(others)) {
    expect(outcome.measures, engine).toEqual(expected.measures);
    // Which of two rows alike in everything stays is open.
    expect(whole(outcome), engine).toEqual(whole(expected));
  }
});
