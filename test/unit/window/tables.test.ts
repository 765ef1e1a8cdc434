import { beforeAll, expect, test } from 'vitest';
import { prepareClean, prepareRaw } from '../../../renderer/analysis/prepare-source';
import { runSql } from '../../../renderer/analysis/run-sql';
import { tableNames } from '../../../renderer/analysis/table-names';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { compilePlan } from '../../../shared/compile/compile';
import { isFault } from '../../../shared/contract/errors';
import { emptyRuleSet, type RuleSet, stepSchema } from '../../../shared/document/rule-set';
import { answerLookups, engineInPlace } from './engine';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
  await engine.execute('SET errors_as_json = true');
});

const columns = ['id', 'e-mail', 'E-Mail'];
const rows = [
  ['1', ' a@x.test', 'first'],
  ['2', 'A@x.test', 'second'],
  ['3', 'b@x.test', 'third'],
  ['4', 'A@X.TEST', 'fourth'],
  ['5', null, '\ufeffmarked'],
] as const;

const rules = (...steps: object[]): RuleSet => ({
  ...emptyRuleSet('people'),
  steps: steps.map((step, i) => stepSchema.parse({ id: `s${i}`, ...step })),
});
const dedupe = (keep: string) => ({
  operation: 'deduplicate',
  parameters: {
    keys: ['e-mail'],
    normalize: 'trim-lower',
    keep,
    orderBy: [{ column: 'id', direction: 'ascending', nulls: 'first' }],
  },
});

async function prepare(ruleSet: RuleSet) {
  const tables = tableNames([{ id: 'p', name: 'people.csv' }]).get('p');
  if (!tables) throw new Error('no tables');
  const texts = columns.map((_, i) => rows.map((row) => row[i] ?? null));
  await engine.load('people_texts', ['r', 'c0', 'c1', 'c2'], [rows.map((_, i) => String(i + 1)), ...texts]);
  await engine.execute(
    'CREATE OR REPLACE TABLE people_loaded AS SELECT CAST(r AS BIGINT) AS r, c0, c1, c2 FROM people_texts',
  );
  await prepareRaw(engine, tables, { loaded: 'people_loaded', columns });
  const plan = compilePlan(ruleSet, columns);
  return prepareClean(engine, tables, { loaded: 'people_loaded', plan, answer: answerLookups });
}

const table = async (sql: string) => {
  const result = await runSql(engine, sql);
  if (!result) throw new Error('no rows');
  return { names: result.columns.map(({ name }) => name), values: result.values };
};

test('raw and cleaned tables carry the steward’s names, told apart', async () => {
  const cleaned = await prepare(rules({ operation: 'trim', columns: ['e-mail'] }));
  expect(cleaned).toEqual({ columns: ['id', 'e-mail', 'E-Mail_2'], kept: 5, merged: 0 });
  expect(await table('SELECT "e-mail" FROM people_raw LIMIT 1')).toEqual({
    names: ['e-mail'],
    values: [[' a@x.test']],
  });
  expect(await table('SELECT "e-mail", "E-Mail_2" FROM people WHERE id IN (\'1\', \'5\')')).toEqual({
    names: ['e-mail', 'E-Mail_2'],
    values: [
      ['a@x.test', null],
      ['first', '\ufeffmarked'],
    ],
  });
});

test('merged rows stand beside the row that was kept in the end', async () => {
  const cleaned = await prepare(rules(dedupe('last')));
  expect(cleaned).toMatchObject({ kept: 3, merged: 2 });
  expect(await table('SELECT "removed id", "kept id" FROM people_merged ORDER BY 1')).toMatchObject({
    values: [
      ['1', '2'],
      ['4', '4'],
    ],
  });
});

test('a fault of SQL names its place in the whole text', async () => {
  const failure = async (sql: string) => {
    const error: unknown = await runSql(engine, sql).catch((one: unknown) => one);
    if (!isFault(error)) throw error;
    return { code: error.code, offset: error.place?.offset, message: error.message };
  };
  const sql = 'SELECT 1;\nSELECT 2, cuntry\nFROM people_raw';
  expect(await failure(sql)).toMatchObject({ code: 'sql.failed', offset: sql.indexOf('cuntry') });
  expect(await failure('CREATE TABLE x AS SELCT 1')).toMatchObject({ code: 'sql.failed' });
  expect((await failure('SELECT * FROM missing_table')).message).toContain('missing_table');
  expect(await failure(' -- nothing\n')).toMatchObject({ code: 'sql.empty' });
});

test('values come as DuckDB writes them, names may repeat', async () => {
  const sql =
    "SELECT 1.10::DECIMAL(9,2) AS n, DATE '2024-02-29' AS d, 170141183460469231731687303715884105727 AS n, NULL AS x, [1, 2] AS l";
  const result = await runSql(engine, sql);
  expect(result?.columns.slice(0, 3).map(({ numeric }) => numeric)).toEqual([true, false, true]);
  expect(result?.values).toEqual([
    ['1.10'],
    ['2024-02-29'],
    ['170141183460469231731687303715884105727'],
    [null],
    ['[1, 2]'],
  ]);
  expect(await runSql(engine, 'CREATE OR REPLACE TEMP TABLE t AS SELECT 1')).toBeNull();
});
