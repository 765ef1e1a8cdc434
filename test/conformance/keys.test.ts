// The job and secret keys: from a real credential provider of Hadoop's, and never anywhere else.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { checkKeys } from '../../shared/compile/keys';
import { compileSpark, type SparkPlan } from '../../shared/compile/spark';
import { csvDialectSchema } from '../../shared/document/dialect';
import { hmacDigest } from '../../shared/lookup/key';
import { ruleSetOf } from './rule-sets';
import { type SparkServer, startSparkServer } from './spark-server';
import { readWritten } from './written';

const SECRET = 'a sécret of the clüster, 0123456789';
const ALIAS = 'dataharmonize.key.cluster-key';
const RULES = ruleSetOf('keys', [
  { operation: 'hash', columns: ['a'], parameters: { algorithm: 'hmac-sha256', keyRef: 'cluster-key' } },
  { operation: 'check', columns: ['b'], parameters: { kind: 'not-empty' } },
]);

let spark: SparkServer;
let folder: string;
let plan: SparkPlan;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-keys-'));
  spark = await startSparkServer();
  const checked = await checkKeys(compilePlan(RULES, ['a', 'b']), async () => SECRET);
  plan = compileSpark(checked, csvDialectSchema.parse({ format: 'csv' }));
});
afterAll(async () => {
  await spark?.setCredentials(null);
  await spark?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A run of the job with these credentials; null for a cluster without a provider. */
async function run(entries: Readonly<Record<string, string>> | null, given: SparkPlan = plan) {
  const root = path.join(folder, `root ${++count}`);
  await mkdir(root);
  const keystore = path.join(folder, `keys${count}.jceks`);
  await spark.setCredentials(entries && `localjceks://file${keystore}`, entries ?? {});
  const uri = (name: string) => `file://${path.join(root, name)}`;
  await writeFile(path.join(root, 'plan.json'), canonicalJson(given));
  await writeFile(path.join(root, 'input.csv'), 'a,b\nAnn,1\n,2\nBob,\n');
  const code = await spark.runJob([
    ...['--plan', uri('plan.json'), '--approved-hash', hashOf(given), '--run-id', 'r1', '--root', uri('')],
    ...['--input', uri('input.csv'), '--output', uri('out'), '--quarantine', uri('left')],
    ...['--input-format', 'csv', '--output-format', 'csv', '--report', uri('report.json')],
  ]);
  const report = JSON.parse(await readFile(path.join(root, 'report.json'), 'utf8'));
  return { root, code, report };
}

async function textsIn(root: string): Promise<string> {
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile() && one.name !== 'input.csv');
  const texts = await Promise.all(
    files.map((one) => readFile(path.join(one.parentPath, one.name), 'latin1')),
  );
  return texts.join('\n');
}

test('digests are those of the key in the credential provider, and nothing that is written tells the key', async () => {
  const { root, code, report } = await run({ [ALIAS]: SECRET, other: 'another credential of theirs' });
  expect([code, report.code, report.message]).toEqual([0, undefined, undefined]);
  const digest = (text: string) => hmacDigest(SECRET, text);
  const kept = await readWritten(path.join(root, 'out'));
  expect(kept.rows.toSorted()).toEqual(
    [
      [digest('Ann'), '1'],
      [null, '2'],
    ].toSorted(),
  );
  const left = await readWritten(path.join(root, 'left'));
  expect(left.rows[0]?.slice(0, 4)).toEqual([digest('Bob'), null, 'rejected', 's2']);
  const texts = await textsIn(root);
  for (const encoded of [SECRET, Buffer.from(SECRET).toString('latin1'), 'a s\\u00e9cret'])
    expect(texts).not.toContain(encoded);
  expect(texts).toContain('cluster-key');
});

test.each([
  ['key.missing', 'no provider', null],
  ['key.missing', 'another alias', { 'dataharmonize.key.other': SECRET }],
  ['key.short', 'a short key', { [ALIAS]: 'fifteen bytes !' }],
  ['key.wrong', 'another key', { [ALIAS]: `${SECRET}!` }],
])('the job refuses with %s where there is %s, before it writes anything', async (code, _, entries) => {
  const { root, code: exit, report } = await run(entries);
  expect([exit, report.code]).toEqual([1, code]);
  expect(report.message).toContain(ALIAS);
  const names = (await readdir(root)).filter((name) => !name.endsWith('.crc'));
  expect(names.sort()).toEqual(['_runs', 'input.csv', 'plan.json', 'report.json']);
  expect(await readdir(path.join(root, '_runs/r1'))).not.toContain('output');
  expect(await textsIn(root)).not.toContain('fifteen bytes');
});

test('the job refuses a plan that does not tell which key is meant', async () => {
  const unchecked = compileSpark(compilePlan(RULES, ['a', 'b']), plan.source);
  const { code, report } = await run({ [ALIAS]: SECRET }, unchecked);
  expect([code, report.code]).toEqual([1, 'key.wrong']);
});
