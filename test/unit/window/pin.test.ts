import { beforeAll, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { pinCell } from '../../../renderer/history/pin';
import { brokenOf } from '../../../renderer/rules/use-broken-examples';
import type { Workbench } from '../../../renderer/state/workbench';
import { emptyRuleSet, type Step, stepSchema } from '../../../shared/document/rule-set';
import { engineInPlace } from './engine';
import { openWorkbench, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const steps = [
  { id: 'trim', operation: 'trim', columns: ['name', 'phone'] },
  { id: 'case', operation: 'change-case', columns: ['name'], parameters: { to: 'title' } },
  {
    id: 'phone',
    operation: 'phone',
    columns: ['phone'],
    parameters: { regionColumn: 'country', invalid: 'keep' },
  },
  {
    id: 'drop',
    operation: 'filter',
    parameters: { where: { all: [{ column: 'country', test: 'equals', value: 'XX' }] }, action: 'drop' },
  },
  { id: 'late', operation: 'change-case', columns: ['name'], parameters: { to: 'upper' } },
].map((one) => stepSchema.parse(one));

const open = async () => {
  const workbench = await openWorkbench(engine, {
    columns: ['name', 'phone', 'country', 'note'],
    rows: [
      [' ann lee ', '020 7946 0018', 'GB', 'x'],
      ['Bob', '+12125550147', 'US', 'y'],
      ['cy', '1', 'XX', 'z'],
    ],
    ruleSet: { ...emptyRuleSet('x'), steps },
  });
  await until(workbench, ({ preview }) => preview.status === 'current');
  return workbench;
};
const stepOf = (workbench: Workbench, id: string): Step => {
  const step = workbench.store.getState().histories.s?.ruleSet.steps.find((one) => one.id === id);
  if (!step) throw new Error(`There is no step ${id}.`);
  return step;
};

test('a cell is pinned on the last step that changed it, with the cells of the row that the step reads', async () => {
  const workbench = await open();
  expect((await pinCell(workbench, { row: 1, column: 'phone' })).id).toBe('phone');
  expect(stepOf(workbench, 'phone').examples).toEqual([
    { input: '020 7946 0018', output: '+442079460018', row: { country: 'GB' } },
  ]);
  // Twice is once.
  await until(workbench, ({ preview }) => preview.status === 'current');
  await pinCell(workbench, { row: 1, column: 'phone' });
  expect(stepOf(workbench, 'phone').examples).toHaveLength(1);
  workbench.undo();
  expect(stepOf(workbench, 'phone').examples).toEqual([]);
});

test('the selected step is the last one that counts', async () => {
  const workbench = await open();
  workbench.selectStep('phone');
  expect((await pinCell(workbench, { row: 1, column: 'name' })).id).toBe('case');
  expect(stepOf(workbench, 'case').examples).toEqual([{ input: 'ann lee', output: 'Ann Lee' }]);
});

test('a cell that no step changed is guarded by the last that could change it', async () => {
  const workbench = await open();
  expect((await pinCell(workbench, { row: 2, column: 'phone' })).id).toBe('phone');
  expect(stepOf(workbench, 'phone').examples[0]).toMatchObject({
    input: '+12125550147',
    output: '+12125550147',
  });
});

test('where the row has left, only steps before that count; where no step looks, it is refused', async () => {
  const workbench = await open();
  expect((await pinCell(workbench, { row: 3, column: 'name' })).id).toBe('case');
  await expect(pinCell(workbench, { row: 1, column: 'note' })).rejects.toMatchObject({ code: 'pin.refused' });
});

test('an edit that breaks a pinned example is found, with what was expected and what came', async () => {
  const workbench = await open();
  await pinCell(workbench, { row: 1, column: 'phone' });
  await until(workbench, ({ preview }) => preview.status === 'current');
  expect(await brokenOf(workbench, stepOf(workbench, 'phone'))).toEqual([]);
  const { parameters } = stepOf(workbench, 'phone');
  const change = { parameters: { ...parameters, format: 'national' } };
  workbench.edit({ kind: 'change-step', id: 'phone', change });
  await until(workbench, ({ preview }) => preview.status === 'current');
  expect(await brokenOf(workbench, stepOf(workbench, 'phone'))).toEqual([
    { step: 0, example: 0, column: 'phone', expected: '+442079460018', found: '020 7946 0018' },
  ]);
});

test('a column that is renamed later is pinned on the step that changed it under its old name', async () => {
  const workbench = await open();
  const rename = stepSchema.parse({
    id: 'r',
    operation: 'rename',
    columns: ['phone'],
    parameters: { to: 'tel' },
  });
  workbench.edit({ kind: 'insert-step', index: 5, step: rename });
  await until(workbench, ({ preview }) => preview.status === 'current');
  expect((await pinCell(workbench, { row: 1, column: 'tel' })).id).toBe('phone');
  expect(stepOf(workbench, 'phone').examples[0]).toMatchObject({ output: '+442079460018' });
});

test('a column that a step hides is not pinned: the rules would hold what it hides', async () => {
  const workbench = await open();
  const mask = stepSchema.parse({
    id: 'm',
    operation: 'mask',
    columns: ['phone'],
    parameters: { keepLast: 2 },
  });
  workbench.edit({ kind: 'insert-step', index: 5, step: mask });
  await until(workbench, ({ preview }) => preview.status === 'current');
  await expect(pinCell(workbench, { row: 1, column: 'phone' })).rejects.toThrow(/hides what phone holds/);
  expect(stepOf(workbench, 'phone').examples).toEqual([]);
});
