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

const HEADER = ['name', 'city', 'mail'];
const SEED = 20261124;

const match = (parameters: Record<string, unknown>): StepGiven => ({
  operation: 'match-duplicates',
  columns: [],
  parameters,
});
const BLOCKS = ['same', 'beginning', 'fingerprint', 'cologne', 'soundex'].map((by) => ({
  columns: ['name'],
  by,
}));

const CASES: readonly (readonly StepGiven[])[] = [
  [
    match({
      block: BLOCKS,
      compare: [
        { column: 'name', close: 800 },
        { column: 'city', by: 'normalized', agree: 40, differ: -30 },
        { column: 'mail', by: 'exact', agree: 120, differ: -40 },
      ],
    }),
  ],
  [
    {
      operation: 'filter',
      columns: [],
      parameters: { where: { all: [{ column: 'city', test: 'is-empty' }] }, action: 'drop' },
    },
    { operation: 'deduplicate', columns: [], parameters: { keys: ['mail'], keep: 'any' } },
    match({
      block: [
        { columns: ['city', 'mail'], by: 'beginning' },
        { columns: ['city'], by: 'soundex' },
      ],
      compare: [{ column: 'name', close: 700, near: 100 }],
      threshold: 90,
      into: 'group',
      scoreInto: 'city',
    }),
    { operation: 'merge-duplicates', columns: [], parameters: { keys: ['group'], otherwise: 'longest' } },
  ],
];

const NAMES = [
  'Jürgen Müller',
  'Juergen Mueller',
  'Jurgen Muler',
  'Meier, Anna',
  'Anna Mayer',
  'Ana Maier',
  'A. M.',
];
const cell = fc.oneof(
  { arbitrary: fc.constantFrom(...NAMES, null, ''), weight: 4 },
  { arbitrary: fc.constantFrom(...texts.filter((text) => text === null || text.length < 300)), weight: 2 },
  { arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '😀'), maxLength: 6 }), weight: 2 },
);
const row = fc.tuple(
  cell,
  fc.oneof(fc.constantFrom('Köln', 'KOLN', 'Bonn', null), cell),
  fc.oneof(fc.constantFrom('a@b.example', 'A@b.example', 'c@b.example', null, ''), cell),
);
const [rows = []] = fc.sample(fc.array(row, { minLength: 150, maxLength: 150 }), { seed: SEED, numRuns: 1 });

const whole = ({ rows: found }: Outcome) => found.map((one, r) => JSON.stringify([one, rows[r]])).sort();

test.each(CASES.map((one, i) => [i + 1, one] as const))('matching rows, case %i', async (n, steps) => {
  const plan = compilePlan(ruleSetOf(`matching ${n}`, [...steps]), HEADER);
  const expected = await runOnDuckdb(native, plan, rows, answerLookups);
  const others: Record<string, Outcome> = {
    wasm: await runOnDuckdb(wasm, plan, rows, answerLookups),
    'one partition': await runOnSparkServer(spark, plan, rows, { partitions: 1 }),
    'eight, shuffled': await runOnSparkServer(spark, plan, rows, { partitions: 8, seed: n }),
  };
  for (const [engine, outcome] of Object.entries(others)) {
    expect(outcome.measures, engine).toEqual(expected.measures);
    expect(whole(outcome), engine).toEqual(whole(expected));
  }
});

test('a block that is too large is refused on every engine', async () => {
  const step = match({ block: [{ columns: ['city'], by: 'same' }], compare: [{ column: 'name' }] });
  const plan = compilePlan(ruleSetOf('too large', [step]), HEADER);
  const many = Array.from({ length: 2001 }, (_, i) => [`name ${i}`, 'Bonn', null]);
  const refused = /2001 have the same key/;
  await expect(runOnDuckdb(native, plan, many, answerLookups)).rejects.toThrow(refused);
  await expect(runOnDuckdb(wasm, plan, many, answerLookups)).rejects.toThrow(refused);
  await expect(runOnSparkServer(spark, plan, many)).rejects.toThrow(refused);
});
