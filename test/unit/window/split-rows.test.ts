import { beforeAll, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { departureOf, gridView } from '../../../renderer/grid/grid-row';
import { nextChange } from '../../../renderer/grid/next-change';
import { departureWords } from '../../../renderer/grid/row-mark';
import { pinCell } from '../../../renderer/history/pin';
import { brokenOf } from '../../../renderer/rules/use-broken-examples';
import { readValues } from '../../../renderer/variants/read-values';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { historyIds, historyOf, historyQuery } from '../../../shared/trace/view';
import { engineInPlace } from './engine';
import { openWorkbench, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const steps: readonly object[] = [
  { id: 'one', operation: 'deduplicate', parameters: { keys: ['id'] } },
  { id: 'split', operation: 'explode', columns: ['tags'], parameters: { separator: ';' } },
  { id: 'trim', operation: 'trim', columns: ['tags'] },
  { id: 'same', operation: 'deduplicate', parameters: { keys: ['tags'] } },
  { id: 'again', operation: 'explode', columns: ['tags'], parameters: { separator: '/' } },
];

const rows = [
  ['1', 'a; b'],
  ['1', 'z'],
  ['2', 'b/c;;d'],
  ['3', null],
  ['4', 'd'],
];

async function open(given: readonly object[] = steps) {
  const ruleSet = { ...emptyRuleSet('x'), steps: given.map((one) => stepSchema.parse(one)) };
  const workbench = await openWorkbench(engine, { columns: ['id', 'tags'], rows, ruleSet });
  const see = async (step: string | null) => {
    workbench.selectStep(step);
    await until(workbench, ({ preview }) => preview.status === 'current' && !preview.matching);
    const { preview, sample } = workbench.store.getState();
    const every = preview.rows ?? (sample.status === 'ready' ? sample.sample.rows : 0);
    const numbers = preview.matches ? [...preview.matches] : Array.from({ length: every }, (_, i) => i + 1);
    return (await workbench.preview.rows(numbers)) ?? [];
  };
  return { workbench, see };
}

test('rows have the number of their row in the sample and their place among its parts', async () => {
  const { workbench, see } = await open();
  const told = async (step: string | null) =>
    (await see(step)).map(({ row, after }) => `${workbench.preview.label(row)} ${after[1]}`);
  expect(await told('one')).toEqual(['1 a; b', '2 z', '3 b/c;;d', '4 null', '5 d']);
  expect(await told('split')).toEqual(['1·1 a', '1·2  b', '3·1 b/c', '3·2 ', '3·3 d', '4 null', '5 d']);
  expect(await told(null)).toEqual([
    '1·1 a',
    '1·2 b',
    '2 z',
    '3·1·1 b',
    '3·1·2 c',
    '3·2 ',
    '3·3 d',
    '4 null',
    '5 d',
  ]);
  const { counts, steps: counted } = workbench.store.getState().preview;
  expect(counts).toMatchObject({ read: 5, added: 4, kept: 7, merged: 2 });
  expect(['one', 'split', 'again'].map((id) => counted[id]?.added)).toEqual([0, 3, 1]);
  workbench.preview.stop();
});

test('a merged row names the row it went into, whole or in parts', async () => {
  const { workbench, see } = await open();
  const left = async (step: string) => {
    const found = await see(step);
    const { plan } = workbench.store.getState().preview;
    if (!plan) throw new Error('There is no plan.');
    const view = gridView(
      plan,
      plan.steps.findIndex(({ id }) => id === step),
      workbench.preview.label,
    );
    return found.flatMap((row) => {
      const departure = departureOf({ ...row, view });
      return departure ? `${view.label(row.row)} ${departureWords(departure)}` : [];
    });
  };
  expect(await left('one')).toEqual(['2 merged into row 1 by step 1: duplicate of a kept row (id)']);
  expect(await left('same')).toEqual(['5 merged into row 3·3 by step 4: duplicate of a kept row (tags)']);
  workbench.setFilter({ show: 'left' });
  expect(
    (await see(null)).map(({ row, survivor }) =>
      [row, survivor].map((one) => workbench.preview.label(one ?? 0)),
    ),
  ).toEqual([
    ['2', '1·1'],
    ['5', '3·3'],
  ]);
  workbench.preview.stop();
});

test('a cell’s history goes as far as its row does', async () => {
  const { workbench, see } = await open();
  const history = async (step: string | null, row: number) => {
    await see(step);
    const entries = (plan: Parameters<typeof historyOf>[0]) =>
      historyOf(plan, 'tags', step === null ? null : plan.steps.findIndex(({ id }) => id === step));
    return workbench.preview.query(
      step,
      (plan) => historyIds(entries(plan)),
      async (relation, plan, on) => {
        const { columns, names } = await on.query(historyQuery(relation, entries(plan), row));
        return columns.flatMap(([value], i) => (names[i]?.startsWith('h') ? [value] : []));
      },
    );
  };
  expect(await history('one', 3)).toEqual(['b/c;;d']);
  expect(await history('split', 2)).toEqual(['a; b', ' b', 'b']);
  expect(await history(null, 5)).toEqual(['b/c;;d', 'b/c', 'b/c', 'c']);
  workbench.preview.stop();
});

test('a chosen cell is let go of where its row is there no longer', async () => {
  const { workbench, see } = await open();
  await see('split');
  workbench.selectCell({ row: 5, column: 'tags' });
  await see('same');
  expect(workbench.store.getState().cell).toEqual({ row: 5, column: 'tags' });
  await see('one');
  expect(workbench.store.getState().cell).toBeNull();
  await see('split');
  expect(await nextChange(workbench, null, 1, ['id', 'tags'])).toEqual({ row: 1, column: 'tags' });
  expect(await nextChange(workbench, { row: 2, column: 'tags' }, 1, ['id', 'tags'])).toEqual({
    ...{ row: 4, column: 'tags' },
  });
  workbench.preview.stop();
});

test('what is asked of the data before a split sees whole rows', async () => {
  const { workbench, see } = await open();
  await see(null);
  const { signal } = new AbortController();
  const values = async (step: string) =>
    (await readValues(workbench, { step, column: 'tags' }, signal)).map(({ value, rows: n }) => [value, n]);
  expect(await values('one')).toHaveLength(4);
  expect(await values('same')).toEqual([
    ['d', 2],
    ['a', 1],
    ['b', 1],
    ['b/c', 1],
  ]);
  workbench.preview.stop();
});

test('a part is pinned with the whole cell, and is kept as long as the cell has that part', async () => {
  const { workbench, see } = await open();
  await see('split');
  const step = await pinCell(workbench, { row: 5, column: 'tags' });
  expect(step.id).toBe('split');
  const pinned = workbench.store.getState().histories.s?.ruleSet.steps[1];
  expect(pinned?.examples).toEqual([{ input: 'b/c;;d', output: '' }]);
  if (!pinned) return;
  expect(await brokenOf(workbench, pinned)).toEqual([]);
  const broken = await brokenOf(workbench, { ...pinned, parameters: { separator: '/' } });
  expect(broken).toMatchObject([{ example: 0, expected: '', found: 'b' }]);
  workbench.preview.stop();
});

test('editing the split, taking it back and sampling again show what there is', async () => {
  const { workbench, see } = await open();
  const edit = (parameters: Record<string, unknown>) =>
    workbench.edit({ kind: 'change-step', id: 'split', change: { parameters } });
  expect(await see(null)).toHaveLength(9);
  edit({ separator: '/' });
  expect(await see(null)).toHaveLength(6);
  workbench.undo();
  expect(await see(null)).toHaveLength(9);
  workbench.edit({ kind: 'change-step', id: 'again', change: { enabled: false } });
  workbench.edit({ kind: 'change-step', id: 'split', change: { enabled: false } });
  expect(await see(null)).toHaveLength(5);
  expect(workbench.store.getState().preview.rows).toBeNull();
  workbench.preview.stop();
});

test('arrays are split by their elements, and what is none stays; parts are traced and pinned alike', async () => {
  const parameters = { at: 'array' };
  const workbench = await openWorkbench(engine, {
    columns: ['id', 'tags'],
    rows: [
      ['1', '["a/b", null, {"c": 1}]'],
      ['2', 'd/e~1'],
      ['3', null],
      ['4', '[]'],
      ['5', `[${Array(1001).fill(1).join()}]`],
      ['6', '[" f", " g"]'],
      ['77', '["h", "i"]'],
    ],
    ruleSet: {
      ...emptyRuleSet('x'),
      steps: [
        {
          id: 'drop',
          operation: 'check',
          columns: ['id'],
          parameters: { kind: 'length', most: 1, onFail: 'reject' },
        },
        { id: 'split', operation: 'explode', columns: ['tags'], parameters },
        { id: 'trim', operation: 'trim', columns: ['tags'] },
      ].map((one) => stepSchema.parse(one)),
    },
  });
  const { preview } = workbench;
  await until(workbench, ({ preview: state }) => state.status === 'current');
  const told = async () => {
    const count = workbench.store.getState().preview.rows ?? 0;
    const found = (await preview.rows(Array.from({ length: count }, (_, i) => i + 1))) ?? [];
    return found.map(({ row, after }) => `${preview.label(row)} ${after[1]?.slice(0, 9)}`);
  };
  const kept = ['1·1 a/b', '1·2 undefined', '1·3 {"c": 1}', '2 d/e~1', '3 undefined', '4 undefined'];
  expect(await told()).toEqual([...kept, '5 [1,1,1,1,', '6·1 f', '6·2 g', '7 ["h", "i"']);
  const { counts, steps: counted } = workbench.store.getState().preview;
  expect(counts).toMatchObject({ read: 7, added: 3, kept: 8, rejected: 2 });
  expect(counted.split).toMatchObject({ added: 3, changedCells: 6 });
  workbench.selectStep('split');
  await until(workbench, ({ preview: state }) => state.status === 'current' && !state.matching);
  await pinCell(workbench, { row: 3, column: 'tags' });
  const pinned = workbench.store.getState().histories.s?.ruleSet.steps[1];
  expect(pinned?.examples).toEqual([{ input: '["a/b", null, {"c": 1}]', output: '{"c": 1}' }]);
  if (!pinned) return;
  expect(await brokenOf(workbench, pinned)).toEqual([]);
  expect(await brokenOf(workbench, { ...pinned, parameters: { separator: ';' } })).toHaveLength(1);
  preview.stop();
});

test('the same step counts whole rows before a split and parts after it', async () => {
  const check = {
    operation: 'check',
    columns: ['id'],
    parameters: { kind: 'length', most: 0, onFail: 'stop' },
  };
  const { workbench, see } = await open([
    { ...check, id: 'whole' },
    steps[1] ?? {},
    { ...check, id: 'parts' },
  ]);
  await see(null);
  const { steps: counted, counts } = workbench.store.getState().preview;
  expect(['whole', 'parts'].map((id) => counted[id]?.failing)).toEqual([5, 8]);
  expect(counts?.stopped.map(({ step, reached }) => [step, reached])).toEqual([
    ['whole', 5],
    ['parts', 8],
  ]);
  workbench.preview.stop();
});

test('a sample that would become too many rows is not split, and says so', async () => {
  const cell = Array(1000).fill('a').join(';');
  const workbench = await openWorkbench(engine, {
    columns: ['id', 'tags'],
    rows: Array.from({ length: 2001 }, (_, i) => [String(i), cell]),
    ruleSet: { ...emptyRuleSet('x'), steps: [stepSchema.parse(steps[1])] },
  });
  await until(workbench, ({ preview }) => preview.status === 'failed');
  expect(workbench.store.getState().preview.fault).toMatchObject({
    code: 'preview.rows',
    message: 'Step 1 makes 2,001,000 rows of the sample’s 2,001; the preview shows up to 2,000,000.',
  });
  workbench.preview.stop();
});
