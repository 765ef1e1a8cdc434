import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginPlan, planBuilder } from '../../shared/compile/builder';
import type { Plan } from '../../shared/compile/plan';
import { isWhole, type LookupId, lookupOf, lookups } from '../../shared/lookup/registry';
import type { Engine } from '../../shared/ports/engine';
import { answerLookups } from './answer';
import { texts } from './corpus';
import { openHost, openWasm } from './engines';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { type Outcome, runOnDuckdb, runOnSparkServer } from './trace';
import { shown } from './values';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

// Lookups that see all rows have inputs as their step has columns: matching.test.ts is theirs.
const ids = (Object.keys(lookups) as LookupId[]).filter((id) => !isWhole(id));

/** A plan that asks a lookup once for each of its samples, and shows every answer. */
function planOf(id: LookupId): Plan {
  const { inputs, outputs, samples } = lookupOf(id);
  const input = inputs.map((name) => `in ${name}`);
  const state = beginPlan(input);
  const builder = planBuilder(state, 0, id);
  const asked = Object.fromEntries(inputs.map((name, i) => [name, builder.value(input[i] ?? '')]));
  for (const [n, options] of samples.entries()) {
    const answers = builder.lookup(id, asked as never, options as never) as unknown as Record<string, never>;
    for (const name of outputs) builder.assign(`${n} ${name}`, answers[name] as never);
  }
  const output = [...state.versions].map(([column, version]) => ({ id: version, column }));
  const steps = [{ id: 's1', operation: id, sentence: '', scope: 'cell' as const, columns: output }];
  return { name: id, input, steps, actions: state.actions, output };
}

/** Every awkward text as first input, with others beside it; nulls in each place. */
function rowsOf(width: number): readonly Cells[] {
  const at = (place: number) => texts[place % texts.length] ?? null;
  const rows = texts.map((text, i) => [text, ...Array.from({ length: width - 1 }, (_, k) => at(i * 7 + k))]);
  const some = rows.filter((_, i) => i % 5 === 0);
  const nulls = Array.from({ length: width }, (_, k) => some.map((row) => row.with(k, null as never)));
  return [...rows, ...nulls.flat()];
}

function differences(rows: readonly Cells[], expected: Outcome, found: Outcome): string[] {
  return rows.flatMap((row, r) => {
    const [a, b] = [expected.rows[r], found.rows[r]].map((one) => JSON.stringify(one));
    return a === b ? [] : [`${row.map(shown).join(', ')}: ${shown(a ?? null)} but ${shown(b ?? null)}`];
  });
}

test.each(ids)('%s answers alike on every engine', async (id) => {
  const { inputs, samples, options } = lookupOf(id);
  expect(samples.length).toBeGreaterThan(0);
  for (const one of samples) expect(options.parse(one)).toEqual(one);
  const plan = planOf(id);
  const rows = rowsOf(inputs.length);
  const expected = await runOnDuckdb(native, plan, rows, answerLookups);
  for (const [r, row] of rows.entries()) {
    const cells = expected.rows[r] as Cells;
    expect(cells.slice(0, inputs.length)).toEqual(row);
    if (row[0] === null) expect(cells.slice(inputs.length).every((cell) => cell === null)).toBe(true);
  }
  const preview = await runOnDuckdb(wasm, plan, rows, answerLookups);
  const production = await runOnSparkServer(spark, plan, rows, { partitions: 3, seed: 5 });
  expect(differences(rows, expected, preview).slice(0, 10)).toEqual([]);
  expect(differences(rows, expected, production).slice(0, 10)).toEqual([]);
});
