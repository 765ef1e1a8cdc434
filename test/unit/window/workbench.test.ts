import { beforeAll, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { createPreview } from '../../../renderer/state/preview/preview';
import { createWorkbench } from '../../../renderer/state/workbench';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { engineInPlace, lookupsInPlace } from './engine';
import { openWorkbench, projectWith, standInHost, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});
const columns = ['name'];
const rows = [[' Ann ']] as const;
const step = stepSchema.parse({ id: 't', operation: 'trim', columns: ['name'] });
const open = () => openWorkbench(engine, { columns, rows, ruleSet: { ...emptyRuleSet('s'), steps: [step] } });
const sides = (to: string) =>
  ({ kind: 'change-step', id: 't', change: { parameters: { sides: to } } }) as const;

test('what is typed into one form is undone together', async () => {
  const workbench = await open();
  const parameters = () => workbench.store.getState().histories.s?.ruleSet.steps[0]?.parameters;
  for (const to of ['start', 'end', 'both', 'start']) workbench.edit(sides(to), 'form t 1');
  workbench.edit({ kind: 'change-step', id: 't', change: { note: 'why' } }, 'form t 1');
  expect(workbench.store.getState().histories.s?.past).toHaveLength(1);
  workbench.undo();
  expect(workbench.store.getState().histories.s?.ruleSet.steps[0]).toEqual(step);
  workbench.redo();
  expect(parameters()).toEqual({ sides: 'start' });
  expect(workbench.store.getState().histories.s?.ruleSet.steps[0]?.note).toBe('why');
  workbench.edit(sides('end'), 'form t 1');
  expect(workbench.store.getState().histories.s?.past).toHaveLength(2);
  await workbench.settled();
});

test('a form that is brought back to what it was leaves nothing to undo', async () => {
  const workbench = await open();
  workbench.edit(sides('start'), 'form t 1');
  workbench.edit({ kind: 'change-step', id: 't', change: { parameters: step.parameters } }, 'form t 1');
  expect(workbench.store.getState().histories.s?.past).toEqual([]);
  workbench.edit(sides('start'), 'form t 1');
  expect(workbench.store.getState().histories.s?.past).toHaveLength(1);
});

test('what was changed before a form is not joined to what the form changes', async () => {
  const workbench = await open();
  workbench.edit({ kind: 'change-step', id: 't', change: { enabled: false } });
  workbench.edit(sides('start'), 'form t 1');
  workbench.edit({ kind: 'change-step', id: 't', change: { parameters: step.parameters } }, 'form t 1');
  workbench.edit(sides('end'), 'form t 1');
  expect(workbench.store.getState().histories.s?.past).toHaveLength(2);
});

test('an edit that does not fit changes nothing and says why', async () => {
  const workbench = await open();
  const before = workbench.store.getState().histories;
  expect(workbench.edit({ kind: 'remove-step', id: 'gone' })?.code).toBe('edit.no-step');
  expect(workbench.store.getState().histories).toBe(before);
});

test('a step that is gone is no longer looked at', async () => {
  const workbench = await open();
  workbench.selectStep('t');
  workbench.edit({ kind: 'remove-step', id: 't' });
  expect(workbench.store.getState().step).toBeNull();
});

test('the host’s answer keeps the history of rules it agrees with, and begins anew for others', async () => {
  const workbench = await open();
  workbench.edit(sides('start'));
  const { histories } = workbench.store.getState();
  workbench.openProject(projectWith(histories.s?.ruleSet ?? emptyRuleSet('s')));
  expect(workbench.store.getState().histories.s?.past).toHaveLength(1);
  workbench.openProject(projectWith(emptyRuleSet('other')));
  expect(workbench.store.getState().histories.s?.past).toHaveLength(0);
});

test('drawing a sample can be given up, and begun again', async () => {
  const asked: (AbortSignal | undefined)[] = [];
  const waiting = standInHost(columns, rows);
  const call = (name: string, input: unknown, options?: { signal?: AbortSignal }) => {
    if (name !== 'source.sample' || asked.push(options?.signal) > 1)
      return waiting.call(name as 'source.sample', input as never);
    return new Promise((_, reject) =>
      options?.signal?.addEventListener('abort', () => reject(new Error('given up'))),
    );
  };
  const workbench = createWorkbench({
    host: { ...waiting, call: call as typeof waiting.call },
    engine: async () => engine,
    createPreview: (store) =>
      createPreview({ store, engine: async () => engine, lookups: lookupsInPlace, portion: 7 }),
  });
  workbench.openProject(projectWith({ ...emptyRuleSet('s'), steps: [step] }));
  await expect.poll(() => asked.length).toBe(1);
  workbench.stopSample();
  expect(asked[0]?.aborted).toBe(true);
  expect(workbench.store.getState().sample).toMatchObject({
    status: 'failed',
    fault: { code: 'sample.stopped' },
  });
  workbench.resample();
  await until(workbench, (state) => state.sample.status === 'ready');
  workbench.stopSample();
  expect(workbench.store.getState().sample.status).toBe('ready');
});
