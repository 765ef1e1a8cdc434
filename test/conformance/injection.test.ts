import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { column, type Expression } from '../../shared/expression/expression';
import { compilePattern } from '../../shared/expression/pattern';
import { call } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { cellsIn, disagreement } from './agreement';
import { answerLookups } from './answer';
import { openHost, openWasm } from './engines';
import { figuresOf } from './figures';
import { build, drawnRules, type Generated } from './generate/rule-sets';
import { HOSTILE } from './hostile';
import { type SparkServer, startSparkServer } from './spark-server';
import { loadRows, type Outcome, runAllOnSparkServer, runOnDuckdb } from './trace';
import { type Value, valuesOnDuckdb, valuesOnSpark } from './values';

const SEED = 20_261_123;
const RULE_SETS = 80;
const ON_SPARK = 12;

let wasm: Engine;
let native: Engine;
const figures = figuresOf();
beforeAll(async () => {
  [wasm, native] = await Promise.all([openWasm(), openHost()]);
  for (const engine of [wasm, native]) {
    await loadRows(engine, 'hostile', ROWS, 1);
    await engine.execute('CREATE TEMP TABLE canary AS SELECT 42 AS answer');
  }
});
afterAll(async () => {
  figures.write('injection');
  await Promise.all([wasm?.close(), native?.close()]);
});

const ROWS = HOSTILE.map((one) => [one]);
const value = column('c0');
const quoted = (one: string) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const upper = (one: boolean): Value => (one ? 'TRUE' : 'FALSE');
const hex = (one: string): Value => Buffer.from(one).toString('hex').toUpperCase();

type Meant = { readonly expression: Expression; readonly answer: (text: string) => Value };

/** Hostile texts in each place of a template that takes a text, with what plain JavaScript makes of them. */
const MEANT: readonly Meant[] = HOSTILE.flatMap((given): Meant[] => {
  const pattern = compilePattern(quoted(given), { ignoreCase: false });
  if (!pattern.ok) throw new Error(`${given}: ${pattern.fault.message}`);
  return [
    {
      expression: call('isOneOf', [value], { values: [given] }),
      answer: (text) => upper(text === given),
    },
    {
      expression: call('contains', [value], { find: given, position: 'anywhere' }),
      answer: (text) => upper(text.includes(given)),
    },
    {
      expression: call('removeText', [value], { find: given }),
      answer: (text) => hex(text.replaceAll(given, '')),
    },
    {
      expression: call('join', [value, { kind: 'literal', type: 'text', value: given }]),
      answer: (text) => hex(text + given),
    },
    {
      expression: call('matches', [value], pattern.compiled),
      answer: (text) => upper(text.includes(given)),
    },
  ];
});
const expressions = MEANT.map((one) => one.expression);
const expected = MEANT.map(({ answer }) => HOSTILE.map(answer));

/** Rule sets whose columns, values, patterns and cells are hostile. */
const generated = fc
  .sample(drawnRules({ steps: 5, least: 20, most: 50 }), { seed: SEED, numRuns: RULE_SETS })
  .flatMap((drawn) => build(drawn, { hostile: true }) ?? []);
const told = ({ plan, steps }: Generated) => JSON.stringify({ input: plan.input, steps });

function count(engine: string, given: Generated, wanted: Outcome, found: Outcome | Error): string[] {
  const { plan, rows } = given;
  const ran = found instanceof Error ? found : { rows, outcome: found };
  const differences = disagreement(plan, { rows, outcome: wanted }, ran);
  figures.count(engine, { cells: cellsIn(wanted), differences: differences.length });
  figures.part(...given.steps.map((one) => one.operation));
  return differences.map((one) => `${one}\n${told(given)}`);
}

describe.each(['native', 'duckdb-wasm'])('in %s', (name) => {
  const engine = () => (name === 'native' ? native : wasm);

  test('a hostile text is nothing but a text', async () => {
    expect(await valuesOnDuckdb(engine(), 'hostile', expressions)).toEqual(expected);
  });

  test('rule sets of hostile names, values and patterns run, and leave other tables alone', async () => {
    for (const given of generated) {
      const wanted = await runOnDuckdb(native, given.plan, given.rows, answerLookups);
      const found = await runOnDuckdb(engine(), given.plan, given.rows, answerLookups);
      expect(count(name, given, wanted, found)).toEqual([]);
    }
    expect((await engine().query('SELECT answer FROM canary')).columns).toEqual([[42]]);
  });
});

describe('on Spark', () => {
  let spark: SparkServer;
  beforeAll(async () => {
    spark = await startSparkServer();
  });
  afterAll(() => spark?.close());

  test('a hostile text is nothing but a text', async () => {
    expect(await valuesOnSpark(spark, ROWS, expressions)).toEqual(expected);
  });

  test('rule sets of hostile names, values and patterns run', async () => {
    const some = generated.filter((_, i) => i % Math.floor(generated.length / ON_SPARK) === 0);
    const cases = some.map(({ plan, rows }, i) => ({ plan, rows, partitions: 2, seed: i }));
    const outcomes = await runAllOnSparkServer(spark, cases);
    for (const [i, given] of some.entries()) {
      const wanted = await runOnDuckdb(native, given.plan, given.rows, answerLookups);
      expect(count('Spark', given, wanted, outcomes[i] ?? new Error('No answer.'))).toEqual([]);
    }
  });
});
