import { afterAll, beforeAll, expect, test } from 'vitest';
import { profile } from '../../../shared/analysis/profile';
import { runAnalysis } from '../../../shared/analysis/run';
import type { Engine } from '../../../shared/ports/engine';
import { load, openEngine, rowsOf } from './native';

let opened: Awaited<ReturnType<typeof openEngine>>;
let engine: Engine;
beforeAll(async () => {
  opened = await openEngine();
  engine = opened.engine;
  await load(
    engine,
    "it's",
    ['full "name"', 'code', 'gone'],
    [
      ['Ann Lee', 'AB-12', null],
      ['Ann Lee', 'AB-34', null],
      [' Élodie', 'ab-12', null],
      ['', '٣日', null],
      [null, '\u00a0', null],
      ['😀x', 'AB-12\v', null],
    ],
  );
});
afterAll(() => opened.close());

const run = (parameters: unknown) =>
  runAnalysis(engine, profile, {
    bindings: { table: { table: "it's", columns: {} } },
    parameters,
    name: 'profile',
  });

test('counts of each column, in the order asked for', async () => {
  const { results } = await run({ columns: ['gone', 'full "name"', 'code'] });
  expect(results.columns.names).toEqual(profile.results[0]?.columns.map(({ name }) => name));
  expect(rowsOf(results.columns)).toEqual([
    ['gone', 6, 6, 0, 0, 0, true, null, null, null, null],
    ['full "name"', 6, 1, 1, 1, 4, true, 0, 7, '', '😀x'],
    ['code', 6, 0, 0, 2, 6, true, 1, 6, 'AB-12', '٣日'],
  ]);
});

test('frequent values: by number, then by code point; missing cells are none', async () => {
  const { results } = await run({ columns: ['full "name"', 'gone'], top: 3 });
  expect(rowsOf(results.values)).toEqual([
    ['full "name"', 1, 'Ann Lee', 2],
    ['full "name"', 2, '', 1],
    ['full "name"', 3, ' Élodie', 1],
  ]);
});

test('shapes: digits and letters of every script', async () => {
  const { results } = await run({ columns: ['code', 'full "name"'] });
  expect(rowsOf(results.shapes)).toEqual([
    ['code', 1, 'A-9', 2, 2, 'AB-12'],
    ['code', 2, '9字', 1, 1, '٣日'],
    ['code', 3, 'A-9\v', 1, 1, 'AB-12\v'],
    ['code', 4, 'a-9', 1, 1, 'ab-12'],
    ['code', 5, '\u00a0', 1, 1, '\u00a0'],
    ['full "name"', 1, 'Aa Aa', 2, 1, 'Ann Lee'],
    ['full "name"', 2, '', 1, 1, ''],
    ['full "name"', 3, ' Aa', 1, 1, ' Élodie'],
    ['full "name"', 4, '😀a', 1, 1, '😀x'],
  ]);
});

test('long values are cut, and their shapes with them', async () => {
  await load(engine, 'long', ['v'], [['x'.repeat(5000)]]);
  const { results } = await runAnalysis(engine, profile, {
    bindings: { table: { table: 'long', columns: {} } },
    parameters: { columns: ['v'], width: 5 },
    name: 'profile',
  });
  expect(rowsOf(results.columns, ['longest', 'least'])).toEqual([[5000, 'xxxxx']]);
  expect(rowsOf(results.shapes, ['shape', 'example'])).toEqual([['a…', 'xxxxx']]);
});

test('over a million rows different values are estimated, and said to be', async () => {
  const { results } = await run({ columns: ['code'], rows: 1_000_001 });
  expect(rowsOf(results.columns, ['exact'])).toEqual([[false]]);
  const exact = await run({ columns: ['code'], rows: 1_000_000 });
  expect(rowsOf(exact.results.columns, ['distinct', 'exact'])).toEqual([[6, true]]);
});

test('refuses an empty list of columns and a column that is not there', async () => {
  await expect(run({ columns: [] })).rejects.toMatchObject({ code: 'analysis.parameters' });
  await expect(run({ columns: ['other'] })).rejects.toThrow();
});
