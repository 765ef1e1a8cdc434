import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSpark, runOnSpark, type Spark } from '../../main/verify/spark-local';
import { compilePlan } from '../../shared/compile/compile';
import { compileSpark } from '../../shared/compile/spark';
import { csvDialectSchema } from '../../shared/document/dialect';
import { ruleSetOf } from './rule-sets';
import { readWritten } from './written';

let folder: string;
let spark: Spark;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-submit-'));
  const found = findSpark();
  if (!found) throw new Error('There is no Spark: type  npm run setup:spark');
  spark = found;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const steps = [{ operation: 'phone', columns: ['phone'], parameters: { defaultRegion: 'US' } }];
const source = csvDialectSchema.parse({ format: 'csv' });
const plan = compileSpark(compilePlan(ruleSetOf('submit', steps), ['phone']), source);

test('the job runs under spark-submit on this machine', async () => {
  const input = path.join(folder, 'phones, with spaces.csv');
  await writeFile(input, 'phone\n(212) 555-0147\n');
  const run = { spark, plan, input, folder: path.join(folder, 'run'), outputFormat: 'csv' as const };
  const { report, output } = await runOnSpark(run);
  expect(report).toMatchObject({ status: 'succeeded', counts: { read: 1, kept: 1 } });
  expect((await readWritten(output)).rows).toEqual([['+12125550147']]);
});

test('a failed run tells the job’s own code, and writes nothing', async () => {
  const input = path.join(folder, 'other.csv');
  await writeFile(input, 'other\n1\n');
  const run = { spark, plan, input, folder: path.join(folder, 'failed'), outputFormat: 'csv' as const };
  await expect(runOnSpark(run)).rejects.toMatchObject({ name: 'Fault', code: 'input.columns' });
  await expect(readFile(path.join(folder, 'failed/output'))).rejects.toThrow();
});

test('a cancelled run ends with its processes', async () => {
  const controller = new AbortController();
  const input = path.join(folder, 'phones, with spaces.csv');
  const cancelled = runOnSpark({
    spark,
    plan,
    input,
    folder: path.join(folder, 'cancelled'),
    outputFormat: 'csv',
    signal: controller.signal,
  });
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});
