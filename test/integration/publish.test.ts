import { createReadStream, createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createWebHdfs, type WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { createHost } from '../../main/host/create';
import type { Host } from '../../main/host/host';
import { createYarn, type Yarn } from '../../main/publish/yarn';
import { runLocally } from '../../main/run/local-run';
import { customersRules } from '../../main/sample/customers.rules';
import { generateSample } from '../../main/sample/generate';
import { findSpark, runOnSpark } from '../../main/verify/spark-local';
import { compilePlan } from '../../shared/compile/compile';
import { compileSpark } from '../../shared/compile/spark';
import type { ClusterRun } from '../../shared/contract/calls/publish';
import type { RunReport } from '../../shared/contract/calls/runs';
import type { AppContract } from '../../shared/contract/contract';
import type { CallContext, CallName, Handler, Input } from '../../shared/contract/define';
import { usualDialect } from '../../shared/document/dialect';
import { operand } from '../../shared/expression/primitive';
import { primitives } from '../../shared/expression/primitives';
import { type Cluster, startCluster } from '../cluster/start.mjs';
import { type LossyProxy, startLossyProxy } from '../doubles/lossy-proxy';
import { ORC_COLUMNS, ORC_FOLDER } from '../doubles/orc';
import { drain, faultOf } from '../doubles/outcome';
import { decodeSample } from '../files/sampling/decode';
import { compareWritten } from './written-alike';

const ROWS = 200_000;
const CSV = usualDialect('csv');
const INPUT = '/data/shop/customers.csv';
const PLACE = ['_file', '_block', '_line'];

let cluster: Cluster;
let hdfs: WebHdfs;
let yarn: Yarn;
let proxy: LossyProxy;
let folder: string;
let host: Host;
const runs = new Map<string, ClusterRun[]>();

const at = (...parts: string[]) => path.join(folder, ...parts);

async function openHost(): Promise<void> {
  host = await createHost({ shell: 'web', version: '0.0.0', log: (record) => expect.fail(record.error) });
  host.subscribe((_, run) => {
    if ('runId' in run) runs.set(run.runId, [...(runs.get(run.runId) ?? []), run]);
  });
}

/** Calls the host as a shell does. */
async function ask<N extends CallName<AppContract>>(name: N, input: Input<AppContract, N>) {
  const { contract } = await import('../../shared/contract/contract');
  const handler = host.handlers[name] as Handler<AppContract, N>;
  const context = { signal: new AbortController().signal, progress: () => {}, emit: () => {} };
  const answer = await handler(
    contract.calls[name].input.parse(input) as Parameters<typeof handler>[0],
    context as unknown as CallContext<AppContract, N>,
  );
  return contract.calls[name].output.parse(answer) as Awaited<ReturnType<typeof handler>>;
}

/** Waits for an event, or the state there is, of a run that is enough; a run that ends otherwise fails the test. */
async function follow(runId: string, ...states: ClusterRun['state'][]): Promise<ClusterRun> {
  for (const deadline = Date.now() + 300_000; ; ) {
    const run = (await ask('publish.runs', {})).find((one) => one.runId === runId);
    if (run && states.includes(run.state)) return run;
    if (run?.finished || Date.now() > deadline)
      throw new Error(`${runId} did not come to ${states.join(' or ')}: ${JSON.stringify(run)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Copies the files of a folder on HDFS here and answers their paths. */
async function download(from: string, to: string): Promise<string[]> {
  await mkdir(to, { recursive: true });
  const parts = (await drain(hdfs.list(from))).filter(({ name }) => !name.startsWith('_'));
  for (const part of parts)
    await pipeline(Readable.from(hdfs.open(part.path)), createWriteStream(path.join(to, part.name)));
  return parts.map(({ name }) => path.join(to, name));
}

const names = async (on: string) => (await drain(hdfs.list(on))).map(({ name }) => name);
const target = (name: string) => ({ output: `/cleaned/${name}`, quarantine: `/cleaned/${name}-quarantine` });

/** What publishing a source takes: the review's hash and paths, under a run id. */
async function order(runId: string, place = target(runId), source = 'customers') {
  const review = await ask('publish.review', { source, connection: 'test-cluster' });
  expect(review.obstacles).toEqual([]);
  expect(review.input).toBe(`/data/shop/${source}.csv`);
  const { planHash, input } = review;
  return { source, connection: 'test-cluster', runId, planHash, input, format: 'csv' as const, ...place };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-publish-'));
  vi.stubEnv('DATAHARMONIZE_HOME', at('home'));
  cluster = await startCluster();
  const { livyUrl, yarnUrl, webhdfsUrl, user } = cluster;
  if (!livyUrl || !yarnUrl) throw new Error('the cluster came without Livy or YARN');
  hdfs = createWebHdfs({ url: webhdfsUrl, user });
  yarn = createYarn({ url: yarnUrl, user });
  proxy = await startLossyProxy(livyUrl);
  await generateSample({ folder: at('shop'), customers: ROWS, transactions: 0, events: 0, cells: false });
  await hdfs.create(INPUT, createReadStream(at('shop', 'customers.csv')), { overwrite: false });

  await openHost();
  const [connection] = cluster.connections;
  if (connection?.kind !== 'hdfs') throw new Error('the cluster has no HDFS connection');
  await ask('connections.save', { connection: { ...connection, livy: proxy.url } });
  await ask('project.create', { path: at('shop.dhz'), name: 'Shop' });
  await ask('project.addSource', { connection: connection.id, path: INPUT, role: 'customers', dialect: CSV });
  await writeFile(at('rules.json'), JSON.stringify(customersRules));
  await ask('project.importRules', { source: 'customers', path: at('rules.json') });
});
afterAll(async () => {
  await host?.close();
  await proxy?.close();
  yarn?.close();
  hdfs?.close();
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

test('a preview of the file on the cluster', async () => {
  const sample = await ask('source.sample', {
    connection: 'test-cluster',
    path: INPUT,
    dialect: CSV,
    sampling: { method: 'first', rows: 1000 },
  });
  expect(sample).toMatchObject({ rows: 1000, complete: false, unreadableCount: 0 });
  expect(sample.columns).toContain('e-mail');
});

test('a random sample of a file on the cluster is the one that is drawn here', async () => {
  const sampling = { method: 'random' as const, rows: 500, seed: 7 };
  const there = await ask('source.sample', {
    connection: 'test-cluster',
    path: INPUT,
    dialect: CSV,
    sampling,
  });
  const here = await ask('source.sample', {
    ...{ connection: 'local', path: at('shop', 'customers.csv'), dialect: CSV, sampling },
  });
  expect(there.total).toEqual({ rows: ROWS, exact: true });
  expect(Buffer.from(there.arrow).equals(here.arrow)).toBe(true);
});

test('a job on the cluster finds the one row of another shape, and leaves nothing behind', async () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `${i},555-${1000 + (i % 9000)}`);
  lines[77_777] = '77777,555-1O00';
  const planted = '/data/shop/planted.csv';
  await hdfs.create(planted, Buffer.from(`id,phone\n${lines.join('\n')}\n`), { overwrite: false });
  const place = { connection: 'test-cluster', path: planted, dialect: CSV };
  const [there, here] = [
    await ask('source.shapes', { ...place, on: 'cluster' }),
    await ask('source.shapes', place),
  ];
  const told = ({ columns }: typeof there) =>
    columns.map(({ name, different, shapes }) => [
      name,
      different,
      shapes.map(({ shape, rows }) => [shape, rows]),
    ]);
  expect(told(there)).toEqual(told(here));
  expect(told(there)[1]).toEqual([
    'phone',
    2,
    [
      ['9-9', 99_999],
      ['9-9A9', 1],
    ],
  ]);
  const odd = there.columns[1]?.shapes[1]?.example ?? -1;
  expect(decodeSample(there.examples)[odd]).toEqual(['77777', '555-1O00']);
  const root = `/user/${cluster.user}/dataharmonize/_runs`;
  expect((await names(root)).filter((name) => name.startsWith('survey-'))).toEqual([]);
});

test('ORC: its columns are known here, its sample is drawn by a job, whatever the method', async () => {
  const place = { connection: 'test-cluster', path: '/data/shop/people.orc' };
  await hdfs.create(place.path, createReadStream(path.join(ORC_FOLDER, 'people-snappy.orc')), {
    overwrite: false,
  });
  const { dialect, columns } = await ask('source.inspect', place);
  expect([dialect, columns]).toEqual([{ format: 'orc' }, ORC_COLUMNS]);
  const sampling = { method: 'random' as const, rows: 100, seed: 1, on: 'here' as const };
  const sample = await ask('source.sample', { ...place, dialect, sampling });
  expect(sample.columns).toEqual(ORC_COLUMNS);
  expect(sample).toMatchObject({ rows: 3, complete: true, drawn: { on: 'cluster' } });
  const rows = decodeSample(sample.arrow).sort((a, b) => Number(a[0]) - Number(b[0]));
  expect(rows.map(([id, name, city]) => [id, name, city])).toEqual([
    ['1', 'Ann', 'Café'],
    ['2', null, null],
    ['3', '', null],
  ]);
  const state = await ask('project.addSource', { ...place, dialect });
  const added = state.project.sources.find((one) => one.path === place.path);
  expect(added?.sampling).toMatchObject({ method: 'random', on: 'cluster' });
  const review = await ask('publish.review', { source: added?.id ?? '', connection: 'test-cluster' });
  expect([review.obstacles, review.input]).toEqual([[], place.path]);
  await ask('project.removeSource', { source: added?.id ?? '' });
});

test('production writes what native DuckDB writes, though the reply is lost, Livy crashes and the host restarts', async () => {
  const runId = 'the-proof-0001';
  const ordered = await order(runId);
  const before = proxy.passed.get('POST') ?? 0;
  const submissions = () => (proxy.passed.get('POST') ?? 0) - before;
  proxy.loseNext('POST');
  const since = Date.now();
  // The reply is lost, and the steward clicks twice.
  const [first, second] = await Promise.all([ask('publish.submit', ordered), ask('publish.submit', ordered)]);
  expect(first.runId).toBe(second.runId);
  expect((await ask('publish.submit', ordered)).runId).toBe(runId);
  expect(submissions()).toBe(1);
  const { applicationId } = await follow(runId, 'running');
  expect(applicationId).toMatch(/^application_/);

  await host.close();
  await cluster.livy?.crash();
  await openHost();
  const local = runLocally({
    ruleSet: customersRules,
    input: at('shop', 'customers.csv'),
    dialect: CSV,
    output: { path: at('native.csv'), format: 'csv' },
    rejects: { path: at('native-rejects.csv'), format: 'csv' },
  });
  expect(await follow(runId, 'running', 'succeeded')).toMatchObject({ applicationId });
  await cluster.livy?.start();
  const run = await follow(runId, 'succeeded');
  const seconds = (Date.now() - since) / 1000;
  expect(run).toMatchObject({ applicationId, progress: 1, finished: expect.any(String) });
  const report = run.report as RunReport;
  console.log(
    `submit to success ${seconds.toFixed(1)} s; the job itself ` +
      `${((Date.parse(report.finished) - Date.parse(report.started)) / 1000).toFixed(1)} s`,
  );

  // The repeated click after success, even when the rules have moved on: the same run, and one application.
  expect(await ask('publish.submit', ordered)).toEqual(run);
  expect(submissions()).toBe(1);
  expect((await yarn.findByTag(runId)).map(({ id }) => id)).toEqual([applicationId]);
  await ask('project.open', { path: at('shop.dhz') });

  const native = await local;
  expect(native.counts?.read).toBe(ROWS);
  expect(report.counts).toEqual(native.counts);
  expect(report).toMatchObject({
    runId,
    status: 'succeeded',
    engine: { kind: 'spark' },
    planHash: ordered.planHash,
    unreadable: native.unreadable,
    blankLines: native.blankLines,
    applicationId,
  });
  for (const fate of ['kept', 'filtered', 'rejected', 'merged'] as const)
    expect(native.counts?.[fate]).toBeGreaterThan(0);

  const kept = native.counts?.kept ?? 0;
  const output = await download(ordered.output, at('output'));
  expect(await compareWritten(at('native.csv'), output)).toEqual({
    rows: [kept, kept],
    missing: 0,
    extra: 0,
  });
  const left = ROWS - kept;
  const quarantine = await download(ordered.quarantine, at('quarantine'));
  expect(await compareWritten(at('native-rejects.csv'), quarantine, PLACE)).toEqual({
    rows: [left, left],
    missing: 0,
    extra: 0,
  });
  await cp(at('native.csv'), at('touched.csv'));
  const text = await readFile(at('touched.csv'), 'utf8');
  await writeFile(at('touched.csv'), text.replace('@', '＠'));
  expect(await compareWritten(at('touched.csv'), output)).toMatchObject({ missing: 1, extra: 1 });
});

test('a taken path is left alone, and a stopped run publishes nothing', async () => {
  const taken = target('taken');
  await hdfs.create(`${taken.output}/mine.txt`, Buffer.from('mine'), { overwrite: false });
  const refused = await order('taken-path-0002', taken);
  const stopped = await order('to-be-stopped-0003');
  await Promise.all([ask('publish.submit', refused), ask('publish.submit', stopped)]);

  const seen = await follow(stopped.runId, 'running');
  const answer = await ask('publish.stop', { runId: stopped.runId });
  expect(['running', 'stopped']).toContain(answer.state);
  const end = await follow(stopped.runId, 'stopped');
  expect(end).toMatchObject({ report: null, applicationId: seen.applicationId });
  const app = await yarn.get(seen.applicationId ?? '');
  expect(app).toMatchObject({ state: 'KILLED' });
  expect(await hdfs.status(stopped.output)).toBeNull();
  expect(await hdfs.status(stopped.quarantine)).toBeNull();
  expect(await ask('publish.stop', { runId: stopped.runId })).toEqual(end);

  const failed = await follow(refused.runId, 'failed');
  expect(failed.report?.failure).toMatchObject({ code: 'output.exists' });
  expect(failed.message).toBe(failed.report?.failure?.message);
  expect(await names(taken.output)).toEqual(['mine.txt']);
  expect(await hdfs.readText(`${taken.output}/mine.txt`)).toBe('mine');
  expect(await hdfs.status(refused.quarantine)).toBeNull();
  const { lines } = await ask('publish.log', { runId: refused.runId });
  expect(lines.length).toBeGreaterThan(5);
  // What spark-submit said, and at the end what the job printed in YARN.
  expect(lines.join('\n')).toContain(`tracking URL`);
  expect(lines.at(-1)).toMatch(/^output\.exists: /);

  // A run id names one intent.
  const elsewhere = { ...refused, ...target('elsewhere') };
  expect((await faultOf(ask('publish.submit', elsewhere))).code).toBe('publish.run-id');
});

const cheap = ['trim', 'nullify', 'filter'];
const ruleSet = {
  ...customersRules,
  steps: customersRules.steps.filter(({ operation }) => cheap.includes(operation)),
};

test('a later run takes the place of an earlier result, which is set aside', async () => {
  const lines = (await readFile(at('shop', 'customers.csv'), 'utf8')).split('\n', 3001);
  await writeFile(at('few.csv'), `${lines.join('\n')}\n`);
  await hdfs.create('/data/shop/few.csv', createReadStream(at('few.csv')), { overwrite: false });
  await ask('project.addSource', { connection: 'test-cluster', path: '/data/shop/few.csv', dialect: CSV });
  await writeFile(at('few-rules.json'), JSON.stringify(ruleSet));
  await ask('project.importRules', { source: 'few', path: at('few-rules.json') });
  const before = target('the-proof-0001');
  const replacing = await order('replacing-0004', before, 'few');
  await ask('publish.submit', replacing);
  await runLocally({
    ruleSet,
    input: at('few.csv'),
    dialect: CSV,
    output: { path: at('few-native.csv'), format: 'csv' },
  });
  const run = await follow(replacing.runId, 'succeeded');
  const kept = run.report?.counts?.kept ?? 0;
  expect(await compareWritten(at('few-native.csv'), await download(before.output, at('replaced')))).toEqual({
    rows: [kept, kept],
    missing: 0,
    extra: 0,
  });
  const runId = async (on: string) => JSON.parse(await hdfs.readText(`${on}/_dataharmonize.json`)).runId;
  const aside = `/user/${cluster.user}/dataharmonize/_runs/${replacing.runId}/replaced`;
  for (const [now, earlier] of [
    [before.output, `${aside}-output`],
    [before.quarantine, `${aside}-quarantine`],
  ] as const) {
    expect(await runId(now)).toBe('replacing-0004');
    expect(await runId(earlier)).toBe('the-proof-0001');
  }
  expect(await names('/cleaned')).not.toContainEqual(expect.stringMatching(/replacing/));
});

test('a mutant in one Spark template is found, and a broken expectation writes nothing', async () => {
  const spark = findSpark();
  if (!spark) throw new Error('there is no Spark');
  const header = (await readFile(at('few.csv'), 'utf8')).split('\n', 1)[0] ?? '';
  const plan = compilePlan(ruleSet, header.split(','));
  const { trimWhiteSpace } = primitives;
  // Spark's own trim() strips U+0020 only.
  const planted = ({ operands }: { operands: readonly string[] }) => `trim(${operand(operands, 0)})`;
  Object.assign(primitives, { trimWhiteSpace: { ...trimWhiteSpace, spark: planted } });
  const mutant = compileSpark(plan, CSV);
  Object.assign(primitives, { trimWhiteSpace });
  const { output } = await runOnSpark({
    spark,
    plan: mutant,
    input: at('few.csv'),
    folder: at('mutant'),
    outputFormat: 'csv',
  });
  const parts = (await readdir(output)).filter((name) => !/^[._]/.test(name));
  const found = await compareWritten(
    at('few-native.csv'),
    parts.map((name) => path.join(output, name)),
  );
  expect(found.missing).toBeGreaterThan(0);
  expect(found.extra).toBeGreaterThan(0);

  const expectations = [{ measure: 'kept' as const, atLeast: 0.999 }];
  const rejecting = { ...ruleSet, expectations };
  const local = await runLocally({
    ruleSet: rejecting,
    input: at('few.csv'),
    dialect: CSV,
    output: { path: at('never.csv'), format: 'csv' },
  });
  expect(local.failure).toMatchObject({ code: 'run.expectation' });
  const onSpark = await faultOf(
    runOnSpark({
      spark,
      plan: compileSpark(plan, CSV, expectations),
      input: at('few.csv'),
      folder: at('never'),
      outputFormat: 'csv',
    }),
  );
  expect(onSpark).toMatchObject(local.failure ?? {});
  expect(await readdir(at('never'))).toEqual(['_runs']);
});

test('verify on the cluster: the one cell in which a mutant differs, with its history, and nothing stays behind', async () => {
  const [file, rules] = ['/data/shop/hand.csv', at('hand-rules.json')];
  const lines = ['customer_id,full name,e-mail', '1, Ann ,ann@x.org', '2,\u00a0Bob,bob@x.org', '3,Cy,no', ''];
  await hdfs.create(file, Buffer.from(lines.join('\n')), { overwrite: false });
  await ask('project.addSource', { connection: 'test-cluster', path: file, dialect: CSV });
  const steps = [
    { id: 't', operation: 'trim', columns: ['full name'] },
    { id: 'u', operation: 'change-case', columns: ['full name'], parameters: { to: 'upper' } },
    { id: 'c', operation: 'check', columns: ['e-mail'], parameters: { kind: 'email', onFail: 'reject' } },
  ];
  await writeFile(rules, JSON.stringify({ ...customersRules, name: 'hand', steps, expectations: [] }));
  await ask('project.importRules', { source: 'hand', path: rules });
  const { trimWhiteSpace } = primitives;
  const planted = ({ operands }: { operands: readonly string[] }) => `trim(${operand(operands, 0)})`;
  Object.assign(primitives, { trimWhiteSpace: { ...trimWhiteSpace, spark: planted } });
  const order = { source: 'hand', engines: ['wasm' as const, 'spark' as const], cluster: 'test-cluster' };
  const report = await ask('verify.run', { ...order, rows: 1000 }).finally(() =>
    Object.assign(primitives, { trimWhiteSpace }),
  );
  const found = {
    engine: 'spark',
    where: 'output',
    column: 'full name',
    expected: 'BOB',
    found: '\u00a0BOB',
  };
  const counted = { engine: 'spark', where: 'counts', expected: '2', found: '1' };
  expect(report).toMatchObject({
    equal: false,
    differing: 3,
    differences: [
      {
        ...found,
        place: 2,
        row: { customer_id: '2', 'full name': '\u00a0Bob', 'e-mail': 'bob@x.org' },
        history: [
          { step: null, value: '\u00a0Bob' },
          { step: 't', value: 'Bob' },
          { step: 'u', value: 'BOB' },
        ],
      },
      { ...counted, column: 'step 1 changedCells' },
      { ...counted, column: 'step 1 changed full name' },
    ],
  });
  expect(report.engines).toMatchObject([
    { engine: 'wasm', rows: 3 },
    { engine: 'spark', rows: 3, cluster: 'Test cluster', version: expect.stringMatching(/^3\.5\./) },
  ]);

  const home = `/user/${cluster.user}/dataharmonize`;
  expect(await names(`${home}/_verify`)).toEqual([]);
  expect(await names(`${home}/_runs`)).not.toContainEqual(expect.stringMatching(/^verify-/));
  expect(await ask('publish.runs', {})).not.toContainEqual(expect.objectContaining({ source: 'hand' }));
  expect((await faultOf(ask('verify.run', { ...order, rows: null }))).code).toBe('verify.rows');
});
