import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { countsFrom } from '../../shared/compile/measures';
import { MOST_PARTS, type Plan } from '../../shared/compile/plan';
import { explode } from '../../shared/operations/explode';
import type { AnyOperation } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { arrayElements } from '../../shared/reading/array-elements';
import { cellsIn, disagreement, shuffled } from './agreement';
import { answerLookups } from './answer';
import { texts } from './corpus';
import { openHost, openWasm } from './engines';
import { figuresOf } from './figures';
import { drawnStep } from './generate/parameters';
import { build, drawnRules } from './generate/rule-sets';
import { LONG_ARRAYS } from './json-arrays';
import { ruleSetOf, type StepGiven } from './rule-sets';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runAllOnSparkServer, runOnDuckdb } from './trace';

const SEED = 20_261_123;
const DRAWN = 60;
const ON_SPARK = 9;
const MOST_ACTIONS = 30;
const PARTITIONS = [1, 3, 8] as const;

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
const figures = figuresOf();
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(async () => {
  figures.write('rows that appear');
  await Promise.all([wasm?.close(), native?.close(), spark?.close()]);
});

const HEADER = ['id', 'tags', 'mail', 'since'];
const split = (column: string, separator: string): StepGiven => ({
  operation: 'explode',
  columns: [column],
  parameters: { separator },
});
const elements = (column: string, invalid: string): StepGiven => ({
  operation: 'explode',
  columns: [column],
  parameters: { at: 'array', invalid },
});
const on = (operation: string, columns: string[], parameters: Record<string, unknown>): StepGiven => ({
  operation,
  columns,
  parameters,
});

/** Outcomes of a plan on all engines. */
async function onEachEngine(plan: Plan, rows: readonly Cells[]): Promise<Outcome[]> {
  const outcomes = [
    await runOnDuckdb(wasm, plan, rows, answerLookups),
    await runOnDuckdb(native, plan, rows, answerLookups),
    ...(await runAllOnSparkServer(spark, [{ plan, rows }])),
  ];
  return outcomes.map((outcome) => {
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
}

/** Merges, checks, lookups and tables before and after rows are split, once or more often. */
const CASES: Record<string, readonly StepGiven[]> = {
  'merges before and after': [
    on('deduplicate', [], { keys: ['id'], keep: 'last', orderBy: [{ column: 'since' }] }),
    on('check', ['mail'], { kind: 'not-empty', onFail: 'reject' }),
    split('tags', ';'),
    on('trim', ['tags'], {}),
    on('deduplicate', [], { keys: ['tags'] }),
    on('change-case', ['tags', 'mail'], { to: 'upper' }),
  ],
  'groups of parts': [
    on('check', ['tags'], { kind: 'unique', onFail: 'flag' }),
    on('check', ['since'], { kind: 'not-empty', onFail: 'stop', maxShare: 0.5 }),
    split('tags', ';'),
    on('check', ['tags'], { kind: 'unique', onFail: 'flag', name: 'parts' }),
    on('check', ['tags'], { kind: 'not-empty', onFail: 'stop', maxShare: 0.5 }),
    on('merge-duplicates', [], { keys: ['mail'], otherwise: 'most-frequent' }),
    on('filter', [], { where: { any: [{ column: 'tags', test: 'is-empty' }] }, action: 'drop' }),
  ],
  'split twice, with a merge between': [
    split('tags', ';'),
    on('deduplicate', [], { keys: ['id', 'tags'], normalize: 'trim-lower' }),
    split('mail', ', '),
    on('email', ['mail'], { canonical: 'lower', invalid: 'reject' }),
    on('merge-duplicates', [], {
      keys: ['mail'],
      survivorship: [{ column: 'tags', rule: 'latest', by: 'since' }],
      otherwise: 'longest',
    }),
    split('tags', 'a'),
  ],
  'a lookup and a table on parts': [
    on('phone', ['mail'], { defaultRegion: 'GB' }),
    split('tags', '\u0000'),
    split('tags', ';'),
    on('normalize-unicode', ['tags'], { form: 'NFC' }),
    on('map-values', ['tags'], { map: [{ from: 'a', to: 'A;B' }], otherwise: 'reject' }),
    split('tags', ';'),
  ],
  'arrays, and arrays in them, after rows have left': [
    on('filter', [], { where: { any: [{ column: 'mail', test: 'is-empty' }] }, action: 'drop' }),
    elements('tags', 'keep'),
    on('deduplicate', [], { keys: ['id', 'tags'] }),
    elements('tags', 'null'),
    on('mask', ['tags'], { keepFirst: 1 }),
  ],
};

const cell = fc.oneof(
  fc.constantFrom(...texts.filter((text) => text.length < 200)),
  fc.constantFrom(null, '', ';', ';;', 'a;b;a', 'a; A ;b', 'b\u0000;a\u0000', 'é;e\u0301;\ufeff', '😀;😀'),
  fc.constantFrom('["a;b","a/b"]', '["a",null,"~1"]', '[["a","b"],{"a":"/"}]', '[]', '["[]","[1,2]","~2"]'),
);
const row = fc.tuple(
  fc.constantFrom('1', '2', '3', '', null),
  cell,
  fc.constantFrom(null, '', 'a@x.org, B@x.org', 'a@x.org', 'b@x.org, bad', '+44 20 7946 0018'),
  fc.constantFrom('2024-01-01', '2025-01-01', '', null),
);
const [rows = []] = fc.sample(fc.array(row, { minLength: 150, maxLength: 150 }), { seed: SEED, numRuns: 1 });

type Given = { readonly name: string; readonly plan: Plan; readonly rows: readonly Cells[] };

/**
 * In what the preview’s engine, shuffled rows and Spark differ from the host, for each of some plans; on Spark with
 * all numbers of partitions, or with one of them each.
 */
async function differences(
  given: readonly Given[],
  { onSpark, whole }: { onSpark: readonly Given[]; whole: boolean },
): Promise<string[]> {
  const cases = onSpark.flatMap(({ plan, rows: given }, i) =>
    PARTITIONS.filter((_, n) => whole || n === i % PARTITIONS.length).map((partitions) => ({
      ...{ plan, rows: given, partitions, seed: partitions },
    })),
  );
  const outcomes = await runAllOnSparkServer(spark, cases);
  const found: string[] = [];
  for (const [i, one] of given.entries()) {
    const expected = {
      rows: one.rows,
      outcome: await runOnDuckdb(native, one.plan, one.rows, answerLookups),
    };
    const mixed = shuffled(one.rows, i + 1);
    const others: [string, readonly Cells[], Outcome | Error][] = [
      ['native', mixed, await runOnDuckdb(native, one.plan, mixed, answerLookups)],
      ['duckdb-wasm', mixed, await runOnDuckdb(wasm, one.plan, mixed, answerLookups)],
      ...cases.flatMap((asked, at): [string, readonly Cells[], Outcome | Error][] =>
        asked.plan === one.plan ? [['Spark', one.rows, outcomes[at] ?? new Error('No answer.')]] : [],
      ),
    ];
    figures.part(...one.plan.steps.map((step) => step.operation));
    for (const [engine, ran, outcome] of others) {
      const differing = disagreement(
        one.plan,
        expected,
        outcome instanceof Error ? outcome : { rows: ran, outcome },
      );
      figures.count(engine, { cells: cellsIn(expected.outcome), differences: differing.length });
      found.push(...differing.map((words) => `${one.name}, ${engine}: ${words}`));
    }
  }
  return found;
}

const cases = Object.entries(CASES).map(
  ([name, steps]): Given => ({ name, plan: compilePlan(ruleSetOf(name, [...steps]), HEADER), rows }),
);

describe('rows that appear', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s: counts add up', async (_, { plan }) => {
    const outcome = await runOnDuckdb(native, plan, rows, answerLookups);
    const counts = countsFrom(plan, outcome.measures);
    const left = outcome.rows.filter((one) => 'left' in one).length;
    expect(counts.read).toBe(rows.length);
    expect(counts.added).toBeGreaterThan(10);
    expect(counts.read + counts.added).toBe(outcome.rows.length);
    expect(counts.kept).toBe(outcome.rows.length - left);
    expect(left).toBeGreaterThan(20);
    // Each row that was read is there, whole or in parts.
    expect(new Set(outcome.from).size).toBe(rows.length);
  });

  test('mean the same on every engine, whatever the partitions and the order of rows', async () => {
    expect(await differences(cases, { onSpark: cases, whole: true })).toEqual([]);
  });

  test(`mean the same in ${DRAWN} generated rule sets`, async () => {
    const more = drawnStep(explode as unknown as AnyOperation);
    const rules = fc.tuple(drawnRules({ steps: 6, least: 30, most: 60 }), more, more, fc.nat(6), fc.nat(6));
    const drawn = fc
      .sample(rules, { seed: SEED, numRuns: 4 * DRAWN })
      .flatMap(([given, one, other, ...at]) => {
        const operation = explode as unknown as AnyOperation;
        const steps = [...given.steps];
        for (const [i, step] of [one, other].entries())
          steps.splice(at[i] ?? 0, 0, { ...step, operation, own: i === 0, offset: i });
        const built = build({ ...given, steps });
        const name = JSON.stringify(built?.steps);
        return built?.plan.actions.some((action) => action.kind === 'explode') ? [{ name, ...built }] : [];
      });
    const some = drawn.slice(0, DRAWN);
    const brief = some.filter(({ plan }) => plan.actions.length <= MOST_ACTIONS).slice(0, ON_SPARK);
    expect([some.length, brief.length]).toEqual([DRAWN, ON_SPARK]);
    expect(await differences(some, { onSpark: brief, whole: false })).toEqual([]);
  });

  test('a cell may have as many parts as a row may become, and no more', async () => {
    const plan = compilePlan(ruleSetOf('bound', [split('tags', ', ')]), ['tags']);
    const given = [MOST_PARTS, MOST_PARTS + 1].map((parts) => [Array(parts).fill('é').join(', ')]);
    for (const { rows: found, measures } of await onEachEngine(plan, given)) {
      expect(found.slice(0, -1)).toEqual(Array(MOST_PARTS).fill(['é']));
      expect(found.at(-1)).toMatchObject({ left: 'rejected' });
      expect(countsFrom(plan, measures)).toMatchObject({ read: 2, added: MOST_PARTS - 1, rejected: 1 });
    }
  });

  test('a JSON array may have as many elements as a row may become, and cells are as long as they are', async () => {
    const given = LONG_ARRAYS.map((text) => [text]);
    const read = LONG_ARRAYS.map(arrayElements);
    const expected = read.flatMap((found, i) => {
      if (found === null) return [[LONG_ARRAYS[i] ?? null]];
      return found.length > MOST_PARTS ? [] : found.map((one) => [one]);
    });
    expect(read.filter((found) => found === null)).toHaveLength(7);
    const plan = compilePlan(ruleSetOf('bound', [elements('tags', 'keep')]), ['tags']);
    for (const { rows: found, measures } of await onEachEngine(plan, given)) {
      expect(found.filter((one) => !('left' in one))).toEqual(expected);
      expect(found.filter((one) => 'left' in one)).toMatchObject([
        { left: 'rejected', quarantined: expect.arrayContaining(['has more than 1,000 elements']) },
      ]);
      expect(countsFrom(plan, measures)).toMatchObject({
        added: expected.length + 1 - given.length,
        rejected: 1,
      });
    }
  });

  test('rows may not be split more often than their parts have numbers', () => {
    const steps = [';', ',', '.', '-'].map((separator) => split('tags', separator));
    expect(() => compilePlan(ruleSetOf('often', steps), HEADER)).toThrow('rows are split 3 times before');
  });
});
