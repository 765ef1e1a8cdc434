import { expect, test } from 'vitest';
import { cellOf, departureOf, type GridRow, gridView, isChanged } from '../../../renderer/grid/grid-row';
import { departureWords } from '../../../renderer/grid/row-mark';
import { compilePreview } from '../../../renderer/state/preview/plan';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';

const steps = [
  { id: 't', operation: 'trim', columns: ['name'] },
  { id: 'c', operation: 'check', columns: ['e-mail'], parameters: { kind: 'not-empty' } },
  { id: 'd', operation: 'deduplicate', parameters: { keys: ['name'] } },
].map((step) => stepSchema.parse(step));
const { plan } = compilePreview({ ...emptyRuleSet('s'), steps }, ['name', 'e-mail']);
const exit = (kind: string) => plan.actions.findIndex((action) => action.kind === kind);
const row = (fate: number | null, survivor: number | null = null): GridRow => ({
  row: 7,
  fate,
  survivor,
  before: [' Ann', null],
  after: ['Ann', null],
  view: gridView(plan, null),
});

test('a cell knows what it was, and the cause of a rejection carries its reason', () => {
  expect(cellOf(row(null), 'name')).toEqual({ before: ' Ann', after: 'Ann', reason: null });
  expect(cellOf(row(exit('leave')), 'e-mail')).toMatchObject({ reason: 'is empty' });
  expect(cellOf(row(exit('leave')), 'name')).toMatchObject({ reason: null });
  expect(cellOf(row(null), 'no such column')).toBeUndefined();
  expect(isChanged({ before: ' Ann', after: 'Ann' })).toBe(true);
  expect(isChanged({ before: null, after: null })).toBe(false);
});

test('a row that left says how, by which step, why, and into which row', () => {
  const rejected = departureOf(row(exit('leave')));
  expect(rejected && departureWords(rejected)).toBe('rejected by step 2: is empty (e-mail)');
  const merged = departureOf(row(exit('merge'), 1204));
  expect(merged && departureWords(merged)).toBe(
    'merged into row 1,204 by step 3: duplicate of a kept row (name)',
  );
  expect(departureOf(row(null))).toBeNull();
});
