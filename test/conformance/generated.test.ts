import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import type { Engine } from '../../shared/ports/engine';
import { answerLookups } from './answer';
import { texts } from './corpus';
import { openHost, openWasm } from './engines';
import { ruleSetOf, type StepGiven } from './rule-sets';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runOnDuckdb, runOnSparkServer } from './trace';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const HEADER = ['id', 'name', 'e-mail', 'phone'];
const SEED = 20_261_123;
const RULE_SETS = 6;

const some = fc.subarray(HEADER, { minLength: 1, maxLength: 3 });
const one = fc.constantFrom(...HEADER);
const invalid = fc.constantFrom('keep', 'null', 'reject');
const step = (operation: string, columns: fc.Arbitrary<string[]>, parameters: fc.Arbitrary<object>) =>
  fc.record({ columns, parameters }).map((given): StepGiven => ({ operation, ...given }) as StepGiven);
const none = fc.constant<string[]>([]);

const condition = fc.oneof(
  fc.record({ column: one, test: fc.constantFrom('is-empty', 'is-not-empty') }),
  fc.record({
    column: one,
    test: fc.constantFrom('equals', 'not-equals', 'contains', 'not-contains', 'starts-with', 'ends-with'),
    value: fc.constantFrom('a', 'ANN', 'É', '', '1', '@', '\\', "'"),
    ignoreCase: fc.boolean(),
  }),
  fc.record({
    column: one,
    test: fc.constantFrom('matches', 'not-matches'),
    value: fc.constantFrom('^\\w', '[^\\x00-\\x7f]', '\\d$'),
  }),
);
const steps = fc.array(
  fc.oneof(
    step('trim', some, fc.record({ sides: fc.constantFrom('both', 'start', 'end') })),
    step('collapse-whitespace', some, fc.constant({})),
    step('change-case', some, fc.record({ to: fc.constantFrom('lower', 'upper', 'title', 'sentence') })),
    step('nullify', some, fc.record({ ignoreCase: fc.boolean() })),
    step(
      'email',
      fc.constant(['e-mail']),
      fc.record({ canonical: fc.constantFrom('none', 'lower', 'provider'), invalid }),
    ),
    step(
      'phone',
      fc.constant(['phone']),
      fc.record({
        defaultRegion: fc.constantFrom('US', 'DE'),
        invalid,
        extension: fc.constantFrom('drop', 'keep', 'column'),
      }),
    ),
    step(
      'filter',
      none,
      fc.record({
        where: fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
        action: fc.constant('drop'),
      }),
    ),
    step(
      'deduplicate',
      none,
      fc.record({
        keys: fc.subarray(HEADER, { minLength: 1, maxLength: 2 }),
        normalize: fc.constantFrom('none', 'trim', 'lower', 'trim-lower'),
        keep: fc.constantFrom('any', 'most-complete'),
      }),
    ),
    step(
      'deduplicate',
      none,
      fc.record({
        keys: fc.tuple(one),
        keep: fc.constantFrom('first', 'last'),
        orderBy: fc.tuple(
          fc.record({
            column: one,
            direction: fc.constantFrom('ascending', 'descending'),
            nulls: fc.constantFrom('first', 'last'),
          }),
        ),
      }),
    ),
    step(
      'check',
      some,
      fc.record({ kind: fc.constantFrom('not-empty', 'email'), onFail: fc.constantFrom('reject', 'flag') }),
    ),
  ),
  { minLength: 3, maxLength: 8 },
);

const cell = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('Ann', 'ann ', 'ANN', 'Bob', null, '', ' ', 'N/A') },
  { weight: 1, arbitrary: fc.constantFrom(...texts.filter((text) => text.length < 200)) },
);
const contact = fc.constantFrom(
  'A.Lee@Example.com',
  'a.lee@example.com ',
  'a.l.ee+x@gmail.com',
  'ann@',
  null,
  '',
);
const number = fc.constantFrom(
  '(212) 555-0147',
  '212-555-0147 x7',
  '030 123456',
  '+49 30 123456',
  '٢١٢-٥٥٥-٠١٤٧',
  '5',
  null,
);
const table = fc.array(fc.tuple(cell, cell, contact, number), { minLength: 120, maxLength: 200 });

/** Independent of the order of rows, and of which of two rows alike in everything stays. */
const content = ({ rows }: Outcome, input: readonly Cells[]) =>
  rows.map((row, r) => JSON.stringify([row, input[r]])).sort();

const drawn = fc.sample(fc.tuple(steps, table), { seed: SEED, numRuns: RULE_SETS });

test.each(drawn.map((one, i) => [i + 1, one] as const))(
  `generated rule set %i of seed ${SEED}`,
  async (n, [given, rows]) => {
    const plan = compilePlan(ruleSetOf(`generated ${n}`, given), HEADER);
    const expected = await runOnDuckdb(native, plan, rows, answerLookups);
    const others = {
      wasm: await runOnDuckdb(wasm, plan, rows, answerLookups),
      'one partition': await runOnSparkServer(spark, plan, rows, { partitions: 1 }),
      'three, shuffled': await runOnSparkServer(spark, plan, rows, { partitions: 3, seed: n }),
      'eight, shuffled': await runOnSparkServer(spark, plan, rows, { partitions: 8, seed: n + 100 }),
    };
    for (const [name, outcome] of Object.entries(others)) {
      expect(outcome.measures, name).toEqual(expected.measures);
      expect(content(outcome, rows), name).toEqual(content(expected, rows));
    }
  },
);
