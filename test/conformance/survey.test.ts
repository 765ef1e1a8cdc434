import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalConnector } from '../../main/connectors/local/connector';
import { coverShapes } from '../../main/sampling/cover';
import { sample } from '../../main/sampling/sample';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { type Dialect, usualDialect } from '../../shared/document/dialect';
import { fileSamplingSchema } from '../../shared/document/sampling';
import { surveyPlan } from '../../shared/sampling/survey';
import { ORC_COLUMNS, ORC_FOLDER } from '../doubles/orc';
import { decodeSample } from '../files/sampling/decode';
import type { SamplingGiven } from '../files/sampling/sources';
import { texts } from './corpus';
import { type SparkServer, startSparkServer } from './spark-server';

// What a file of lines can hold.
const cells = texts.filter((text) => !/[\r\n\0]/.test(text) && text.length < 5000);
const COLUMNS = ['id', 'awkward', 'key'];
const CSV = usualDialect('csv');
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const rows = cells.map((text, i) => [`${i}`, quoted(text), i % 5 === 0 ? '' : quoted(`Key ${i % 40}`)]);
// Some rows twice.
const input = [COLUMNS, ...rows, ...rows.slice(0, 30)].map((row) => `${row.join(',')}\n`).join('');

let spark: SparkServer;
let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-survey-'));
  await writeFile(path.join(folder, 'input.csv'), input);
  spark = await startSparkServer();
});
afterAll(async () => {
  await spark?.close();
  await rm(folder, { recursive: true, force: true });
});

const sorted = (found: readonly (readonly (string | null)[])[]) =>
  found.map((row) => JSON.stringify(row)).sort();

const CSV_INPUT: Input = { input: 'input.csv', columns: COLUMNS, dialect: CSV };
type Input = { readonly input: string; readonly columns: readonly string[]; readonly dialect: Dialect };
type Given = Partial<Input> & { readonly hash?: string };

/** What the job finds: its survey, and the rows it leaves. */
async function onSpark(asked: SamplingGiven | 'shapes', { hash, ...given }: Given = {}) {
  const { input, columns, dialect } = { ...CSV_INPUT, ...given };
  const root = path.join(folder, `root ${++count}`);
  await mkdir(root);
  const plan = surveyPlan(columns, dialect, asked === 'shapes' ? asked : fileSamplingSchema.parse(asked));
  await writeFile(path.join(root, 'plan.json'), canonicalJson(plan));
  const code = await spark.runJob([
    ...['--plan', `file://${root}/plan.json`, '--approved-hash', hash ?? hashOf(plan), '--run-id', 's1'],
    ...['--root', `file://${root}`, '--input', `file://${path.join(folder, input)}`],
    ...['--output', `file://${root}/none`, '--input-format', dialect.format, '--output-format', 'parquet'],
  ]);
  const run = path.join(root, '_runs', 's1');
  const report = JSON.parse(await readFile(path.join(run, 'report.json'), 'utf8'));
  if (code !== 0) return { code, report, survey: null, rows: [] };
  const survey = JSON.parse(await readFile(path.join(run, 'survey.json'), 'utf8'));
  const parts = (await readdir(path.join(run, 'output'))).filter((name) => name.endsWith('.parquet'));
  const left: (string | null)[][] = [];
  for (const part of parts) {
    const found = await sample({
      connector: createLocalConnector(),
      path: path.join(run, 'output', part),
      dialect: { format: 'parquet' },
      sampling: { method: 'first', rows: 100_000 },
    });
    left.push(...decodeSample(found.arrow));
  }
  return { code, report, survey, rows: left };
}

const here = async (sampling: SamplingGiven) => {
  const place = { connector: createLocalConnector(), path: path.join(folder, 'input.csv'), dialect: CSV };
  return decodeSample((await sample({ ...place, sampling: fileSamplingSchema.parse(sampling) })).arrow);
};

test('the job finds the shapes that a scan here finds, with their counts', async () => {
  const { code, survey, rows: examples } = await onSpark('shapes');
  expect(code).toBe(0);
  const place = { connector: createLocalConnector(), path: path.join(folder, 'input.csv'), dialect: CSV };
  const cover = await coverShapes(place);
  expect(survey.rows).toBe(cover.rows);
  for (const [at, { different, shapes }] of cover.columns.entries()) {
    const found = survey.columns[at];
    expect(found.different).toBe(different);
    const told = (list: readonly { shape: string | null; rows: number }[]) =>
      sorted(list.map(({ shape, rows: n }) => [shape, String(n)]));
    expect(told(found.shapes)).toEqual(told(shapes));
    for (const { shape, example } of found.shapes)
      if (shape !== null && example !== null) expect(examples[example]).toBeDefined();
  }
});

test('whole groups and rows that meet conditions are the very rows that are drawn here', async () => {
  const groups: SamplingGiven = { method: 'groups', keys: ['key'], share: 0.3, rows: 100, seed: 11 };
  const where = { all: [{ column: 'awkward', test: 'contains' as const, value: 'a', ignoreCase: true }] };
  for (const sampling of [groups, { method: 'filter' as const, where, rows: 20_000 }]) {
    const { code, rows: found } = await onSpark(sampling);
    expect(code).toBe(0);
    expect(found.length).toBeGreaterThan(5);
    expect(sorted(found)).toEqual(sorted(await here(sampling)));
  }
});

test('random rows are the same for a seed, each copy by itself; only an approved plan runs', async () => {
  const random: SamplingGiven = { method: 'random', rows: 80, seed: 1 };
  const [first, again] = [await onSpark(random), await onSpark(random)];
  expect(first.rows).toHaveLength(80);
  expect(sorted(again.rows)).toEqual(sorted(first.rows));
  const all = await onSpark({ ...random, rows: 20_000 });
  expect(sorted(all.rows)).toEqual(sorted(await here({ method: 'first', rows: 20_000 })));
  const refused = await onSpark(random, { hash: '0'.repeat(64) });
  expect(refused).toMatchObject({ code: 1, report: { code: 'plan.hash' } });
});

test('a sample of ORC, which nothing but the job reads', async () => {
  await cp(path.join(ORC_FOLDER, 'people-zstd.orc'), path.join(folder, 'people.orc'));
  const given = { input: 'people.orc', columns: ORC_COLUMNS, dialect: usualDialect('orc') };
  const { code, rows: found } = await onSpark({ method: 'random', rows: 2, seed: 3, on: 'cluster' }, given);
  expect([code, found.length]).toEqual([0, 2]);
  for (const row of found) expect(row).toHaveLength(ORC_COLUMNS.length);
  const filter = { all: [{ column: 'address.city', test: 'is-not-empty' as const }] };
  const filtered = await onSpark({ method: 'filter', where: filter, rows: 10, on: 'cluster' }, given);
  expect(filtered.rows.map((row) => row.slice(0, 4))).toEqual([['1', 'Ann', 'Café', '[1,null]']]);
});
