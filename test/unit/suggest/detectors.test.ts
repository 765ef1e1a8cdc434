import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerLookup } from '../../../main/engine/lookups';
import type { NativeEngine } from '../../../main/engine/native';
import { findOperation } from '../../../shared/operations/registry';
import { date } from '../../../shared/suggest/date';
import { createLooks } from '../../../shared/suggest/look';
import { detectors } from '../../../shared/suggest/registry';
import { suggestSteps } from '../../../shared/suggest/suggest';
import { engineInFolder } from '../../doubles/native';

let engine: NativeEngine;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ engine, close } = await engineInFolder());
});
afterAll(() => close());

/** What is suggested for one column with these cells, each so many times. */
async function suggested(name: string, cells: readonly (string | null)[], signal?: AbortSignal) {
  await engine.load('cells', ['c0'], [cells]);
  return suggestSteps({
    engine,
    answer: answerLookup,
    columns: [name],
    source: 'cells',
    prefix: 'suggest',
    ...(signal && { signal }),
  });
}
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

test('whatever the cells hold, nothing fails', async () => {
  const awkward = [
    null,
    '',
    ' ',
    '\u0000',
    '\ufeff',
    '\ud83d\ude00',
    "'; DROP TABLE x --",
    'a'.repeat(100_000),
    '31.02.2024',
    '9'.repeat(400),
  ];
  for (const name of ['x', 'name', 'phone', 'postal code', 'amount', 'id'])
    await expect(suggested(name, awkward)).resolves.toBeDefined();
  expect(await suggested('x', [])).toEqual([]);
  expect(await suggested('x', times(10, null))).toEqual([]);
});

test('a clean column is left alone', async () => {
  expect(await suggested('e-mail', times(20, 'ann@example.com'))).toEqual([]);
});

test('NA is a placeholder, but not among codes', async () => {
  const among = async (cells: string[]) =>
    (await suggested('x', cells)).find(({ operation }) => operation === 'nullify')?.parameters.values;
  expect(await among([...times(20, 'some words here'), 'NA'])).toContain('NA');
  expect(await among([...times(20, 'US'), 'NA', '-'])).not.toContain('NA');
});

test('without a column of regions the region that makes most numbers valid is taken', async () => {
  const [first] = await suggested('phone', times(20, '020 7946 0018'));
  expect(first).toMatchObject({ operation: 'phone', fixed: 20, parameters: { defaultRegion: 'GB' } });
});

test('phone numbers that are in E.164 already are not read as numbers', async () => {
  const cells = [...times(30, '+498999998098'), ...times(4, '+1 212 555 0154'), ...times(3, '020 7946 0018')];
  const operations = (await suggested('phone', cells)).map((one) => one.operation);
  expect(operations).toContain('phone');
  expect(operations).not.toContain('parse-number');
  const signed = [...times(30, '+1250'), ...times(4, '+1,250.50')];
  expect((await suggested('change', signed)).map((one) => one.operation)).toContain('parse-number');
});

test('the dominant letter case is suggested, with the cells of another', async () => {
  const [first] = await suggested('segment', [...times(30, 'consumer'), ...times(3, 'CONSUMER')]);
  expect(first).toMatchObject({ operation: 'change-case', parameters: { to: 'lower' }, fixed: 3 });
});

test('names are repaired by the step that knows them, other words by their dominant letter case', async () => {
  const cells = [...times(40, 'Ann Lee'), ...times(4, 'Freja McKenna'), ...times(3, 'ANN LEE')];
  const operations = async (column: string) => (await suggested(column, cells)).map((one) => one.operation);
  expect(await operations('full name')).toContain('person-name');
  expect(await operations('full name')).not.toContain('change-case');
  expect(await operations('label')).toContain('change-case');
});

test('dates that can be read both ways are offered both ways, with the evidence for each', async () => {
  const cells = [...times(20, '03/04/2020'), '25/04/2020', '26/04/2020', '04/27/2020'];
  await engine.load('cells', ['c0'], [cells]);
  const looks = createLooks({
    engine,
    answer: answerLookup,
    columns: ['born'],
    rows: cells.length,
    table: 'cells',
  });
  const offers = await date.detect(await looks.at('born'));
  await looks.close();
  expect(offers).toHaveLength(2);
  expect(offers[0]?.remarks?.join(' ')).toMatch(
    /2 cells can only be read with the day first \(for example “25\/04\/2020”\).*1 cell can only be read with the month first.*20 cells can be read either way/,
  );
  expect(offers.map(({ cannotBe }) => cannotBe)).toEqual([
    'read as day/month/year',
    'read as month/day/year',
  ]);
});

test('it can be given up, and leaves no table', async () => {
  const aborting = new AbortController();
  aborting.abort();
  await expect(suggested('x', ['a'], aborting.signal)).rejects.toMatchObject({ code: 'cancelled' });
  const left = await engine.query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'suggest%'");
  expect(left.rows).toBe(0);
});

test('what a detector proposes is there, or will be', () => {
  const library = new Set([
    ...['remove-characters', 'map-values', 'merge-variants', 'person-name', 'country', 'postal-code'],
    ...['parse-number', 'parse-money', 'parse-date', 'parse-timestamp', 'identifier'],
  ]);
  for (const { operations } of detectors)
    for (const id of operations) expect(findOperation(id) !== undefined || library.has(id), id).toBe(true);
});

test('the same digits in another order are no variant of a date', async () => {
  const dates = [...times(12, '2026-01-06'), ...times(12, '2026-06-01')];
  expect((await suggested('since', dates)).map(({ operation }) => operation)).not.toContain('merge-variants');
  const names = [...times(12, 'Lake Amber'), ...times(2, 'AMBER, lake')];
  const merged = (await suggested('city', names)).find(({ operation }) => operation === 'merge-variants');
  expect(merged).toMatchObject({ fixed: 2, examples: [{ before: 'AMBER, lake', after: 'Lake Amber' }] });
});
