import { beforeAll, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { lookFor } from '../../../renderer/suggest/look-for';
import { suggestedStep } from '../../../renderer/suggest/suggested-step';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { engineInPlace } from './engine';
import { openWorkbench, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const columns = ['name', 'e-mail', 'phone', 'country'];
const rows = Array.from({ length: 40 }, (_, i) => [
  i % 4 === 0 ? ` Ann ${i}` : `Ann ${i}`,
  i % 2 === 0 ? `ANN${i}@Example.com` : i === 3 ? 'ann@' : `ann${i}@example.com`,
  i === 5 ? 'call me' : `(212) 555-01${String(10 + i)}`,
  i % 5 === 0 ? 'us' : 'US',
]);
const filter = stepSchema.parse({
  id: 'f',
  operation: 'filter',
  parameters: { where: { all: [{ column: 'name', test: 'contains', value: '1' }] }, action: 'drop' },
});

test('a suggestion that is taken previews as it said, and is not made again', async () => {
  const workbench = await openWorkbench(engine, { columns, rows, ruleSet: emptyRuleSet('x') });
  const look = async (step: string | null) => {
    await until(workbench, ({ preview }) => preview.status === 'current');
    const seen: number[] = [];
    const found = await lookFor(workbench, {
      step,
      only: ['phone'],
      signal: new AbortController().signal,
      progress: (looked) => seen.push(looked),
    });
    expect(seen).toEqual([0, 1]);
    return found;
  };
  const [first] = await look(null);
  expect(first).toMatchObject({ operation: 'phone', fixed: 39, failed: 1, failures: ['call me'] });
  if (!first) return;
  const step = suggestedStep(first);
  workbench.edit({ kind: 'insert-step', index: 0, step });
  const after = await look(null);
  expect(workbench.store.getState().preview.steps[step.id]?.changedCells).toBe(39);
  expect(after.map(({ operation }) => operation)).not.toContain('phone');
  workbench.undo();
  expect((await look(null))[0]).toMatchObject({ operation: 'phone', fixed: 39 });
});

test('only rows that reach the step count', async () => {
  const ruleSet = { ...emptyRuleSet('x'), steps: [filter] };
  const workbench = await openWorkbench(engine, { columns, rows, ruleSet });
  await until(workbench, ({ preview }) => preview.status === 'current');
  const [first] = await lookFor(workbench, {
    step: 'f',
    only: ['phone'],
    signal: new AbortController().signal,
    progress: () => {},
  });
  const reached = rows.filter(([name]) => !name?.includes('1')).length;
  expect((first?.fixed ?? 0) + (first?.failed ?? 0)).toBe(reached);
});

test('looking can be given up', async () => {
  const workbench = await openWorkbench(engine, { columns, rows, ruleSet: emptyRuleSet('x') });
  await until(workbench, ({ preview }) => preview.status === 'current');
  const aborting = new AbortController();
  const looking = lookFor(workbench, {
    step: null,
    only: null,
    signal: aborting.signal,
    progress: (looked) => {
      if (looked === 1) aborting.abort();
    },
  });
  await expect(looking).rejects.toMatchObject({ code: 'cancelled' });
});
