import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowOrder } from '../../shared/compile/duckdb';
import type { Plan } from '../../shared/compile/plan';
import { render } from '../../shared/compile/render';
import { column } from '../../shared/expression/expression';
import { isWhole } from '../../shared/lookup/registry';
import { operations, scopeOfStep } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { content } from './agreement';
import { answerLookups } from './answer';
import { openHost } from './engines';
import { drawnStep } from './generate/parameters';
import { build, type Generated } from './generate/rule-sets';
import { runOnDuckdb } from './trace';

const SEED = 20_261_123;
const DRAWN = 6;
const ROWS = 160;

let native: Engine;
beforeAll(async () => {
  native = await openHost();
});
afterAll(() => native?.close());

/** For each row of the trace table, what names its group; rows of no group have one of their own. */
async function groupsOf(plan: Plan): Promise<string[]> {
  const keys = plan.actions.flatMap((action) => {
    if ('keys' in action) return [action.keys];
    // A lookup that sees all rows answers with the group first.
    return action.kind === 'lookup' && isWhole(action.lookup) ? [[column(action.ids[0] ?? '')]] : [];
  });
  if (keys.length === 0) throw new Error('A step of group scope groups nothing.');
  const sets = new Set(keys.map((one) => one.map((key) => render(key, 'duckdb')).join(', ')));
  if (sets.size !== 1) throw new Error('Groups by different keys at once are not tested.');
  const parts = (keys[0] ?? []).map((key) => `hex(encode(nullif(${render(key, 'duckdb')}, '')))`);
  const alone = parts.map((part) => `${part} IS NULL`).join(' OR ');
  const found = await native.query(
    `SELECT CASE WHEN ${alone} THEN 'row ' || r ELSE ${parts.join(` || '/' || `)} END FROM trace ORDER BY ${rowOrder(plan)}`,
  );
  return (found.columns[0] ?? []).map(String);
}

/** Half of what is named, the same half every time. */
const half = (names: readonly string[]) => new Set([...new Set(names)].filter((_, i) => i % 2 === 0));

async function expectScope({ plan, rows, steps }: Generated): Promise<void> {
  const [step] = steps;
  const operation = operations.find((one) => one.id === step?.operation);
  if (!step || !operation) throw new Error('There is one step.');
  const whole = await runOnDuckdb(native, plan, rows, answerLookups);
  const grouped = scopeOfStep(operation, step.parameters) === 'group';
  const names = grouped ? await groupsOf(plan) : rows.map((_, r) => String((r * 7) % 11));
  const picked = half(names);
  const indexes = rows.flatMap((_, r) => (picked.has(names[r] ?? '') ? [r] : []));
  const taken = new Set(indexes);
  const sample = indexes.map((r) => rows[r] ?? []);
  const part = await runOnDuckdb(native, plan, sample, answerLookups);
  const kept = whole.rows.filter((_, i) => taken.has(whole.from[i] ?? -1));
  const expected = { rows: kept, from: whole.from.filter((r) => taken.has(r)) };
  expect(sample.length).toBeLessThan(rows.length);
  expect(content(part, sample), JSON.stringify(step)).toEqual(content(expected, rows));
}

describe.each(operations.map((one) => [one.id, one] as const))('%s', (_id, operation) => {
  test('makes the same of a row, or of a group, whatever other rows there are', async () => {
    const drawn = fc.sample(drawnStep(operation), { seed: SEED, numRuns: DRAWN });
    const steps = [...operation.examples.map((example) => ({ example, tries: [] })), ...drawn];
    for (const [i, one] of steps.entries()) {
      const seeds = Array.from({ length: ROWS }, (_, row) => (row * 31 + i * 7919) % 97);
      const drawnOne = { steps: [{ ...one, operation, own: true, offset: 0 }], rows: seeds };
      const given = build(drawnOne, { columns: one.example.header.length + 2 });
      expect(given, one.example.title).not.toBeNull();
      if (given) await expectScope(given);
    }
  });
});
