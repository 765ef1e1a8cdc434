import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { compilePreview } from '../../../renderer/state/preview/plan';
import { planHere } from '../../../renderer/state/preview/row-space';
import type { Workbench } from '../../../renderer/state/workbench';
import { emptyRuleSet, type RuleSet, stepSchema } from '../../../shared/document/rule-set';
import { countTrace, materialise } from '../../../shared/trace/trace';
import { viewQuery } from '../../../shared/trace/view';
import { answerLookups, engineInPlace } from './engine';
import { openWorkbench, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const columns = ['name', 'e-mail', 'phone', 'country'];
const cell = fc.constantFrom(
  ...[
    null,
    '',
    ' ',
    'n/a',
    ' Ann  Lee\u00a0',
    'ann lee',
    '\ufeffAnn',
    'İO\u0000x',
    'A.Lee@Example.COM',
    ' a.lee@example.com',
  ],
  ...[
    'bad@',
    '\ufeff+44 20 7946 0018',
    '(212) 555-0147',
    '+44 20 7946 0018',
    '٢١٢-٥٥٥-٠١٤٧',
    'us',
    'GB',
    'x',
  ],
);
const rows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 30 });

const column = fc.constantFrom(...columns);
type StepParts = { operation: string; columns: string[]; parameters: object };
const stepParts = fc.oneof<fc.Arbitrary<StepParts>[]>(
  fc.record({
    operation: fc.constant('trim'),
    columns: fc.uniqueArray(column, { minLength: 1 }),
    parameters: fc.record({ sides: fc.constantFrom('both', 'start') }),
  }),
  fc.record({
    operation: fc.constant('change-case'),
    columns: fc.tuple(column),
    parameters: fc.record({ to: fc.constantFrom('lower', 'title') }),
  }),
  fc.record({
    operation: fc.constant('nullify'),
    columns: fc.uniqueArray(column, { minLength: 1 }),
    parameters: fc.constant({}),
  }),
  fc.record({
    operation: fc.constant('email'),
    columns: fc.constant(['e-mail']),
    parameters: fc.record({ invalid: fc.constantFrom('keep', 'null', 'reject') }),
  }),
  fc.record({
    operation: fc.constant('phone'),
    columns: fc.constant(['phone']),
    parameters: fc.record({
      defaultRegion: fc.constant('US'),
      regionColumn: fc.constant('country'),
      extension: fc.constantFrom('drop', 'column'),
    }),
  }),
  fc.record({
    operation: fc.constant('filter'),
    columns: fc.constant([]),
    parameters: fc.record({
      action: fc.constant('drop'),
      where: fc.record({ any: fc.tuple(fc.record({ column, test: fc.constant('is-empty') })) }),
    }),
  }),
  fc.record({
    operation: fc.constant('deduplicate'),
    columns: fc.constant([]),
    parameters: fc.record({ keys: fc.tuple(column), normalize: fc.constantFrom('none', 'trim-lower') }),
  }),
  fc.record({
    operation: fc.constant('check'),
    columns: fc.tuple(column),
    parameters: fc.record({
      kind: fc.constant('not-empty'),
      onFail: fc.constantFrom('reject', 'flag', 'stop'),
    }),
  }),
  fc.record({
    operation: fc.constant('check'),
    columns: fc.uniqueArray(column, { minLength: 1, maxLength: 2 }),
    parameters: fc.record({
      kind: fc.constant('unique'),
      normalize: fc.constantFrom('none', 'trim-lower'),
      onFail: fc.constantFrom('reject', 'flag', 'stop'),
    }),
  }),
  fc.record({
    operation: fc.constant('map-values'),
    columns: fc.uniqueArray(column, { minLength: 1, maxLength: 2 }),
    parameters: fc.record({
      map: fc.constantFrom(
        [
          { from: 'ann lee', to: ' x' },
          { from: '\ufeffann', to: '\ufeff' },
        ],
        [
          { from: '', to: null },
          { from: 'x', to: 'GB' },
        ],
      ),
      otherwise: fc.constantFrom('keep', 'null', 'reject'),
    }),
  }),
  fc.record({
    operation: fc.constant('lookup'),
    columns: fc.constant([]),
    parameters: fc.record({
      table: fc.constant({
        columns: ['code', 'country'],
        rows: [
          ['gb', 'Britain'],
          ['US', null],
        ],
      }),
      on: fc.constant([{ column: 'country', equals: 'code' }]),
      take: fc
        .record({ from: fc.constant('country'), into: fc.constantFrom('name', 'new') })
        .map((one) => [one]),
      otherwise: fc.constantFrom('keep', 'null', 'reject'),
    }),
  }),
  fc.record({
    operation: fc.constant('explode'),
    columns: fc.tuple(column),
    parameters: fc.record({ separator: fc.constantFrom(' ', 'e', '@', '\u0000') }),
  }),
  // Faulty ones: the preview stops there.
  fc.record({
    operation: fc.constant('trim'),
    columns: fc.constant(['no such column']),
    parameters: fc.constant({}),
  }),
  fc.record({ operation: fc.constant('filter'), columns: fc.constant([]), parameters: fc.constant({}) }),
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(5), step: stepParts }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(5) }),
  fc.record({ kind: fc.constant('toggle' as const), at: fc.nat(5) }),
  fc.record({ kind: fc.constant('move' as const), at: fc.nat(5), to: fc.nat(5) }),
  fc.record({ kind: fc.constant('undo' as const) }),
  fc.record({ kind: fc.constant('redo' as const) }),
  fc.record({ kind: fc.constant('wait' as const) }),
);

let ids = 0;
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function carryOut(workbench: Workbench, one: Change) {
  const steps = ruleSetOf(workbench).steps;
  if (one.kind === 'wait') return until(workbench, ({ preview }) => preview.status === 'current');
  if (one.kind === 'undo') return workbench.undo();
  if (one.kind === 'redo') return workbench.redo();
  if (one.kind === 'insert') {
    const step = stepSchema.parse({ id: `s${++ids}`, ...one.step });
    return workbench.edit({ kind: 'insert-step', index: Math.min(one.at, steps.length), step });
  }
  const step = steps[one.at];
  if (!step) return;
  if (one.kind === 'remove') return workbench.edit({ kind: 'remove-step', id: step.id });
  if (one.kind === 'toggle')
    return workbench.edit({ kind: 'change-step', id: step.id, change: { enabled: !step.enabled } });
  return workbench.edit({ kind: 'move-step', id: step.id, index: one.to });
}

const ruleSetOf = (workbench: Workbench): RuleSet =>
  workbench.store.getState().histories.s?.ruleSet ?? emptyRuleSet('s');

/** What a trace made in one go shows and counts. */
async function fresh(ruleSet: RuleSet, step: number | null, show: 'all' | 'changed') {
  const { plan: whole } = compilePreview(ruleSet, columns);
  const given = { engine, source: 'sample', answer: answerLookups };
  await materialise({ ...given, plan: whole, table: 'fresh' });
  const counts = await countTrace(engine, whole, 'fresh');
  // A step before rows are split shows them whole.
  const plan = planHere(whole, step);
  await materialise({ ...given, plan, table: 'fresh' });
  const every = Number((await engine.query('SELECT count(*) FROM fresh')).columns[0]?.[0]);
  const places = '(SELECT r AS number, row_number() OVER (ORDER BY r) AS place FROM fresh)';
  const query = viewQuery(plan, 'fresh', { step, filter: { show }, offset: 0, limit: 100_000 });
  const seen = await engine.query(
    `SELECT CAST(p.place AS DOUBLE) AS r, s.* EXCLUDE (r, w), CAST(q.place AS DOUBLE) AS w FROM (${query}) s ` +
      `JOIN ${places} p ON p.number = s.r LEFT JOIN ${places} q ON q.number = s.w ORDER BY 1`,
  );
  const rows = Array.from({ length: seen.rows }, (_, i) => seen.columns.map((one) => one[i] ?? null));
  return { counts, rows, every };
}

async function check(workbench: Workbench, at: number, show: 'all' | 'changed') {
  const { steps } = ruleSetOf(workbench);
  const step = at < steps.length ? at : null;
  workbench.selectStep(step === null ? null : (steps[step]?.id ?? null));
  workbench.setFilter({ show });
  await until(workbench, ({ preview }) => preview.status === 'current' && !preview.matching);
  const wanted = await fresh(ruleSetOf(workbench), step, show);
  const { preview } = workbench.store.getState();
  expect(preview.counts).toEqual(wanted.counts);
  expect(steps.map(({ id }) => preview.steps[id])).toEqual(wanted.counts.steps);
  const every = Array.from({ length: wanted.every }, (_, i) => i + 1);
  const numbers = preview.matches === null ? every : [...preview.matches];
  expect(numbers).toEqual(wanted.rows.map((row) => row[0]));
  const seen = await workbench.preview.rows(numbers);
  expect(
    seen?.map(({ row, fate, survivor, before, after }) => {
      return [row, fate, ...before.flatMap((one, i) => [one, after[i]]), survivor];
    }),
  ).toEqual(
    wanted.rows.map(([row, fate, ...cells]) => {
      const { plan } = compilePreview(ruleSetOf(workbench), columns);
      const later = step !== null && fate !== null && (plan.actions[Number(fate)]?.step ?? 0) > step;
      const shown = later ? null : (fate as number | null);
      // Only of a row that a merge took out up to here.
      const merged = shown !== null && plan.actions[shown]?.kind === 'merge';
      return [row, shown, ...cells.slice(0, -1), merged ? cells.at(-1) : expect.toSatisfy(() => true)];
    }),
  );
}

test('after any edits the preview shows and counts what a trace made in one go does', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.array(change, { minLength: 1, maxLength: 12 }),
      fc.nat(5),
      fc.constantFrom('all' as const, 'changed' as const),
      async (cells, changes, at, show) => {
        const workbench = await openWorkbench(engine, { columns, rows: cells, ruleSet: emptyRuleSet('s') });
        for (const one of changes) await carryOut(workbench, one);
        await check(workbench, at, show);
        workbench.preview.stop();
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('a merge is computed anew when a step before it removes other rows', async () => {
  const cells = [
    ['a', 'same', null, null],
    ['', 'same', null, null],
    ['b', 'same', null, null],
  ] as const;
  const workbench = await openWorkbench(engine, { columns, rows: cells, ruleSet: emptyRuleSet('s') });
  const drop = { any: [{ column: 'name', test: 'is-empty' }] };
  const steps = [
    { id: 'f', operation: 'filter', parameters: { where: drop, action: 'drop' } },
    { id: 'd', operation: 'deduplicate', parameters: { keys: ['e-mail'] } },
  ];
  for (const [index, step] of steps.entries())
    workbench.edit({ kind: 'insert-step', index, step: stepSchema.parse(step) });
  await check(workbench, 9, 'all');
  expect(workbench.store.getState().preview.counts).toMatchObject({ filtered: 1, merged: 1, kept: 1 });
  workbench.edit({ kind: 'change-step', id: 'f', change: { enabled: false } });
  await check(workbench, 9, 'all');
  expect(workbench.store.getState().preview.counts).toMatchObject({ filtered: 0, merged: 2, kept: 1 });
  workbench.preview.stop();
});

test('nothing is computed twice: undoing an edit asks the engine for no new table', async () => {
  const asked: string[] = [];
  const watched: WasmEngine = {
    ...engine,
    execute: (sql, signal) => {
      asked.push(sql);
      return engine.execute(sql, signal);
    },
    connect: async () => watched,
  };
  const cells = [[' a ', 'b', 'c', 'd']] as const;
  const workbench = await openWorkbench(watched, { columns, rows: cells, ruleSet: emptyRuleSet('s') });
  const step = stepSchema.parse({ id: 't', operation: 'trim', columns: ['name'] });
  workbench.edit({ kind: 'insert-step', index: 0, step });
  await check(workbench, 9, 'all');
  workbench.edit({ kind: 'change-step', id: 't', change: { enabled: false } });
  await check(workbench, 9, 'all');
  asked.length = 0;
  workbench.undo();
  await until(workbench, ({ preview }) => preview.status === 'current');
  expect(workbench.store.getState().preview.steps.t?.changedCells).toBe(1);
  expect(asked.filter((sql) => sql.startsWith('CREATE'))).toEqual([]);
  workbench.preview.stop();
});
