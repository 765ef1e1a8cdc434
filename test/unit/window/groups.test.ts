import { beforeAll, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { learnFromSample } from '../../../renderer/matching/learn-from-sample';
import { readRecords } from '../../../renderer/matching/read-records';
import { decide, type OpenPair, openPairs, undecided } from '../../../renderer/matching/review';
import { compilePreview } from '../../../renderer/state/preview/plan';
import type { Workbench } from '../../../renderer/state/workbench';
import { readValues } from '../../../renderer/variants/read-values';
import { emptyRuleSet, type RuleSet, type Step, stepSchema } from '../../../shared/document/rule-set';
import { countTrace, materialise } from '../../../shared/trace/trace';
import { historyIds, historyOf, historyQuery, viewQuery } from '../../../shared/trace/view';
import { answerLookups, engineInPlace } from './engine';
import { type Cells, openWorkbench, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const columns = ['name', 'e-mail', 'since'];
const cells: Cells = Array.from({ length: 60 }, (_, i) => [
  ['Jürgen Müller', 'Juergen Mueller', 'Anna Meier', 'Anna  Mayer', null][i % 5] ?? null,
  [`p${i % 7}@a.example`, `P${i % 7}@a.example`, ''][i % 3] ?? null,
  i % 4 === 0 ? null : `20${10 + (i % 9)}-01-01`,
]);

const match = {
  id: 'match',
  operation: 'match-duplicates',
  parameters: {
    block: [{ columns: ['name'], by: 'cologne' }],
    compare: [
      { column: 'name', close: 800 },
      { column: 'e-mail', by: 'normalized', agree: 50, differ: -70 },
    ],
    threshold: 60,
  },
};
const merge = {
  id: 'merge',
  operation: 'merge-duplicates',
  parameters: {
    keys: ['duplicate group'],
    orderBy: [{ column: 'since', direction: 'descending' }],
    survivorship: [{ column: 'name', rule: 'longest' }],
  },
};
const variants = {
  id: 'variants',
  operation: 'merge-variants',
  columns: ['name'],
  parameters: { key: 'cologne', canonical: [{ value: 'Anna Meier', members: [] }] },
};

const ruleSetOf = (workbench: Workbench): RuleSet =>
  workbench.store.getState().histories.s?.ruleSet ?? emptyRuleSet('s');
const stepWith = (workbench: Workbench, id: string): Step => {
  const found = ruleSetOf(workbench).steps.find((step) => step.id === id);
  if (!found) throw new Error(`There is no step ${id}.`);
  return found;
};
const insert = (workbench: Workbench, index: number, step: object) =>
  workbench.edit({ kind: 'insert-step', index, step: stepSchema.parse(step) });

/** Compares what the preview shows and counts with a trace made in one go. */
async function check(workbench: Workbench) {
  await until(workbench, ({ preview }) => preview.status !== 'updating' && !preview.matching);
  const { preview } = workbench.store.getState();
  expect(preview.fault).toBeNull();
  const { plan } = compilePreview(ruleSetOf(workbench), columns);
  await materialise({ engine, plan, source: 'sample', table: 'fresh', answer: answerLookups });
  expect(preview.counts).toEqual(await countTrace(engine, plan, 'fresh'));
  const all = { step: null, filter: { show: 'all' as const }, offset: 0, limit: 1000 };
  const wanted = await engine.query(viewQuery(plan, 'fresh', all));
  const seen = await workbench.preview.rows(cells.map((_, i) => i + 1));
  expect(
    seen?.map(({ row, fate, survivor, before, after }) => [
      row,
      fate,
      survivor,
      ...before.flatMap((one, i) => [one, after[i]]),
    ]),
  ).toEqual(Array.from({ length: wanted.rows }, (_, i) => wanted.columns.map((one) => one[i] ?? null)));
  return plan;
}

test('after any edit the preview of groups is that of a trace made in one go', async () => {
  const workbench = await openWorkbench(engine, { columns, rows: cells, ruleSet: emptyRuleSet('s') });
  insert(workbench, 0, match);
  await check(workbench);
  insert(workbench, 1, merge);
  expect((await workbench.preview.rows([1, 2, 3]))?.length).toBe(3);
  await check(workbench);
  insert(workbench, 0, variants);
  await check(workbench);
  const survivorship = [{ column: 'name', rule: 'most-frequent' }];
  const parameters = { ...merge.parameters, survivorship };
  workbench.edit({ kind: 'change-step', id: 'merge', change: { parameters } });
  expect((await workbench.preview.rows([1, 30, 60]))?.length).toBe(3);
  await check(workbench);
  const drop = { any: [{ column: 'since', test: 'is-empty' }] };
  insert(workbench, 0, { id: 'f', operation: 'filter', parameters: { where: drop, action: 'drop' } });
  await check(workbench);
  workbench.edit({ kind: 'change-step', id: 'f', change: { enabled: false } });
  await check(workbench);
  workbench.preview.stop();
}, 120_000);

test('the history of a chosen cell names the row it was taken from', async () => {
  const rows: Cells = [
    ['Ann', 'a@a.example', '2024-01-01'],
    ['Ann Lee', 'a@a.example', null],
    ['Bob', 'b@a.example', null],
  ];
  const workbench = await openWorkbench(engine, { columns, rows, ruleSet: emptyRuleSet('s') });
  insert(workbench, 0, { ...merge, parameters: { ...merge.parameters, keys: ['e-mail'] } });
  await until(workbench, ({ preview }) => preview.status === 'current');
  const told = await workbench.preview.query(
    null,
    (plan) => historyIds(historyOf(plan, 'name', null)),
    async (relation, plan, on) => {
      const answers = [1, 3].map((row) =>
        on.query(historyQuery(relation, historyOf(plan, 'name', null), row)),
      );
      return (await Promise.all(answers)).map((one) => one.columns.map(([value]) => value));
    },
  );
  expect(told).toEqual([
    [null, 'Ann', null, 'Ann Lee', 2],
    [null, 'Bob', null, 'Bob', 3],
  ]);
  workbench.preview.stop();
}, 120_000);

test('values, records and pairs to decide are those before the step', async () => {
  const workbench = await openWorkbench(engine, { columns, rows: cells, ruleSet: emptyRuleSet('s') });
  insert(workbench, 0, {
    id: 'f',
    operation: 'filter',
    parameters: { where: { any: [{ column: 'since', test: 'is-empty' }] }, action: 'drop' },
  });
  insert(workbench, 1, match);
  insert(workbench, 2, variants);
  const { signal } = new AbortController();
  const values = await readValues(workbench, { step: 'variants', column: 'name' }, signal);
  expect(values).toContainEqual({ value: 'Anna  Mayer', rows: 9 });
  expect(values.reduce((sum, one) => sum + one.rows, 0)).toBe(36);
  const read = await readRecords(workbench, stepWith(workbench, 'match'), signal);
  const kept = cells.filter(([, , since]) => since !== null);
  const different = new Set(
    kept.map(([name, mail]) => JSON.stringify([name?.toLowerCase(), mail?.toLowerCase()])),
  );
  expect(read?.records.length).toBe(different.size);
  const before = read && (await openPairs(read, signal));
  const nearest = before?.pairs[0];
  if (!before || !nearest) throw new Error('There is no pair to decide.');
  workbench.edit({
    kind: 'change-step',
    id: 'match',
    change: decide(stepWith(workbench, 'match'), nearest, true),
  });
  const idsOf = ({ one, other }: OpenPair) => [one.record.id, other.record.id];
  // At once, and after the records have been read anew.
  expect(undecided(stepWith(workbench, 'match'), before.pairs)).toEqual(before.pairs.slice(1));
  const again = await readRecords(workbench, stepWith(workbench, 'match'), signal);
  const after = again && (await openPairs(again, signal));
  expect(after?.open).toBe(before.open - 1);
  expect(after?.pairs.map(idsOf)).not.toContainEqual(idsOf(nearest));
  const learned = await learnFromSample(workbench, stepWith(workbench, 'match'));
  expect(learned?.decided).toHaveLength(1);
  workbench.preview.stop();
}, 120_000);
