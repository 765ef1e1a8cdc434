import { beforeAll, expect, test } from 'vitest';
import { prepareJoined, workspaceJoins } from '../../../renderer/analysis/joined';
import { prepareClean, prepareRaw } from '../../../renderer/analysis/prepare-source';
import { tableNames } from '../../../renderer/analysis/table-names';
import type { WorkspaceSource } from '../../../renderer/analysis/workspace';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { countJoin, readProblems } from '../../../renderer/joins/read-join';
import { compilePlan } from '../../../shared/compile/compile';
import type { Join } from '../../../shared/document/join';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { answerLookups, engineInPlace } from './engine';

let engine: WasmEngine;
let sources: readonly WorkspaceSource[];
const names = tableNames([
  { id: 'c', name: 'people.csv' },
  { id: 't', name: 'sales.csv' },
]);
const join: Join = {
  ...{ id: 'j', cardinality: 'many-to-one' },
  from: { source: 't', columns: ['who'] },
  to: { source: 'c', columns: ['id'] },
};
const { signal } = new AbortController();

async function prepare(id: string, columns: string[], rows: (string | null)[][], ...steps: object[]) {
  const tables = names.get(id);
  if (!tables) throw new Error('no tables');
  const ids = columns.map((_, i) => `c${i}`);
  const texts = columns.map((_, i) => rows.map((row) => row[i] ?? null));
  await engine.load(`${id}_texts`, ['r', ...ids], [rows.map((_, i) => String(i + 1)), ...texts]);
  const loaded = `${id}_loaded`;
  await engine.execute(
    `CREATE OR REPLACE TABLE ${loaded} AS SELECT CAST(r AS BIGINT) AS r, * EXCLUDE (r) FROM ${id}_texts`,
  );
  await prepareRaw(engine, tables, { loaded, columns });
  const parsed = steps.map((step, i) => stepSchema.parse({ id: `s${i}`, ...step }));
  const plan = compilePlan({ ...emptyRuleSet(id), steps: parsed }, columns);
  const made = await prepareClean(engine, tables, { loaded, plan, answer: answerLookups });
  return {
    source: { id, name: `${id}.csv` },
    tables,
    status: 'ready',
    ...made,
  } as unknown as WorkspaceSource;
}

beforeAll(async () => {
  engine = await engineInPlace();
  const people = [
    ['C1', 'Ann', 'a@x'],
    ['C2', 'Bo', 'b@x'],
    ['C3', 'Ann', 'a@x'],
    ['C4', 'Di', 'd@x'],
    ['C4', 'Di', 'e@x'],
  ];
  const merge = {
    operation: 'deduplicate',
    parameters: { keys: ['mail'], keep: 'first', orderBy: [{ column: 'id' }] },
  };
  const sales = [
    ['1', 'C1;\ufeffC2'],
    ['2', ' C2 '],
    ['3', 'C3'],
    ['4', 'C9'],
    ['5', null],
  ];
  const split = { operation: 'explode', columns: ['who'], parameters: { separator: ';' } };
  const trim = { operation: 'trim', columns: ['who'], parameters: { sides: 'both' } };
  sources = [
    await prepare('c', ['id', 'name', 'mail'], people, merge),
    await prepare('t', ['sale', 'who'], sales, split, trim),
  ];
});

test('counts and rows along a key come from the cleaned samples; a row’s parts keep its number', async () => {
  const counts = await countJoin(engine, join, sources, signal);
  expect(counts).toMatchObject({
    from: { rows: 6, missing: 1, matched: 2, orphans: 3, gone: { merged: 1, rejected: 0, filtered: 0 } },
    to: { rows: 4, duplicateKeys: 1, duplicateRows: 2, unused: 2 },
  });
  const found = await readProblems(engine, join, 'orphans', sources, { limit: 2, signal });
  expect(found).toEqual({
    ...{ source: 't', columns: ['who', 'sale'], keys: 1 },
    rows: [
      { row: 1, gone: null, cells: ['\ufeffC2', '1'] },
      { row: 3, gone: 'merged', cells: ['C3', '3'] },
    ],
  });
  const twice = await readProblems(engine, join, 'duplicates-to', sources, { limit: 9, signal });
  expect(twice.rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
    [4, 'C4'],
    [5, 'C4'],
  ]);
});

test('joined tables are there once both sources are, and go when a column of the key has gone', async () => {
  const made = await prepareJoined(engine, workspaceJoins([join], names), sources);
  expect(made.map(({ name, columns }) => [name, columns])).toEqual([
    ['sales_with_people', ['sale', 'who', 'name', 'mail']],
  ]);
  const { rows } = await engine.query('SELECT * FROM sales_with_people');
  expect(rows).toBe(6);
  const other = { ...join, from: { source: 't', columns: ['gone'] } };
  const [gone] = await prepareJoined(engine, workspaceJoins([other], names), sources);
  expect(gone?.columns).toEqual([]);
  await expect(engine.query('SELECT * FROM sales_with_people')).rejects.toThrow();
  await expect(countJoin(engine, other, sources, signal)).rejects.toMatchObject({ code: 'join.column' });
});
