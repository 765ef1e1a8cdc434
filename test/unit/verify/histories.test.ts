import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerLookup } from '../../../main/engine/lookups';
import type { NativeEngine } from '../../../main/engine/native';
import { compareTables, type Difference } from '../../../main/verify/compare';
import { withHistories } from '../../../main/verify/histories';
import { compilePlan } from '../../../shared/compile/compile';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { materialise } from '../../../shared/trace/trace';
import { engineInFolder } from '../../doubles/native';

let engine: NativeEngine;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ engine, close } = await engineInFolder());
});
afterAll(() => close());

const steps = [
  { id: 't', operation: 'trim', columns: ['name'] },
  { id: 'l', operation: 'change-case', columns: ['name'], parameters: { to: 'lower' } },
  { id: 'c', operation: 'check', columns: ['mail'], parameters: { kind: 'email', onFail: 'reject' } },
].map((one) => stepSchema.parse(one));
const plan = compilePlan({ ...emptyRuleSet('x'), steps }, ['name', 'mail']);

test('a planted difference comes with its row and with the history of its cell', async () => {
  await engine.execute(
    `CREATE TABLE source AS SELECT * FROM (VALUES (1, ' Ann\u00a0', 'a@x.org'), (2, ' BOB ', 'b@x.org'), (3, 'Cy', 'no')) v(r, c0, c1)`,
  );
  await materialise({ engine, plan, source: 'source', table: 'trace', answer: answerLookup });
  await engine.execute(
    "CREATE TABLE one AS SELECT * FROM (VALUES ('ann', 'a@x.org'), ('bob', 'b@x.org')) v(c0, c1)",
  );
  await engine.execute(
    "CREATE TABLE other AS SELECT * FROM (VALUES ('ann', 'a@x.org'), ('BOB', 'b@x.org')) v(c0, c1)",
  );
  const { first } = await compareTables(
    engine,
    { expected: 'one', found: 'other', columns: ['name', 'mail'] },
    { engine: 'spark', where: 'output' },
  );
  expect(await withHistories(engine, plan, 'trace', first)).toEqual([
    {
      engine: 'spark',
      where: 'output',
      column: 'name',
      expected: 'bob',
      found: 'BOB',
      place: 2,
      row: { name: ' BOB ', mail: 'b@x.org' },
      history: [
        { step: null, sentence: null, value: ' BOB ' },
        { step: 't', sentence: 'Trim white space of name', value: 'BOB' },
        { step: 'l', sentence: 'Lower-case name', value: 'bob' },
      ],
    },
  ]);
});

test('a row that left is found by its original cells; counts and unknown rows stay as they are', async () => {
  const left: Difference = {
    engine: 'wasm',
    where: 'quarantine',
    column: '_reason',
    expected: 'not a valid e-mail address',
    found: null,
    row: { name: 'Cy', mail: 'no', _fate: 'rejected', _step: 'c', _column: 'mail', _reason: 'x' },
  };
  const counts: Difference = { ...left, where: 'counts', row: null };
  const unknown: Difference = { ...left, where: 'output', row: { name: 'nobody', mail: null } };
  const [told, ...others] = await withHistories(engine, plan, 'trace', [left, counts, unknown]);
  expect(told).toMatchObject({ place: 3, row: { name: 'Cy', mail: 'no' }, history: null });
  expect(others).toEqual([counts, unknown]);
});

test('a part of a row names its row of the source, and its history begins with the whole cell', async () => {
  const split = compilePlan(
    {
      ...emptyRuleSet('x'),
      steps: [
        { id: 'e', operation: 'explode', columns: ['mail'], parameters: { separator: ';' } },
        { id: 'l', operation: 'change-case', columns: ['mail'], parameters: { to: 'lower' } },
        { id: 'f', operation: 'explode', columns: ['mail'], parameters: { separator: '@' } },
      ].map((one) => stepSchema.parse(one)),
    },
    ['name', 'mail'],
  );
  await engine.execute(
    "CREATE TABLE parts AS SELECT * FROM (VALUES (1, 'Ann', 'A'), (2, 'Bob', 'B;C@D')) v(r, c0, c1)",
  );
  await materialise({ engine, plan: split, source: 'parts', table: 'trace', answer: answerLookup });
  const about = { engine: 'spark', where: 'output', column: 'mail', expected: 'd', found: 'D' } as const;
  const [told] = await withHistories(engine, split, 'trace', [{ ...about, row: { name: 'Bob', mail: 'd' } }]);
  expect(told).toMatchObject({ place: 2, row: { name: 'Bob', mail: 'B;C@D' } });
  expect(told?.history?.map(({ value }) => value)).toEqual(['B;C@D', 'C@D', 'c@d', 'd']);
});
