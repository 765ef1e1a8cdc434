import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { isGrouped, type Plan } from '../../shared/compile/plan';
import { operations } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { cellsIn, disagreement } from './agreement';
import { answerLookups } from './answer';
import { awkwardRows, rows } from './corpus';
import { awkwardCases } from './corpus-cases';
import { openHost, openWasm } from './engines';
import { figuresOf } from './figures';
import { ruleSetOf, type StepGiven } from './rule-sets';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runAllOnSparkServer, runOnDuckdb } from './trace';

let wasm: Engine;
let native: Engine;
const figures = figuresOf();
beforeAll(async () => {
  [wasm, native] = await Promise.all([openWasm(), openHost()]);
});
afterAll(async () => {
  figures.write('awkward cells');
  await Promise.all([wasm?.close(), native?.close()]);
});

const HEADER = ['a', 'b', 'c'];
/** Plans that Spark gets at once. */
const AT_ONCE = 8;
const on = (operation: string, parameters: Record<string, unknown>, columns = ['a']): StepGiven => ({
  operation,
  columns,
  parameters,
});
const any = (...conditions: Record<string, unknown>[]) => ({
  where: { any: conditions.map((one) => ({ column: 'a', ...one })) },
});
const all = (...conditions: Record<string, unknown>[]) => ({
  where: { all: conditions.map((one) => ({ column: 'a', ...one })) },
});

/** Each operation with each of its settings; several steps where one feeds the other. */
const CASES: Record<string, StepGiven[]> = {
  trim: ['both', 'start', 'end'].map((sides) => on('trim', { sides })),
  'collapse-whitespace': [on('collapse-whitespace', {}, HEADER)],
  'lower and upper': [on('change-case', { to: 'lower' }), on('change-case', { to: 'upper' }, ['b'])],
  'title and sentence': [on('change-case', { to: 'title' }), on('change-case', { to: 'sentence' }, ['b'])],
  nullify: [
    on('nullify', {}),
    on('nullify', { values: ['', "o'Brien", '\0', '\\', '$1'], ignoreCase: false }, ['b']),
  ],
  'email, keeping': ['none', 'lower-domain', 'lower', 'provider'].map((canonical) =>
    on('email', { canonical }),
  ),
  'email, rejecting': [
    on('email', { canonical: 'provider', invalid: 'null' }),
    on('email', { invalid: 'reject' }, ['b']),
  ],
  'phone, keeping': [on('phone', { defaultRegion: 'DE', format: 'international', extension: 'column' })],
  'phone, rejecting': [on('phone', { defaultRegion: 'US', regionColumn: 'b', invalid: 'reject' })],
  'filter by words': [
    on(
      'filter',
      {
        ...any(
          { test: 'contains', value: 'É', ignoreCase: true },
          { test: 'starts-with', value: '\ufeff' },
          { test: 'ends-with', value: '\\' },
        ),
        action: 'drop',
      },
      [],
    ),
  ],
  'filter by lists': [
    on(
      'filter',
      {
        ...any(
          { test: 'in-list', values: ['ÉTÉ', '', '$'], ignoreCase: true },
          { test: 'is-empty' },
          { test: 'equals', value: '😀' },
        ),
        action: 'drop',
      },
      [],
    ),
  ],
  'filter by pattern': [
    on(
      'filter',
      {
        ...all(
          { test: 'not-matches', value: '^\\s*$' },
          { test: 'matches', value: '[a-zß-ÿ]', ignoreCase: true },
        ),
        action: 'keep',
      },
      [],
    ),
  ],
  'filter by the opposite': [
    on(
      'filter',
      {
        ...all(
          { test: 'not-equals', value: '"' },
          { test: 'not-contains', value: '%' },
          { test: 'is-not-empty' },
        ),
        action: 'keep',
      },
      [],
    ),
  ],
  'deduplicate any': [on('deduplicate', { keys: ['a'], normalize: 'trim-lower' }, [])],
  'deduplicate first': [
    on(
      'deduplicate',
      {
        keys: ['a', 'b'],
        normalize: 'lower',
        keep: 'first',
        orderBy: [{ column: 'c', direction: 'descending', nulls: 'first' }],
      },
      [],
    ),
  ],
  'deduplicate last': [
    on(
      'deduplicate',
      { keys: ['b'], normalize: 'trim', keep: 'last', orderBy: [{ column: 'a' }, { column: 'c' }] },
      [],
    ),
  ],
  'deduplicate most complete': [
    on('trim', {}),
    on('deduplicate', { keys: ['a'], keep: 'most-complete' }, []),
  ],
  'check, flagging': [
    on('check', { kind: 'not-empty', onFail: 'flag', name: 'empty' }),
    on('check', { kind: 'email', onFail: 'flag', name: "e'mail" }, ['a', 'b']),
    on('check', { kind: 'pattern', pattern: '[^\\w]+', onFail: 'flag' }, ['c']),
  ],
  'check, rejecting': [
    on('check', { kind: 'pattern', pattern: '\\S', match: 'anywhere', onFail: 'reject' }),
    on('check', { kind: 'phone', defaultRegion: 'GB', onFail: 'flag' }, ['b']),
    on('check', { kind: 'not-empty', onFail: 'stop', maxShare: 0.5 }, ['c']),
  ],
  'many steps': [
    on('trim', {}, HEADER),
    on('collapse-whitespace', {}, HEADER),
    on('nullify', {}, HEADER),
    on('change-case', { to: 'title' }, ['b']),
    on('email', { canonical: 'provider', invalid: 'keep' }),
    on('filter', { ...any({ test: 'contains', value: 'z', ignoreCase: true }), action: 'drop' }, []),
    on('deduplicate', { keys: ['b'], keep: 'most-complete' }, []),
    on('check', { kind: 'not-empty', onFail: 'reject' }, ['c']),
    on('deduplicate', { keys: ['a'], normalize: 'lower', keep: 'first', orderBy: [{ column: 'b' }] }, []),
  ],
};

type Case = { readonly name: string; readonly plan: Plan };
const given: readonly Case[] = [
  ...Object.entries(CASES).map(([name, steps]) => ({
    name,
    plan: compilePlan(ruleSetOf(name, steps), HEADER),
  })),
  ...awkwardCases(),
];

/** Rows for a case; where rows bear on each other a third come twice, so that there are groups. */
function inputOf({ plan }: Case): readonly Cells[] {
  const cells = plan.input.join() === HEADER.join() ? rows : awkwardRows(plan.input.length);
  return plan.actions.some(isGrouped) ? [...cells, ...cells.filter((_, i) => i % 3 === 0)] : cells;
}

function compared(engine: string, one: Case, expected: Outcome, found: Outcome | Error): string[] {
  const input = inputOf(one);
  const ran = found instanceof Error ? found : { rows: input, outcome: found };
  const differences = disagreement(one.plan, { rows: input, outcome: expected }, ran);
  figures.count(engine, { cells: cellsIn(expected), differences: differences.length });
  figures.part(...one.plan.steps.map((step) => step.operation));
  return differences;
}

const known = new Map<Case, Promise<Outcome>>();
/** What native DuckDB makes of a case, computed once. */
function expectedOf(one: Case): Promise<Outcome> {
  const expected = known.get(one) ?? runOnDuckdb(native, one.plan, inputOf(one), answerLookups);
  known.set(one, expected);
  return expected;
}

describe('answers alike for every awkward cell', () => {
  test.each(given.map((one) => [one.name, one] as const))('in duckdb-wasm: %s', async (_, one) => {
    const preview = await runOnDuckdb(wasm, one.plan, inputOf(one), answerLookups);
    expect(compared('duckdb-wasm', one, await expectedOf(one), preview)).toEqual([]);
  });

  test('every operation takes part', () => {
    expect(figures.took).toEqual(operations.map(({ id }) => id).sort());
  });

  describe('on Spark', () => {
    let spark: SparkServer;
    beforeAll(async () => {
      spark = await startSparkServer();
    });
    afterAll(() => spark?.close());

    const batches = Array.from({ length: Math.ceil(given.length / AT_ONCE) }, (_, i) =>
      given.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    );
    test.each(batches.map((batch, i) => [i + 1, batch] as const))('part %i', async (n, batch) => {
      const cases = batch.map((one) => ({ plan: one.plan, rows: inputOf(one), partitions: 3, seed: n }));
      const outcomes = await runAllOnSparkServer(spark, cases);
      for (const [i, one] of batch.entries()) {
        const found = outcomes[i] ?? new Error('Spark gave no answer.');
        expect(compared('Spark', one, await expectedOf(one), found), one.name).toEqual([]);
      }
    });
  });
});
