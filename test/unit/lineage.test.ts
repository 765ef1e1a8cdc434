import { describe, expect, test } from 'vitest';
import { compilePreview } from '../../renderer/state/preview/plan';
import { columnEffects } from '../../shared/columns/effects';
import { beginPlan, planBuilder } from '../../shared/compile/builder';
import { compilePlan } from '../../shared/compile/compile';
import { columnsAt, lineageOf } from '../../shared/compile/lineage';
import { isFault } from '../../shared/contract/errors';
import { operations } from '../../shared/operations/registry';
import { historyOf, historyQuery, viewColumns, viewCondition } from '../../shared/trace/view';
import { ruleSetOf } from '../conformance/rule-sets';

const INPUT = ['name', 'mail', 'note'];
const STEPS = [
  { operation: 'trim', columns: ['mail'], parameters: {} },
  { operation: 'rename', columns: ['mail'], parameters: { to: 'e-mail' } },
  { operation: 'change-case', columns: ['e-mail'], parameters: { to: 'lower' } },
  { operation: 'duplicate-column', columns: ['e-mail'], parameters: { into: 'mail' } },
  { operation: 'select-columns', columns: [], parameters: { order: ['mail', 'e-mail', 'note'] } },
  { operation: 'drop-columns', columns: ['note'], parameters: {} },
];
const plan = compilePlan(ruleSetOf('columns', STEPS), INPUT);
const names = (step: number | null) => columnsAt(plan, step).map(({ column }) => column);
const view = (step: number | null) =>
  viewColumns(plan, step).map(({ column, was, before, after }) => [column, was, before === after]);

describe('columns that are renamed, copied, dropped and rearranged', () => {
  test('are there under their names after each step', () => {
    expect([-1, 0, 1, 2, 3, 4, 5, null].map(names)).toEqual([
      INPUT,
      INPUT,
      ['name', 'e-mail', 'note'],
      ['name', 'e-mail', 'note'],
      ['name', 'e-mail', 'note', 'mail'],
      ['mail', 'e-mail', 'note'],
      ['mail', 'e-mail'],
      ['mail', 'e-mail'],
    ]);
  });

  test('are compared with what they were before the step, whatever the name', () => {
    expect(view(0)).toEqual([
      ['name', 'name', true],
      ['mail', 'mail', false],
      ['note', 'note', true],
    ]);
    expect(view(1)[1]).toEqual(['e-mail', 'mail', true]);
    expect(view(2)[1]).toEqual(['e-mail', 'e-mail', false]);
    expect(view(3)[3]).toEqual(['mail', null, false]);
    expect(view(null)).toEqual([
      ['mail', null, false],
      ['e-mail', 'mail', false],
    ]);
  });

  test('keep their versions', () => {
    const id = plan.output[1]?.id ?? '';
    expect(lineageOf(plan, id)).toHaveLength(3);
    expect(lineageOf(plan, id)[0]).toBe('c1');
    const steps = (column: string, step: number | null) =>
      historyOf(plan, column, step).map((one) => one.step);
    expect(steps('mail', 0)).toEqual([null, 0, 2]);
    expect(steps('e-mail', null)).toEqual([null, 0, 2]);
    expect(steps('mail', null)).toEqual([3]);
    expect(steps('note', null)).toEqual([null]);
    expect(historyQuery('trace', historyOf(plan, 'mail', null), 7)).toContain('"r" = 7');
  });

  test('a view of a step without actions leaves out rows that left before it', () => {
    const steps = [
      {
        operation: 'filter',
        columns: [],
        parameters: { where: { all: [{ column: 'name', test: 'is-empty' }] }, action: 'drop' },
      },
      { operation: 'rename', columns: ['name'], parameters: { to: 'n' } },
    ];
    const filtered = compilePlan(ruleSetOf('filtered', steps), INPUT);
    expect(viewCondition(filtered, 1, { show: 'all' })).toContain('IS NULL');
    expect(viewCondition(filtered, 0, { show: 'all' })).toBe('TRUE');
  });
});

test('what a step does to columns is found by compiling it', () => {
  const [, rename, , duplicate] = ruleSetOf('columns', STEPS).steps;
  const none = { writes: [], adds: [], renames: [], drops: [] };
  if (!rename || !duplicate) throw new RangeError('Steps are missing.');
  expect(columnEffects(rename, INPUT)).toEqual({ ...none, reads: ['mail'], renames: [['mail', 'e-mail']] });
  expect(columnEffects(duplicate, ['e-mail', 'x'])).toEqual({ ...none, reads: ['e-mail'], adds: ['mail'] });
  const step = (operation: string, parameters: object, columns: string[]) => ({
    ...rename,
    ...{ operation, columns, parameters: { ...parameters } },
  });
  expect(columnEffects(step('select-columns', { order: ['note', 'name'] }, []), INPUT)).toEqual({
    ...none,
    reads: ['note', 'name'],
    drops: ['mail'],
  });
  expect(columnEffects(step('trim', {}, ['name']), INPUT)).toEqual({
    ...none,
    reads: ['name'],
    writes: ['name'],
  });
});

test('a name that is taken, no name and no column left are refused', () => {
  const told = (steps: typeof STEPS) => {
    try {
      compilePlan(ruleSetOf('x', steps), INPUT);
      return null;
    } catch (error) {
      return isFault(error) ? error.message : error;
    }
  };
  expect(told([{ operation: 'rename', columns: ['mail'], parameters: { to: 'note' } }])).toMatch(
    /already a column “note”/,
  );
  expect(told([{ operation: 'rename', columns: ['mail'], parameters: { to: '' } }])).toMatch(/needs a name/);
  expect(told([{ operation: 'rename', columns: ['mail'], parameters: { to: 'mail' } }])).toBeNull();
  expect(told([{ operation: 'drop-columns', columns: INPUT, parameters: {} }])).toMatch(
    /no column would be left/,
  );
  const dropped = [STEPS[5], { operation: 'trim', columns: ['note'], parameters: {} }] as typeof STEPS;
  expect(told(dropped)).toMatch(/no column “note”/);
});

test('in the preview, steps that are off leave the columns as they are', () => {
  const ruleSet = ruleSetOf('columns', STEPS);
  const off = { ...ruleSet, steps: ruleSet.steps.map((step, i) => ({ ...step, enabled: i !== 1 && i < 3 })) };
  const { plan: preview, stopsAt } = compilePreview(off, INPUT);
  expect(stopsAt?.step).toBe(ruleSet.steps[2]?.id);
  expect(preview.steps.map(({ columns }) => columns.map(({ column }) => column))).toEqual(
    Array(6).fill(INPUT),
  );
});

test('a builder refuses what is not there', () => {
  const builder = planBuilder(beginPlan(INPUT), 0, 'step 1');
  expect(() => builder.rename('nothing', 'x')).toThrow(/no column “nothing”/);
  expect(() => builder.arrange(['name', 'nothing'])).toThrow(/no column “nothing”/);
  expect(() => builder.add('name', builder.value('mail'))).toThrow(/already a column/);
});

const examples = operations.flatMap((one) =>
  one.examples.map((example) => [one.id, example.title, example] as const),
);

test.each(examples)('%s: %s tells the columns after it', (id, _title, example) => {
  const { output } = compilePlan(ruleSetOf(id, [{ ...example, operation: id }]), example.header);
  const told = output.map(({ column }) => column);
  expect(told).toEqual(example.columnsAfter ?? [...example.header, ...told.slice(example.header.length)]);
});
